//! Tasks by a part of their titles; before anything is typed, one's own that changed last.

use b24_rest::{CallError, methods::task, wire};
use serde_json::{Value, json};

use super::Completion;
use crate::{Reader, filter::WireFilter};

/// Ids, the newest first.
pub(super) async fn ids(typed: &str, reader: &Reader) -> Result<Completion, CallError> {
    let (filter, order) = if typed.is_empty() {
        (WireFilter::of([("RESPONSIBLE_ID", reader.me().into())]), json!({ "CHANGED_DATE": "desc" }))
    } else {
        // `%` in the text itself would match anything.
        let part = format!("%{}%", typed.replace('%', " "));
        (WireFilter::of([("TITLE", part.into())]), json!({ "ID": "desc" }))
    };
    let asked = filter.beside(json!({ "order": order, "select": ["ID"] }));
    let reply = reader.call(&task::LIST, asked).await?;
    let rows = reply.result.get("tasks").and_then(wire::rows).unwrap_or_default();
    let id = |row: &Value| row.get("id").and_then(wire::id).map(|id| id.to_string());
    Ok(Completion::of(rows.into_iter().filter_map(id).collect(), reply.next.is_some()))
}
