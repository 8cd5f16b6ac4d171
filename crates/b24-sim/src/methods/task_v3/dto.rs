//! `TaskDto`: a task with its own fields, and the relations that dotted names reach.

use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::strict::Kind;
use crate::methods::CallV3;
use crate::wire::answer_v3::RefusalV3;
use crate::world::moment;
use crate::world::rights;
use crate::world::task::Task;

/// Own fields in the order they are answered.
pub(super) const OWN: [&str; 57] = [
    "id",
    "title",
    "description",
    "creatorId",
    "created",
    "responsibleId",
    "deadline",
    "needsControl",
    "startPlan",
    "endPlan",
    "fileIds",
    "checklist",
    "groupId",
    "stageId",
    "epicId",
    "storyPoints",
    "flowId",
    "priority",
    "status",
    "statusChanged",
    "parentId",
    "containsChecklist",
    "containsSubTasks",
    "containsRelatedTasks",
    "containsGanttLinks",
    "containsPlacements",
    "containsResults",
    "numberOfReminders",
    "chatId",
    "plannedDuration",
    "actualDuration",
    "durationType",
    "started",
    "estimatedTime",
    "replicate",
    "changed",
    "changedById",
    "statusChangedById",
    "closedById",
    "closed",
    "activity",
    "guid",
    "xmlId",
    "outlookVersion",
    "mark",
    "allowsChangeDeadline",
    "allowsTimeTracking",
    "matchesWorkTime",
    "addInReport",
    "isMultitask",
    "siteId",
    "link",
    "rights",
    "crmItemIds",
    "requireResult",
    "inFavorite",
    "dependsOn",
];

/// Fields a request may write, with their types. `creatorId` can be set on `add` only.
pub(super) const WRITABLE: [(&str, Kind); 27] = [
    ("title", Kind::Text),
    ("description", Kind::Text),
    ("creatorId", Kind::Int),
    ("responsibleId", Kind::Int),
    ("deadline", Kind::Moment),
    ("needsControl", Kind::Bool),
    ("startPlan", Kind::Moment),
    ("endPlan", Kind::Moment),
    ("groupId", Kind::Int),
    ("stageId", Kind::Int),
    ("flowId", Kind::Int),
    ("priority", Kind::Text),
    ("status", Kind::Text),
    ("accomplices", Kind::List),
    ("auditors", Kind::List),
    ("parentId", Kind::Int),
    ("plannedDuration", Kind::Int),
    ("durationType", Kind::Text),
    ("estimatedTime", Kind::Int),
    ("replicate", Kind::Bool),
    ("xmlId", Kind::Text),
    ("mark", Kind::Text),
    ("allowsChangeDeadline", Kind::Bool),
    ("allowsTimeTracking", Kind::Bool),
    ("matchesWorkTime", Kind::Bool),
    ("crmItemIds", Kind::List),
    ("requireResult", Kind::Bool),
];

/// The entity for the OpenAPI document: what a request may write, by type.
pub(in crate::methods) fn schema() -> Value {
    let properties: Map<String, Value> =
        WRITABLE.iter().map(|(name, kind)| ((*name).to_owned(), kind.schema())).collect();
    json!({ "type": "object", "properties": properties })
}

/// Relations to one person.
const PERSONS: [&str; 5] = ["creator", "responsible", "changedBy", "statusChangedBy", "closedBy"];
/// Relations to several people.
const PEOPLE: [&str; 2] = ["accomplices", "auditors"];
const USER: [&str; 8] = ["id", "name", "role", "image", "gender", "email", "externalAuthId", "rights"];

/// The task reduced to `select`. Unknown own names are dropped, unknown related ones refused.
pub(super) fn item(call: &CallV3<'_>, task: &Task, select: Option<&[String]>) -> Result<Value, RefusalV3> {
    let mut item = Map::new();
    for name in OWN {
        if select.is_none_or(|select| select.iter().any(|own| own == name || own == "*")) {
            item.insert(name.to_owned(), own(call, task, name));
        }
    }
    for path in select.unwrap_or_default() {
        if let Some((relation, field)) = path.split_once('.') {
            related(call, task, relation, field, &mut item)?;
        }
    }
    Ok(Value::Object(item))
}

fn related(
    call: &CallV3<'_>,
    task: &Task,
    relation: &str,
    field: &str,
    item: &mut Map<String, Value>,
) -> Result<(), RefusalV3> {
    if relation == "chat" || relation == "group" {
        let value = place(call, task, relation, field)?;
        let slot = item.entry(relation.to_owned()).or_insert_with(|| json!({}));
        match value {
            Some(value) => {
                if let Some(map) = slot.as_object_mut() {
                    map.insert(field.to_owned(), value);
                }
            }
            None => *slot = Value::Null,
        }
        return Ok(());
    }
    let many = PEOPLE.contains(&relation);
    if !many && !PERSONS.contains(&relation) {
        return Err(RefusalV3::unknown_field(relation, "TaskDto"));
    }
    if !USER.contains(&field) {
        return Err(RefusalV3::unknown_field(field, "UserDto"));
    }
    let ids: Vec<u64> = match relation {
        "creator" => vec![task.created_by],
        "responsible" => vec![task.responsible],
        "changedBy" => vec![task.changed_by],
        "statusChangedBy" => task.status_changed_by.into_iter().collect(),
        "closedBy" => task.closed.map(|(by, _)| by).into_iter().collect(),
        "accomplices" => task.accomplices.clone(),
        _ => task.auditors.clone(),
    };
    let rows = || ids.iter().map(|_| json!({})).collect::<Vec<Value>>();
    let slot = item
        .entry(relation.to_owned())
        .or_insert_with(|| if many { Value::Array(rows()) } else { rows().pop().unwrap_or_default() });
    let targets: Vec<&mut Value> = match slot {
        Value::Array(rows) => rows.iter_mut().collect(),
        one => vec![one],
    };
    for (target, id) in targets.into_iter().zip(&ids) {
        if let Some(map) = target.as_object_mut() {
            map.insert(field.to_owned(), person(call, *id, field));
        }
    }
    Ok(())
}

/// A field of the chat or of the group of a task; `None` for a task without a group.
fn place(call: &CallV3<'_>, task: &Task, relation: &str, field: &str) -> Result<Option<Value>, RefusalV3> {
    if relation == "chat" {
        return match field {
            "id" => Ok(Some(json!(task.chat()))),
            "entityId" => Ok(Some(json!(task.id))),
            "entityType" => Ok(Some(json!(task.chat_type()))),
            _ => Err(RefusalV3::unknown_field(field, "ChatDto")),
        };
    }
    let group = call.world.groups.get(&task.group);
    match field {
        "id" => Ok(group.map(|group| json!(group.id))),
        "name" => Ok(group.map(|group| json!(group.name))),
        "type" => Ok(group.map(|group| json!(if group.project { "project" } else { "group" }))),
        "isVisible" => Ok(group.map(|group| json!(group.visible))),
        "image" => Ok(group.map(|_| Value::Null)),
        _ => Err(RefusalV3::unknown_field(field, "GroupDto")),
    }
}

/// Ids of attachments; null when there are none.
fn files(call: &CallV3<'_>, task: &Task) -> Value {
    let of = call.world.attached.values().filter(|attached| attached.task == task.id);
    let ids: Vec<u64> = of.map(|attached| attached.id).collect();
    if ids.is_empty() { Value::Null } else { json!(ids) }
}

fn person(call: &CallV3<'_>, id: u64, field: &str) -> Value {
    let Some(user) = call.world.users.get(&id) else {
        return Value::Null;
    };
    match field {
        "id" => json!(id),
        "name" => json!(user.full_name()),
        "gender" => json!(user.gender.to_lowercase()),
        "email" => json!(user.email),
        "role" => json!(if user.admin { "admin" } else { "employee" }),
        _ => Value::Null,
    }
}

fn own(call: &CallV3<'_>, task: &Task, name: &str) -> Value {
    let date = |at: Option<Timestamp>| json!(at.map(|at| moment::iso(at, call.zone)));
    let world = &*call.world;
    match name {
        "id" => json!(task.id),
        "title" => json!(task.title),
        "description" => json!(task.description),
        "creatorId" => json!(task.created_by),
        "created" => date(Some(task.created)),
        "responsibleId" => json!(task.responsible),
        "deadline" => date(task.deadline),
        "needsControl" => json!(task.flags.task_control),
        "startPlan" => date(task.start_plan),
        "endPlan" => date(task.end_plan),
        "checklist" => world.items_of(task.id).map(|item| item.id).collect(),
        "groupId" => json!((task.group != 0).then_some(task.group)),
        "stageId" => json!((task.stage != 0).then_some(task.stage)),
        "priority" => json!(priority_word(task.priority)),
        "status" => json!(task.status.word()),
        "statusChanged" => date(task.status_changed_by.map(|_| task.status_changed)),
        "parentId" => json!(task.parent),
        "containsChecklist" => json!(world.items_of(task.id).next().is_some()),
        "containsSubTasks" => json!(world.tasks.values().any(|child| child.parent == Some(task.id))),
        "containsRelatedTasks" => json!(false),
        "containsGanttLinks" => {
            json!(world.links.iter().any(|link| link.from == task.id || link.to == task.id))
        }
        "containsResults" => json!(world.results_of(task.id).next().is_some()),
        "dependsOn" => json!(world.depends_on(task.id)),
        "flowId" => json!((task.flow != 0).then_some(task.flow)),
        "fileIds" => files(call, task),
        "containsPlacements" => json!(true),
        "numberOfReminders" | "actualDuration" => json!(0),
        "chatId" => json!(task.chat()),
        "plannedDuration" => json!(task.duration_plan),
        "durationType" => json!(task.duration_type),
        "started" => date(task.started),
        "estimatedTime" => json!(task.time_estimate),
        "replicate" => json!(task.flags.replicate),
        "changed" => date(Some(task.changed)),
        "changedById" => json!(task.changed_by),
        "statusChangedById" => json!(task.status_changed_by),
        "closedById" => json!(task.closed.map(|(by, _)| by)),
        "closed" => date(task.closed.map(|(_, at)| at)),
        "activity" => date(Some(task.activity)),
        "guid" => json!(task.guid()),
        "xmlId" => json!(task.xml_id),
        "outlookVersion" => json!(task.version),
        "mark" => json!(task.mark.map_or("none".to_owned(), String::from)),
        "allowsChangeDeadline" => json!(task.flags.allow_change_deadline),
        "allowsTimeTracking" => json!(task.flags.allow_time_tracking),
        "matchesWorkTime" => json!(task.flags.match_work_time),
        "isMultitask" => json!(task.flags.multitask),
        "siteId" => json!("s1"),
        "link" => json!(format!("/company/personal/user/{}/tasks/task/view/{}/", call.caller, task.id)),
        "rights" => rights_map(call, task),
        "crmItemIds" => json!(task.crm),
        "requireResult" => json!(task.parameters.contains(&3)),
        "inFavorite" => json!(task.favorite_of.iter().filter(|id| **id == call.caller).collect::<Vec<_>>()),
        _ => Value::Null,
    }
}

pub(super) fn rights_map(call: &CallV3<'_>, task: &Task) -> Value {
    let may = rights::actions(call.world, task, call.caller);
    json!({
        "read": may.read, "watch": may.read, "mute": may.read, "createResult": may.checklist, "edit": may.edit,
        "remove": may.remove, "complete": may.complete, "approve": may.approve, "disapprove": may.disapprove,
        "start": may.start, "take": false, "delegate": may.delegate, "defer": may.defer, "renew": may.renew,
        "deadline": may.change_deadline, "datePlan": may.edit, "changeDirector": false,
        "changeResponsible": may.edit, "changeAccomplices": may.edit, "pause": may.pause, "timeTracking": false,
        "mark": may.rate, "changeStatus": may.edit, "reminder": may.read, "addAuditors": may.read,
        "elapsedTime": may.checklist, "favorite": may.read, "checklistAdd": may.checklist,
        "checklistEdit": may.checklist, "checklistSave": may.checklist, "checklistToggle": may.checklist,
        "createSubtask": may.read, "copy": may.read, "attachFile": may.checklist,
    })
}

fn priority_word(priority: i64) -> &'static str {
    match priority {
        0 => "low",
        2 => "high",
        _ => "average",
    }
}
