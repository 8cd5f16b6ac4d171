//! A comment of the forum store, from `task.commentitem.getlist`.

use b24_rest::wire;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::text;

/// What somebody wrote under a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Comment {
    pub id: u64,
    pub author_id: Option<u64>,
    pub author_name: Option<String>,
    pub post_date: Option<String>,
    pub text: String,
}

impl Comment {
    /// Reads a list, oldest first.
    pub(crate) fn rows(result: &Value) -> Vec<Self> {
        let rows = wire::rows(result).unwrap_or_default();
        let mut comments: Vec<Self> = rows
            .into_iter()
            .filter_map(Value::as_object)
            .filter_map(|row| {
                Some(Self {
                    id: wire::id(row.get("ID")?)?,
                    author_id: row.get("AUTHOR_ID").and_then(wire::id),
                    author_name: text(row, "AUTHOR_NAME"),
                    post_date: text(row, "POST_DATE"),
                    text: text(row, "POST_MESSAGE").unwrap_or_default(),
                })
            })
            .collect();
        comments.sort_by_key(|comment| comment.id);
        comments
    }
}
