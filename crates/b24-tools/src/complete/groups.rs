//! Workgroups and projects that are not closed, by a part of their names (`sonet-group/sonet-group-get.md`).

use b24_rest::{CallError, Reply, methods::group, wire};
use serde_json::{Map, Value, json};

use super::Completion;
use crate::{Reader, filter::WireFilter, record::text};

/// Names.
pub(super) async fn names(typed: &str, reader: &Reader) -> Result<Completion, CallError> {
    let reply = find(typed, reader).await?;
    let names = rows(&reply).into_iter().filter_map(|row| text(row, "NAME")).collect();
    Ok(Completion::of(names, reply.next.is_some()))
}

/// The id of the group whose name, or id, this is.
pub(super) async fn id_of(said: &str, reader: &Reader) -> Result<Option<u64>, CallError> {
    if let Ok(id) = said.trim().parse() {
        return Ok(Some(id));
    }
    let reply = find(said, reader).await?;
    let is_it = |row: &&Map<String, Value>| {
        text(row, "NAME").is_some_and(|name| name.to_lowercase() == said.trim().to_lowercase())
    };
    let found = rows(&reply).into_iter().find(is_it);
    Ok(found.and_then(|row| row.get("ID")).and_then(wire::id))
}

async fn find(typed: &str, reader: &Reader) -> Result<Reply, CallError> {
    let open = [("CLOSED", "N".into())];
    let named = Some(("%NAME", typed.trim().into())).filter(|_| !typed.trim().is_empty());
    let filter = WireFilter::of(open.into_iter().chain(named));
    reader.call(&group::GET, filter.placed(json!({ "ORDER": { "NAME": "ASC" } }))).await
}

fn rows(reply: &Reply) -> Vec<&Map<String, Value>> {
    wire::rows(&reply.result).unwrap_or_default().into_iter().filter_map(Value::as_object).collect()
}
