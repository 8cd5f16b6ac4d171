//! A task as an answer. Ids and numbers are strings; the few that are numbers are documented as such.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::columns::sub_status;
use super::names::camel;
use super::nested;
use crate::methods::Call;
use crate::world::World;
use crate::world::moment;
use crate::world::task::Task;

/// The stored fields, in the order the portal answers them.
pub(in crate::methods) const STORED: [&str; 53] = [
    "ID",
    "PARENT_ID",
    "TITLE",
    "DESCRIPTION",
    "MARK",
    "PRIORITY",
    "MULTITASK",
    "NOT_VIEWED",
    "REPLICATE",
    "STAGE_ID",
    "SPRINT_ID",
    "BACKLOG_ID",
    "CREATED_BY",
    "CREATED_DATE",
    "RESPONSIBLE_ID",
    "CHANGED_BY",
    "CHANGED_DATE",
    "STATUS_CHANGED_BY",
    "CLOSED_BY",
    "CLOSED_DATE",
    "ACTIVITY_DATE",
    "DATE_START",
    "DEADLINE",
    "START_DATE_PLAN",
    "END_DATE_PLAN",
    "GUID",
    "XML_ID",
    "COMMENTS_COUNT",
    "SERVICE_COMMENTS_COUNT",
    "ALLOW_CHANGE_DEADLINE",
    "ALLOW_TIME_TRACKING",
    "TASK_CONTROL",
    "ADD_IN_REPORT",
    "FORKED_BY_TEMPLATE_ID",
    "TIME_ESTIMATE",
    "TIME_SPENT_IN_LOGS",
    "MATCH_WORK_TIME",
    "FORUM_TOPIC_ID",
    "FORUM_ID",
    "SITE_ID",
    "SUBORDINATE",
    "EXCHANGE_MODIFIED",
    "EXCHANGE_ID",
    "OUTLOOK_VERSION",
    "VIEWED_DATE",
    "SORTING",
    "DURATION_FACT",
    "IS_MUTED",
    "IS_PINNED",
    "IS_PINNED_IN_GROUP",
    "FLOW_ID",
    "DESCRIPTION_IN_BBCODE",
    "STATUS",
];

/// Stored fields that are answered after the first group.
pub(in crate::methods) const LATER: [&str; 7] = [
    "STATUS_CHANGED_DATE",
    "DURATION_PLAN",
    "DURATION_TYPE",
    "FAVORITE",
    "GROUP_ID",
    "AUDITORS",
    "ACCOMPLICES",
];

/// Fields that come only when they are named.
pub(in crate::methods) const ON_REQUEST: [&str; 3] =
    ["UF_CRM_TASK", "UF_TASK_WEBDAV_FILES", "UF_MAIL_MESSAGE"];

/// The same with the custom fields of this portal.
pub(super) fn on_request<'a>(view: &View<'a>) -> impl Iterator<Item = &'a str> + use<'a> {
    let custom = view.world.fields.values().map(|field| field.name.as_str());
    ON_REQUEST.into_iter().chain(custom)
}

/// Whose eyes a row is made for.
pub(in crate::methods) struct View<'a> {
    pub(in crate::methods) world: &'a World,
    pub(in crate::methods) caller: u64,
    pub(in crate::methods) now: Timestamp,
    pub(in crate::methods) zone: &'a TimeZone,
}

impl<'a> View<'a> {
    pub(in crate::methods) fn of(call: &'a Call<'_>) -> Self {
        Self { world: call.world, caller: call.caller, now: call.now, zone: call.zone }
    }
}

/// The whole task, as writes and a `get` without `select` answer it.
pub(in crate::methods) fn full(view: &View<'_>, task: &Task) -> Value {
    let mut row = Map::new();
    for name in STORED.iter().chain(&LATER) {
        row.insert(camel(name), stored(view, task, name));
    }
    row.insert("chatId".to_owned(), json!(task.chat()));
    row.insert("tags".to_owned(), nested::tags(view.world, task));
    row.insert("checklist".to_owned(), nested::checklist(view, task));
    nested::people(view.world, task, &mut row);
    row.insert("newCommentsCount".to_owned(), json!(0));
    row.insert("action".to_owned(), nested::action(view, task));
    row.insert("checkListTree".to_owned(), nested::tree(view, task));
    row.insert("checkListCanAdd".to_owned(), json!(nested::can_add(view, task)));
    Value::Object(row)
}

/// `{task: …}`, as the methods wrap it.
pub(in crate::methods) fn wrapped(call: &Call<'_>, id: u64) -> Value {
    match call.world.tasks.get(&id) {
        Some(task) => json!({ "task": full(&View::of(call), task) }),
        None => json!([]),
    }
}

/// The value of a stored field.
pub(in crate::methods) fn stored(view: &View<'_>, task: &Task, name: &str) -> Value {
    let date = |moment: Option<Timestamp>| json!(moment.map(|moment| moment::iso(moment, view.zone)));
    let flag = |yes: bool| json!(if yes { "Y" } else { "N" });
    let mine = |list: &[u64]| flag(list.contains(&view.caller));
    match name {
        "ID" => text(task.id),
        "PARENT_ID" => json!(task.parent.map(|id| id.to_string())),
        "TITLE" => json!(task.title),
        "DESCRIPTION" => json!(task.description),
        "MARK" => json!(task.mark),
        "PRIORITY" => text(task.priority),
        "MULTITASK" => flag(task.flags.multitask),
        "NOT_VIEWED" => flag(!task.viewed_by.contains(&view.caller)),
        "REPLICATE" => flag(task.flags.replicate),
        "STAGE_ID" => text(task.stage),
        "GROUP_ID" => text(task.group),
        "CREATED_BY" => text(task.created_by),
        "CREATED_DATE" => date(Some(task.created)),
        "RESPONSIBLE_ID" => text(task.responsible),
        "CHANGED_BY" => text(task.changed_by),
        "CHANGED_DATE" => date(Some(task.changed)),
        "STATUS_CHANGED_BY" => json!(task.status_changed_by.map(|id| id.to_string())),
        "STATUS_CHANGED_DATE" => date(Some(task.status_changed)),
        // Null until the status moves for the first time, `"0"` for a task that is open again.
        "CLOSED_BY" => json!(task.status_changed_by.map(|_| task.closed.map_or(0, |(by, _)| by).to_string())),
        "CLOSED_DATE" => date(task.closed.map(|(_, at)| at)),
        "ACTIVITY_DATE" => date(Some(task.activity)),
        "DATE_START" => date(task.started),
        "DEADLINE" => date(task.deadline),
        "START_DATE_PLAN" => date(task.start_plan),
        "END_DATE_PLAN" => date(task.end_plan),
        "GUID" => json!(task.guid()),
        "XML_ID" => json!(task.xml_id),
        "COMMENTS_COUNT" => json!(comments(view, task).map(|count| count.to_string())),
        "FORUM_TOPIC_ID" => json!(comments(view, task).map(|_| (1000 + task.id).to_string())),
        "FORUM_ID" => json!(comments(view, task).map(|_| "11")),
        "ALLOW_CHANGE_DEADLINE" => flag(task.flags.allow_change_deadline),
        "ALLOW_TIME_TRACKING" => flag(task.flags.allow_time_tracking),
        "TASK_CONTROL" => flag(task.flags.task_control),
        "ADD_IN_REPORT" => flag(task.flags.add_in_report),
        "MATCH_WORK_TIME" => flag(task.flags.match_work_time),
        "TIME_ESTIMATE" => text(task.time_estimate),
        "SITE_ID" => json!("s1"),
        "SUBORDINATE" => flag(task.parent.is_some()),
        "OUTLOOK_VERSION" => text(task.version),
        "VIEWED_DATE" => date(task.viewed_by.contains(&view.caller).then_some(task.created)),
        "IS_MUTED" => mine(&task.muted_by),
        "IS_PINNED" => mine(&task.pinned_by),
        "IS_PINNED_IN_GROUP" => flag(false),
        "DESCRIPTION_IN_BBCODE" => flag(true),
        "STATUS" => text(task.status.code()),
        "SUB_STATUS" => text(sub_status(task, view.caller, view.now)),
        "DURATION_PLAN" => json!((task.duration_plan != 0).then(|| task.duration_plan.to_string())),
        "DURATION_TYPE" => json!(task.duration_type),
        "FAVORITE" => mine(&task.favorite_of),
        "AUDITORS" => ids(&task.auditors),
        "ACCOMPLICES" => ids(&task.accomplices),
        "UF_CRM_TASK" => json!(task.crm),
        "UF_TASK_WEBDAV_FILES" => files(view, task),
        "TIME_SPENT_IN_LOGS" => {
            let spent = view.world.spent(task.id);
            json!((spent > 0).then(|| spent.to_string()))
        }
        "FLOW_ID" => json!((task.flow != 0).then(|| task.flow.to_string())),
        name if name.starts_with("UF_") => task.extra.get(name).cloned().unwrap_or(Value::Null),
        // Fields of modules the box does not have.
        _ => Value::Null,
    }
}

fn text(number: impl ToString) -> Value {
    Value::String(number.to_string())
}

fn ids(ids: &[u64]) -> Value {
    ids.iter().map(u64::to_string).collect()
}

/// Ids of attachments; `false` when there are none.
fn files(view: &View<'_>, task: &Task) -> Value {
    let ids: Vec<u64> = view
        .world
        .attached
        .values()
        .filter(|attached| attached.task == task.id)
        .map(|attached| attached.id)
        .collect();
    if ids.is_empty() { json!(false) } else { json!(ids) }
}

fn comments(view: &View<'_>, task: &Task) -> Option<usize> {
    Some(view.world.comments_of(task.id).count()).filter(|count| *count > 0)
}
