//! Subtasks of tasks that are to be deleted. No page of the documents says whether the portal deletes them too, moves them
//! up, or lets them be: so they are named to the person before, and read again after.

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{Reply, methods::task, wire};
use serde_json::{Map, Value, json};

use crate::{Code, Reader, Refusal, filter::WireFilter, input::shorten, record::text, tools::task::list};

/// How many are named.
const NAMED: usize = 10;

/// A subtask of a task that is to be deleted, and that is not to be deleted itself.
pub(super) struct Subtask {
    id: u64,
    title: String,
}

/// How the portal is asked for the direct subtasks.
pub(super) fn question(parents: &[TaskId]) -> (&'static Method<Read>, Map<String, Value>) {
    let filter = WireFilter::of([("PARENT_ID", parents.to_vec().into())]);
    (&task::LIST, filter.beside(json!({ "order": { "ID": "asc" }, "select": ["ID", "TITLE"] })))
}

/// The direct subtasks, the first fifty.
pub(super) fn read(parents: &[TaskId], reply: &Reply) -> Result<Vec<Subtask>, Refusal> {
    let rows = list::rows(&reply.result).ok_or_else(|| {
        Refusal::new(
            Code::PORTAL_GARBLED,
            "the portal's list of subtasks cannot be read; nothing was deleted",
        )
    })?;
    let read = |row: &Value| {
        let id = row.get("id").and_then(wire::id)?;
        let title = row.as_object().and_then(|row| text(row, "title")).unwrap_or_default();
        (!parents.iter().any(|parent| parent.get() == id)).then_some(Subtask { id, title })
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// How they are named to a person; `None` when there are none.
pub(super) fn named(subtasks: &[Subtask]) -> Option<String> {
    let names: Vec<String> = subtasks
        .iter()
        .take(NAMED)
        .map(|task| format!("{} \"{}\"", task.id, shorten(&task.title, 40)))
        .collect();
    let more = subtasks.len().saturating_sub(NAMED);
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    (!names.is_empty()).then(|| format!("subtasks {}{tail} without their parent", names.join(", ")))
}

/// Those that are still there. What cannot be told is not told.
pub(super) async fn left(subtasks: &[Subtask], reader: &Reader) -> Vec<u64> {
    let ids: Vec<u64> = subtasks.iter().map(|task| task.id).collect();
    if ids.is_empty() {
        return ids;
    }
    let filter = WireFilter::of([("ID", ids.into())]);
    let asked = filter.beside(json!({ "order": { "ID": "asc" }, "select": ["ID"] }));
    let Ok(reply) = reader.call(&task::LIST, asked).await else { return Vec::new() };
    let rows = list::rows(&reply.result).unwrap_or_default();
    rows.into_iter().filter_map(|row| row.get("id").and_then(wire::id)).collect()
}
