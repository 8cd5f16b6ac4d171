//! `tasks.task.list` of REST 3.0: filter by `id` only, at most fifty rows, no total.

use serde_json::{Value, json};

use super::{dto, strict};
use crate::methods::CallV3;
use crate::wire::answer_v3::{OutcomeV3, RefusalV3};
use crate::world::rights;
use crate::world::task::Task;

/// The documents allow a `limit` of 1000, but this method clamps it.
const CLAMP: usize = 50;

const SORTABLE: [&str; 19] = [
    "id",
    "title",
    "creatorId",
    "created",
    "responsibleId",
    "deadline",
    "startPlan",
    "endPlan",
    "groupId",
    "priority",
    "status",
    "started",
    "estimatedTime",
    "changed",
    "closed",
    "activity",
    "mark",
    "allowsChangeDeadline",
    "allowsTimeTracking",
];

pub(super) fn list(call: &mut CallV3<'_>) -> OutcomeV3 {
    let select = strict::names(call, "select")?.unwrap_or_else(|| vec!["id".to_owned()]);
    let filter = call.params.get("filter").cloned().unwrap_or(json!([]));
    let order = order(call)?;
    let (offset, limit) = pagination(call)?;
    let mut found: Vec<&Task> = Vec::new();
    for task in call.world.tasks.values() {
        if all_hold(&filter, task.id)? && rights::role(call.world, task, call.caller).can_read() {
            found.push(task);
        }
    }
    found.sort_by(|a, b| {
        order.iter().fold(std::cmp::Ordering::Equal, |before, (name, down)| {
            let next = key(a, name).cmp(&key(b, name));
            before.then(if *down { next.reverse() } else { next })
        })
    });
    let page = found.into_iter().skip(offset).take(limit);
    let items = page.map(|task| dto::item(call, task, Some(&select))).collect::<Result<Vec<Value>, _>>()?;
    Ok(json!({ "items": items }))
}

/// A sort key: a number and a text, one of which is idle.
fn key(task: &Task, name: &str) -> (i64, String) {
    let number = |id: u64| (i64::try_from(id).unwrap_or(i64::MAX), String::new());
    let date = |at: Option<jiff::Timestamp>| (at.map_or(i64::MIN, |at| at.as_second()), String::new());
    match name {
        "title" => (0, task.title.to_lowercase()),
        "creatorId" => number(task.created_by),
        "created" => date(Some(task.created)),
        "responsibleId" => number(task.responsible),
        "deadline" => date(task.deadline),
        "startPlan" => date(task.start_plan),
        "endPlan" => date(task.end_plan),
        "groupId" => number(task.group),
        "priority" => (task.priority, String::new()),
        "status" => (task.status.code(), String::new()),
        "started" => date(task.started),
        "estimatedTime" => (task.time_estimate, String::new()),
        "changed" => date(Some(task.changed)),
        "closed" => date(task.closed.map(|(_, at)| at)),
        "activity" => date(Some(task.activity)),
        "mark" => (0, task.mark.map(String::from).unwrap_or_default()),
        "allowsChangeDeadline" => (i64::from(task.flags.allow_change_deadline), String::new()),
        "allowsTimeTracking" => (i64::from(task.flags.allow_time_tracking), String::new()),
        _ => number(task.id),
    }
}

fn order(call: &CallV3<'_>) -> Result<Vec<(String, bool)>, RefusalV3> {
    let asked = match call.params.get("order") {
        None | Some(Value::Null) => return Ok(vec![("id".to_owned(), false)]),
        Some(value) => value,
    };
    let refused = || {
        let text = format!("Unable to recognize the sorting parameter `{asked}`");
        RefusalV3::new(400, "INVALIDORDEREXCEPTION", text)
    };
    let map = asked.as_object().ok_or_else(refused)?;
    map.iter()
        .map(|(name, way)| {
            let way = way.as_str().unwrap_or_default().to_ascii_uppercase();
            let known = SORTABLE.contains(&name.as_str()) && (way == "ASC" || way == "DESC");
            known.then(|| (name.clone(), way == "DESC")).ok_or_else(refused)
        })
        .collect()
}

/// Offset and limit.
fn pagination(call: &CallV3<'_>) -> Result<(usize, usize), RefusalV3> {
    let asked = match call.params.get("pagination") {
        None | Some(Value::Null) => return Ok((0, CLAMP)),
        Some(value) => value,
    };
    let refused = || {
        let text = format!("Unable to recognize the pagination parameter `{asked}`");
        RefusalV3::new(400, "INVALIDPAGINATIONEXCEPTION", text)
    };
    let map = asked.as_object().ok_or_else(refused)?;
    let number = |name: &str| match map.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value.as_i64().map(Some).ok_or_else(refused),
    };
    let (page, limit, offset) = (number("page")?, number("limit")?, number("offset")?);
    let limit = match limit {
        Some(0) => return Err(refused()),
        Some(limit) if limit < 0 => {
            return Err(RefusalV3::new(500, "INTERNAL_INTERNALEXCEPTION", "Internal server error"));
        }
        limit => usize::try_from(limit.unwrap_or(50)).unwrap_or(CLAMP).min(CLAMP),
    };
    let pages = usize::try_from(page.unwrap_or(1).saturating_sub(1)).unwrap_or(0);
    let offset = offset.map_or(pages.saturating_mul(limit), |offset| usize::try_from(offset).unwrap_or(0));
    Ok((offset, limit))
}

/// Siblings are joined by "and".
fn all_hold(filter: &Value, id: u64) -> Result<bool, RefusalV3> {
    let conditions = filter.as_array().ok_or_else(|| malformed(filter))?;
    let mut all = true;
    for condition in conditions {
        all &= holds(condition, id)?;
    }
    Ok(all)
}

fn holds(condition: &Value, id: u64) -> Result<bool, RefusalV3> {
    if let Some(group) = condition.as_object() {
        let conditions =
            group.get("conditions").and_then(Value::as_array).ok_or_else(|| malformed(condition))?;
        let outcomes = conditions.iter().map(|one| holds(one, id)).collect::<Result<Vec<bool>, _>>()?;
        let any = group.get("logic").and_then(Value::as_str) == Some("or");
        let held = if any { outcomes.contains(&true) } else { !outcomes.contains(&false) };
        return Ok(held != (group.get("negative") == Some(&Value::Bool(true))));
    }
    let (field, operator, value) = match condition.as_array().map(Vec::as_slice) {
        Some([field, value]) => (field, if value.is_array() { "in" } else { "=" }, value),
        Some([field, operator, value]) => {
            (field, operator.as_str().ok_or_else(|| malformed(condition))?, value)
        }
        _ => return Err(malformed(condition)),
    };
    let field = field.as_str().ok_or_else(|| malformed(condition))?;
    if !dto::OWN.contains(&field) {
        return Err(RefusalV3::unknown_field(field, "TaskDto"));
    }
    if field != "id" {
        let text = format!(
            "In DTO `TaskDto`, the `{field}` field requires the `Filterable` attribute for such a request"
        );
        return Err(RefusalV3::validation(vec![(field.to_owned(), text)]));
    }
    compare(operator, value, i64::try_from(id).unwrap_or(i64::MAX))
}

fn compare(operator: &str, value: &Value, id: i64) -> Result<bool, RefusalV3> {
    let number = |value: &Value| value.as_i64().ok_or_else(|| RefusalV3::wrong_type("id", "int"));
    let numbers = || value.as_array().map(|all| all.iter().map(number).collect::<Result<Vec<i64>, _>>());
    Ok(match operator {
        "=" => id == number(value)?,
        "!=" => id != number(value)?,
        ">" => id > number(value)?,
        ">=" => id >= number(value)?,
        "<" => id < number(value)?,
        "<=" => id <= number(value)?,
        "in" => numbers().ok_or_else(|| malformed(value))??.contains(&id),
        "between" => match numbers().ok_or_else(|| malformed(value))??.as_slice() {
            [from, to] => (*from..=*to).contains(&id),
            _ => return Err(malformed(value)),
        },
        other => {
            let text = format!("Unknown filter operator `{other}`");
            return Err(RefusalV3::new(400, "UNKNOWNFILTEROPERATOREXCEPTION", text));
        }
    })
}

fn malformed(part: &Value) -> RefusalV3 {
    RefusalV3::new(
        400,
        "INVALIDFILTEREXCEPTION",
        format!("Unable to recognize the filter parameter `{part}`"),
    )
}
