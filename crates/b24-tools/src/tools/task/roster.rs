//! Many tasks by id, in as few commands as possible: one for each fifty of them.
//!
//! It tells which of them the acting person sees. What they may do with a task is told by `lookup` only.

use std::collections::BTreeMap;

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{CallError, Reply, methods::task};
use serde_json::{Map, Value, json};

use super::list;
use crate::{Code, Refusal, filter::WireFilter, record::task::Task};

/// A page of the portal's list.
const PAGE: usize = 50;
/// What is told of each.
const SELECT: [&str; 5] = ["ID", "TITLE", "STATUS", "DEADLINE", "RESPONSIBLE_ID"];

/// Tasks by id; those that are not there, or not for the acting person to see, are left out.
pub(super) type Roster = BTreeMap<TaskId, Task>;

/// The calls that read these tasks. Repetitions are asked for once.
pub(super) fn calls(
    ids: impl IntoIterator<Item = TaskId>,
) -> Vec<(&'static Method<Read>, Map<String, Value>)> {
    let mut ids: Vec<TaskId> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    ids.chunks(PAGE).map(|ids| that_pass(WireFilter::of([("ID", ids.to_vec().into())]))).collect()
}

/// The call for the first page of the tasks that pass a filter of this server's own making.
pub(super) fn that_pass(filter: WireFilter) -> (&'static Method<Read>, Map<String, Value>) {
    (&task::LIST, filter.beside(json!({ "order": { "ID": "asc" }, "select": SELECT })))
}

/// Reads the answers to [`calls`].
pub(super) fn read(replies: impl IntoIterator<Item = Result<Reply, CallError>>) -> Result<Roster, Refusal> {
    let mut roster = Roster::new();
    for reply in replies {
        roster.extend(page(&reply?)?.into_iter().map(|task| (task.id, task)));
    }
    Ok(roster)
}

/// The tasks of one page.
pub(super) fn page(reply: &Reply) -> Result<Vec<Task>, Refusal> {
    let rows = list::rows(&reply.result).ok_or_else(|| {
        Refusal::new(Code::PORTAL_GARBLED, "the portal's list of tasks cannot be read")
            .hint("tell the admin; `b24-mcp doctor` shows what the portal answers")
    })?;
    Ok(rows.into_iter().filter_map(|row| Task::read(row.as_object()?)).collect())
}
