//! Time spent on a task, from `task.elapseditem.*`.

use b24_rest::wire;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::text;

/// A record of time spent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    pub id: u64,
    pub task_id: u64,
    pub user_id: Option<u64>,
    pub comment_text: String,
    pub seconds: u64,
    /// When the work began, for entries written later; else when it was written down.
    pub created_date: Option<String>,
    pub date_start: Option<String>,
    pub date_stop: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub minutes: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    pub source: Option<u64>,
}

impl Entry {
    /// Reads one; `None` without an id.
    pub(crate) fn read(row: &Map<String, Value>) -> Option<Self> {
        let number = |key: &str| row.get(key).and_then(wire::int).and_then(|n| u64::try_from(n).ok());
        Some(Self {
            id: number("ID").filter(|id| *id > 0)?,
            task_id: number("TASK_ID")?,
            user_id: row.get("USER_ID").and_then(wire::id),
            comment_text: text(row, "COMMENT_TEXT").unwrap_or_default(),
            seconds: number("SECONDS").unwrap_or(0),
            created_date: text(row, "CREATED_DATE"),
            date_start: text(row, "DATE_START"),
            date_stop: text(row, "DATE_STOP"),
            minutes: number("MINUTES"),
            source: number("SOURCE"),
        })
    }
}
