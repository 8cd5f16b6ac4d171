//! The fields of `flowData`, read and put into a flow.

use serde_json::{Map, Value};

use super::refused;
use crate::wire::answer_v2::Refusal;
use crate::wire::lenient;
use crate::world::flow::Flow;

/// What `create` and `update` both demand.
pub(super) fn demand(data: &Map<String, Value>, names: &[&str]) -> Result<(), Refusal> {
    match names.iter().find(|name| data.get(**name).is_none_or(lenient::is_empty)) {
        Some(name) => Err(invalid(name)),
        None => Ok(()),
    }
}

fn invalid(name: &str) -> Refusal {
    refused(format!("'{name}': field's value has an invalid value"))
}

/// Puts what is given into `flow`; what is not stays.
pub(super) fn apply(flow: &mut Flow, data: &Map<String, Value>) -> Result<(), Refusal> {
    for (name, value) in data {
        let yes = || lenient::yes(value);
        let limit = || lenient::int(value).filter(|number| *number > 0);
        match name.as_str() {
            "name" => flow.name = lenient::text(value).unwrap_or_default(),
            "description" => flow.description = lenient::text(value).unwrap_or_default(),
            "groupId" => flow.group = lenient::id(value).unwrap_or(flow.group),
            "ownerId" => flow.owner = lenient::id(value).unwrap_or(flow.owner),
            "templateId" => flow.template = lenient::id(value).unwrap_or(0),
            "plannedCompletionTime" => flow.planned = limit().ok_or_else(|| invalid(name))?,
            "distributionType" => {
                let kind = lenient::text(value).unwrap_or_default();
                if !["manually", "queue", "himself"].contains(&kind.as_str()) {
                    return Err(invalid(name));
                }
                flow.distribution = kind;
            }
            "responsibleList" => flow.responsible = pairs(value).ok_or_else(|| invalid(name))?,
            "taskCreators" => flow.creators = pairs(value).ok_or_else(|| invalid(name))?,
            "matchWorkTime" => flow.match_work_time = yes(),
            "responsibleCanChangeDeadline" => flow.change_deadline = yes(),
            "notifyAtHalfTime" => flow.notify_half_time = yes(),
            "taskControl" => flow.task_control = yes(),
            "notifyOnQueueOverflow" => flow.notify_queue = limit(),
            "notifyOnTasksInProgressOverflow" => flow.notify_progress = limit(),
            "notifyWhenEfficiencyDecreases" => flow.notify_efficiency = limit(),
            _ => {}
        }
    }
    Ok(())
}

/// `[["user","3"]]`, or the map `{"meta-user": "all-users"}` as the same pairs.
fn pairs(value: &Value) -> Option<Value> {
    let pair = |kind: String, id: &Value| Some(serde_json::json!([kind, lenient::text(id)?]));
    match value {
        Value::Array(rows) => rows
            .iter()
            .map(|row| match lenient::list(row).as_slice() {
                [kind, id] => pair(lenient::text(kind)?, id),
                _ => None,
            })
            .collect(),
        Value::Object(map) if map.values().all(|row| row.is_array() || row.is_object()) => {
            pairs(&Value::Array(map.values().cloned().collect()))
        }
        Value::Object(map) => map.iter().map(|(kind, id)| pair(kind.clone(), id)).collect(),
        _ => None,
    }
}
