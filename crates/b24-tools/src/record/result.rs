//! A result of a task, from `tasks.task.result.*` (REST 3.0).

use b24_rest::wire;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::text;

/// What was handed in for a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct TaskResult {
    pub id: u64,
    pub task_id: u64,
    pub text: String,
    pub author_id: Option<u64>,
    pub created_at: Option<String>,
    pub updated_at: Option<String>,
    /// `open`; `closed` once its task was completed.
    pub status: Option<String>,
    pub message_id: Option<u64>,
}

impl TaskResult {
    /// The fields that are asked for.
    pub(crate) const SELECT: [&str; 9] =
        ["id", "taskId", "text", "authorId", "createdAt", "updatedAt", "status", "messageId", "rights"];

    /// The record inside `{item: {…}}`.
    pub(crate) fn of_reply(result: &Value) -> Option<Self> {
        Self::read(result.get("item")?.as_object()?)
    }

    /// Reads one; `None` without an id.
    pub(crate) fn read(row: &Map<String, Value>) -> Option<Self> {
        let id = |key: &str| row.get(key).and_then(wire::id);
        Some(Self {
            id: id("id")?,
            task_id: id("taskId")?,
            text: text(row, "text").unwrap_or_default(),
            author_id: id("authorId"),
            created_at: text(row, "createdAt"),
            updated_at: text(row, "updatedAt"),
            status: text(row, "status"),
            message_id: id("messageId"),
        })
    }
}
