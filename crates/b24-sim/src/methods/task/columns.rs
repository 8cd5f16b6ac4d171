//! Fields of a task as filters and sorts see them, and the meta status.

use std::cmp::Ordering;

use jiff::{SignedDuration, Timestamp};

use serde_json::Value;

use super::row::View;
use crate::methods::query::cell::Cell;
use crate::wire::lenient;
use crate::world::task::{Status, Task};

/// The status people see: −1 overdue, −2 not viewed, −3 due within a day, else the stored one.
pub(super) fn sub_status(task: &Task, caller: u64, now: Timestamp) -> i64 {
    let open = matches!(task.status, Status::Pending | Status::InProgress);
    let doer = task.responsible == caller || task.accomplices.contains(&caller);
    if open && task.deadline.is_some_and(|deadline| deadline < now) {
        -1
    } else if task.status == Status::Pending && doer && !task.viewed_by.contains(&caller) {
        -2
    } else if open && task.deadline.is_some_and(|deadline| deadline < now + SignedDuration::from_hours(24)) {
        -3
    } else {
        task.status.code()
    }
}

/// A field to filter by; `None` for one that is no filter and is ignored.
pub(super) fn filter_cell(view: &View<'_>, task: &Task, name: &str) -> Option<Cell> {
    Some(match name {
        "ID" => Cell::id(task.id),
        "PARENT_ID" => Cell::optional_id(task.parent),
        "GROUP_ID" => Cell::id(task.group),
        "STAGE_ID" => Cell::id(task.stage),
        "CREATED_BY" => Cell::id(task.created_by),
        "RESPONSIBLE_ID" => Cell::id(task.responsible),
        "STATUS_CHANGED_BY" => Cell::optional_id(task.status_changed_by),
        "PRIORITY" => Cell::Int(task.priority),
        "REAL_STATUS" => Cell::Int(task.status.code()),
        "STATUS" => Cell::Int(sub_status(task, view.caller, view.now)),
        "TITLE" => Cell::Text(task.title.clone()),
        "TAG" => Cell::Words(task.tags.iter().map(|tag| view.world.tag_name(*tag).to_owned()).collect()),
        "MARK" => Cell::Text(task.mark.map(String::from).unwrap_or_default()),
        "SITE_ID" => Cell::Text("s1".to_owned()),
        "ADD_IN_REPORT" => Cell::flag(task.flags.add_in_report),
        "DATE_START" => Cell::Moment(task.started),
        "DEADLINE" => Cell::Moment(task.deadline),
        "CREATED_DATE" => Cell::Moment(Some(task.created)),
        "CLOSED_DATE" => Cell::Moment(task.closed.map(|(_, at)| at)),
        "CHANGED_DATE" => Cell::Moment(Some(task.changed)),
        "ACTIVITY_DATE" => Cell::Moment(Some(task.activity)),
        "START_DATE_PLAN" => Cell::Moment(task.start_plan),
        "END_DATE_PLAN" => Cell::Moment(task.end_plan),
        "ACCOMPLICE" => Cell::Ids(task.accomplices.clone()),
        "AUDITOR" => Cell::Ids(task.auditors.clone()),
        "DEPENDS_ON" => Cell::Ids(view.world.depends_on(task.id)),
        "FLOW_ID" => Cell::id(task.flow),
        "FORUM_TOPIC_ID" | "SPRINT_ID" | "BACKLOG_ID" => Cell::Int(0),
        "UF_CRM_TASK" => Cell::Words(task.crm.clone()),
        "XML_ID" => Cell::Text(task.xml_id.clone().unwrap_or_default()),
        name if view.world.fields.values().any(|field| field.name == name) => custom(task, name),
        _ => return None,
    })
}

/// The value of a custom field; an absent one is an empty text.
fn custom(task: &Task, name: &str) -> Cell {
    match task.extra.get(name) {
        Some(Value::Array(all)) => Cell::Words(all.iter().filter_map(lenient::text).collect()),
        Some(one) => Cell::Text(lenient::text(one).unwrap_or_default()),
        None => Cell::Text(String::new()),
    }
}

/// A field to sort by; `None` for one that cannot be sorted by, which is an error.
pub(super) fn sort_cell(view: &View<'_>, task: &Task, name: &str) -> Option<Cell> {
    let last_name =
        |id: u64| view.world.users.get(&id).map(|user| user.last_name.clone()).unwrap_or_default();
    Some(match name {
        "ID" | "TITLE" | "DATE_START" | "CREATED_DATE" | "CHANGED_DATE" | "CLOSED_DATE" | "ACTIVITY_DATE"
        | "START_DATE_PLAN" | "END_DATE_PLAN" | "DEADLINE" | "REAL_STATUS" | "STATUS" | "PRIORITY"
        | "MARK" | "GROUP_ID" | "RESPONSIBLE_ID" | "CREATED_BY" => return filter_cell(view, task, name),
        "STATUS_COMPLETE" => Cell::Int(i64::from(task.status == Status::Completed)),
        "CREATED_BY_LAST_NAME" => Cell::Text(last_name(task.created_by)),
        "RESPONSIBLE_LAST_NAME" => Cell::Text(last_name(task.responsible)),
        "TIME_ESTIMATE" => Cell::Int(task.time_estimate),
        "TIME_SPENT_IN_LOGS" => Cell::Int(view.world.spent(task.id)),
        "SORTING" => Cell::Int(0),
        "ALLOW_CHANGE_DEADLINE" => Cell::flag(task.flags.allow_change_deadline),
        "ALLOW_TIME_TRACKING" => Cell::flag(task.flags.allow_time_tracking),
        "MATCH_WORK_TIME" => Cell::flag(task.flags.match_work_time),
        "FAVORITE" => Cell::flag(task.favorite_of.contains(&view.caller)),
        "IS_PINNED" => Cell::flag(task.pinned_by.contains(&view.caller)),
        "IS_PINNED_IN_GROUP" => Cell::flag(false),
        _ => return None,
    })
}

/// The order of two tasks by one field.
pub(super) fn order(view: &View<'_>, a: &Task, b: &Task, name: &str, down: bool) -> Ordering {
    let order = match (sort_cell(view, a, name), sort_cell(view, b, name)) {
        (Some(a), Some(b)) => a.order(&b),
        _ => Ordering::Equal,
    };
    if down { order.reverse() } else { order }
}
