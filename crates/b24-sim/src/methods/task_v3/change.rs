//! Puts checked REST 3.0 fields into a task.

use serde_json::{Map, Value};

use crate::methods::{CallV3, task_is_within};
use crate::wire::answer_v3::RefusalV3;
use crate::wire::lenient;
use crate::world::moment;
use crate::world::task::{Status, Task};

/// `fields` have the right types by now; what is left are rules about people, parents and words.
pub(super) fn apply(
    call: &CallV3<'_>,
    task: &mut Task,
    fields: &Map<String, Value>,
) -> Result<(), RefusalV3> {
    for (name, value) in fields {
        people(call, task, name, value)?;
        place(call, task, name, value)?;
        words(task, name, value)?;
        rest(call, task, name, value);
    }
    if let (Some(start), Some(end)) = (task.start_plan, task.end_plan)
        && end < start
    {
        return Err(rule("endPlan", "The end date specified in the planning is earlier than the start date"));
    }
    Ok(())
}

fn rule(field: &str, text: &str) -> RefusalV3 {
    RefusalV3::validation(vec![(field.to_owned(), text.to_owned())])
}

fn people(call: &CallV3<'_>, task: &mut Task, name: &str, value: &Value) -> Result<(), RefusalV3> {
    let known = |id: &u64| call.world.users.contains_key(id);
    match name {
        "responsibleId" => {
            task.responsible = value
                .as_u64()
                .filter(known)
                .ok_or_else(|| rule("responsibleId", "User specified in the \"Executor\" field not found"))?;
        }
        // The portal has no words for this one.
        "creatorId" => task.created_by = value.as_u64().filter(known).ok_or_else(|| rule("creatorId", ""))?,
        "accomplices" => task.accomplices = lenient::ids(value).into_iter().filter(known).collect(),
        "auditors" => task.auditors = lenient::ids(value).into_iter().filter(known).collect(),
        _ => {}
    }
    Ok(())
}

fn place(call: &CallV3<'_>, task: &mut Task, name: &str, value: &Value) -> Result<(), RefusalV3> {
    match name {
        "parentId" if value.is_null() || value.as_u64() == Some(0) => task.parent = None,
        "parentId" => {
            let id = value.as_u64().filter(|id| call.world.tasks.contains_key(id));
            let id =
                id.ok_or_else(|| rule("parentId", "Task specified in the \"Parent Task\" field not found"))?;
            if id == task.id {
                return Err(rule("parentId", "Cannot bind a node to itself"));
            }
            if task_is_within(call.world, id, task.id) {
                return Err(rule("parentId", "Creating cyclic links in tasks is prohibited"));
            }
            task.parent = Some(id);
        }
        "groupId" => task.group = value.as_u64().unwrap_or(0),
        "stageId" => task.stage = value.as_u64().unwrap_or(0),
        "flowId" => task.flow = value.as_u64().unwrap_or(0),
        _ => {}
    }
    Ok(())
}

fn words(task: &mut Task, name: &str, value: &Value) -> Result<(), RefusalV3> {
    let text = value.as_str().unwrap_or_default();
    match name {
        "title" if text.trim().is_empty() => {
            return Err(RefusalV3::object_rule("title", "Field `title` must not be empty"));
        }
        "title" => task.title = text.to_owned(),
        "description" => task.description = text.to_owned(),
        "xmlId" => task.xml_id = Some(text.to_owned()).filter(|id| !id.is_empty()),
        "mark" => task.mark = text.chars().next().filter(|mark| matches!(mark, 'P' | 'N')),
        "priority" => {
            let words = ["low", "average", "high"];
            let at = words.iter().position(|word| *word == text);
            let at = at.ok_or_else(|| rule("priority", "Incorrect priority"))?;
            task.priority = i64::try_from(at).unwrap_or(1);
        }
        "status" if Status::from_word(text).is_none() => return Err(rule("status", "Incorrect status")),
        "durationType" => task.duration_type = text.to_owned(),
        _ => {}
    }
    Ok(())
}

fn rest(call: &CallV3<'_>, task: &mut Task, name: &str, value: &Value) {
    let date = || value.as_str().and_then(|text| moment::parse(text, call.zone));
    let yes = value.as_bool().unwrap_or(false);
    match name {
        "deadline" => task.deadline = date(),
        "startPlan" => task.start_plan = date(),
        "endPlan" => task.end_plan = date(),
        "needsControl" => task.flags.task_control = yes,
        "replicate" => task.flags.replicate = yes,
        "allowsChangeDeadline" => task.flags.allow_change_deadline = yes,
        "allowsTimeTracking" => task.flags.allow_time_tracking = yes,
        "matchesWorkTime" => task.flags.match_work_time = yes,
        "requireResult" => {
            task.parameters.retain(|code| *code != 3);
            if yes {
                task.parameters.push(3);
            }
        }
        "plannedDuration" => task.duration_plan = value.as_i64().unwrap_or(0),
        "estimatedTime" => task.time_estimate = value.as_i64().unwrap_or(0),
        "crmItemIds" => task.crm = lenient::list(value).into_iter().filter_map(lenient::text).collect(),
        _ => {}
    }
    if name == "status"
        && let Some(status) = value.as_str().and_then(Status::from_word)
        && status != task.status
    {
        task.set_status(status, call.caller, call.now);
    }
}
