//! Time that was spent on a task, newest first.

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{Reply, methods::elapsed, wire};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::parts;
use crate::{
    Refusal,
    record::{params, text},
};

/// How many entries are told.
const MOST: usize = 20;

/// An entry.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Entry {
    id: u64,
    user_id: Option<u64>,
    seconds: i64,
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    comment: Option<String>,
}

pub(super) fn call(id: TaskId) -> (&'static Method<Read>, Map<String, Value>) {
    (&elapsed::GETLIST, params(json!({ "TASKID": id, "ORDER": { "ID": "desc" } })))
}

pub(super) fn read(reply: &Reply) -> Result<(Vec<Entry>, Option<String>), Refusal> {
    let rows = parts::rows(&reply.result)?;
    let total = reply.total.and_then(|total| usize::try_from(total).ok()).unwrap_or(rows.len());
    let entries = rows.into_iter().filter_map(|row| entry(row.as_object()?)).collect();
    Ok(parts::first(entries, MOST, total))
}

fn entry(row: &Map<String, Value>) -> Option<Entry> {
    Some(Entry {
        id: wire::id(row.get("ID")?)?,
        user_id: row.get("USER_ID").and_then(wire::id),
        seconds: row.get("SECONDS").and_then(wire::int)?,
        date: text(row, "CREATED_DATE"),
        comment: text(row, "COMMENT_TEXT"),
    })
}
