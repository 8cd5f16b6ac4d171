//! What was changed in a task, newest first.

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{Reply, methods::task, wire};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::parts;
use crate::{
    Refusal,
    input::shorten,
    record::{params, text},
};

/// How many changes are told.
const MOST: usize = 20;
/// How much of a value is told: descriptions change too.
const LONGEST: usize = 200;

/// A change.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Change {
    date: Option<String>,
    user_id: Option<u64>,
    user_name: Option<String>,
    /// `STATUS`, `DEADLINE`, `NEW` …
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    to: Option<String>,
}

pub(super) fn call(id: TaskId) -> (&'static Method<Read>, Map<String, Value>) {
    (&task::HISTORY, params(json!({ "taskId": id })))
}

pub(super) fn read(reply: &Reply) -> Result<(Vec<Change>, Option<String>), Refusal> {
    let rows = parts::rows(reply.result.get("list").unwrap_or(&reply.result))?;
    let total = rows.len();
    let changes = rows.into_iter().filter_map(|row| Some(change(row.as_object()?))).collect();
    Ok(parts::first(changes, MOST, total))
}

fn change(row: &Map<String, Value>) -> Change {
    let user = row.get("user").and_then(wire::map);
    let name = |user: &Map<String, Value>| {
        let parts = ["name", "lastName"].iter().filter_map(|key| text(user, key));
        Some(parts.collect::<Vec<_>>().join(" ")).filter(|name| !name.is_empty())
    };
    let value = |key: &str| {
        let value = row.get("value").and_then(|value| value.get(key)).and_then(wire::text)?;
        Some(shorten(&value, LONGEST))
    };
    Change {
        date: text(row, "createdDate"),
        user_id: user.and_then(|user| user.get("id")).and_then(wire::id),
        user_name: user.and_then(name),
        field: text(row, "field"),
        from: value("from"),
        to: value("to"),
    }
}
