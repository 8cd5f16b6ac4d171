//! What was handed in as the result of a task.

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{Reply, methods::task, wire};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::parts;
use crate::{
    Refusal,
    record::{params, text},
};

/// How many are told.
const MOST: usize = 20;

/// A result.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Finished {
    id: u64,
    text: String,
    author_id: Option<u64>,
    created_date: Option<String>,
    /// False once the task was completed with it.
    open: bool,
}

pub(super) fn call(id: TaskId) -> (&'static Method<Read>, Map<String, Value>) {
    (&task::RESULTS, params(json!({ "taskId": id })))
}

pub(super) fn read(reply: &Reply) -> Result<(Vec<Finished>, Option<String>), Refusal> {
    let rows = parts::rows(&reply.result)?;
    let total = rows.len();
    let results = rows.into_iter().filter_map(|row| finished(row.as_object()?)).collect();
    Ok(parts::first(results, MOST, total))
}

fn finished(row: &Map<String, Value>) -> Option<Finished> {
    Some(Finished {
        id: wire::id(row.get("id")?)?,
        text: text(row, "text").unwrap_or_default(),
        author_id: row.get("createdBy").and_then(wire::id),
        created_date: text(row, "createdAt"),
        open: row.get("status").and_then(wire::int) != Some(1),
    })
}
