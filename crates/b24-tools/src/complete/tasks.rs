//! Tasks by a part of their titles; before anything is typed, one's own that changed last.

use b24_rest::{CallError, methods::task, wire};
use serde_json::{Value, json};

use super::Completion;
use crate::{Reader, record::params};

/// Ids, the newest first.
pub(super) async fn ids(typed: &str, reader: &Reader) -> Result<Completion, CallError> {
    let (filter, order) = if typed.is_empty() {
        (json!({ "RESPONSIBLE_ID": reader.me() }), json!({ "CHANGED_DATE": "desc" }))
    } else {
        // `%` in the text itself would match anything.
        (json!({ "TITLE": format!("%{}%", typed.replace('%', " ")) }), json!({ "ID": "desc" }))
    };
    let asked = json!({ "filter": filter, "order": order, "select": ["ID"] });
    let reply = reader.call(&task::LIST, params(asked)).await?;
    let rows = reply.result.get("tasks").and_then(wire::rows).unwrap_or_default();
    let id = |row: &Value| row.get("id").and_then(wire::id).map(|id| id.to_string());
    Ok(Completion::of(rows.into_iter().filter_map(id).collect(), reply.next.is_some()))
}
