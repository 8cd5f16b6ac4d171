//! A write that got no answer: it may have run. What a read can tell is told, and nothing is written again.

use b24_model::{TaskId, moment};
use b24_rest::{CallError, methods::task, wire};
use jiff::ToSpan;
use serde_json::{Map, Value, json};

use super::{fields, lookup};
use crate::{
    Code, Reader, Refusal,
    record::{params, task::Task},
};

/// Portals and servers disagree about the time by less than this.
const SKEW_MINUTES: i64 = 5;

/// Whether the error leaves open that the call ran.
pub(super) fn is_open(error: &CallError) -> bool {
    matches!(error, CallError::Unsettled { .. })
}

/// What became of a creation: the task that was made by it, or a refusal that says that there is none.
///
/// A task counts as made by it when title, assignee and creator are the same and it is as new as the call.
pub(super) async fn created(
    error: CallError,
    written: &fields::Fields,
    reader: &Reader,
) -> Result<Map<String, Value>, Refusal> {
    let field = |name: &str| written.get(name).cloned().unwrap_or(Value::Null);
    let since = reader.now().checked_sub(SKEW_MINUTES.minutes()).unwrap_or_else(|_| reader.now().clone());
    let asked = params(json!({
        "filter": {
            "RESPONSIBLE_ID": field("RESPONSIBLE_ID"),
            "CREATED_BY": reader.acting(),
            ">=CREATED_DATE": moment::to_wire(&since),
        },
        "order": { "ID": "desc" },
        "select": ["ID", "TITLE", "DEADLINE", "RESPONSIBLE_ID", "CREATED_DATE"],
    }));
    let Ok(reply) = reader.call(&task::LIST, asked).await else {
        return Err(error.into());
    };
    let rows = reply.result.get("tasks").and_then(wire::rows).unwrap_or_default();
    let same =
        rows.into_iter().filter_map(Value::as_object).find(|row| row.get("title") == Some(&field("TITLE")));
    same.cloned().ok_or_else(|| {
        Refusal::new(
            Code::WRITE_LOST,
            "the portal did not answer, and no such task exists now",
        )
        .hint(
            "a slow portal may still be at it: look once more with `b24_task_list` in a minute, then create it again",
        )
    })
}

/// The task after an unanswered change, for the caller to compare. The error itself when it cannot be read.
pub(super) async fn changed(
    error: CallError,
    id: TaskId,
    select: &[String],
    reader: &Reader,
) -> Result<Map<String, Value>, Refusal> {
    lookup::one(id, select, reader).await.map_err(|_| error.into())
}

/// What became of an unanswered deletion.
pub(super) async fn deleted(error: CallError, id: TaskId, reader: &Reader) -> Result<(), Refusal> {
    match lookup::one(id, &lookup::fields(&["ID"]), reader).await {
        Err(refusal) if refusal.code() == Code::NOT_FOUND => Ok(()),
        Ok(_) => Err(Refusal::new(
            Code::WRITE_LOST,
            format!("the portal did not answer, and task {id} still exists: it was not deleted"),
        )
        .hint("call again to delete it")),
        Err(_) => Err(error.into()),
    }
}

/// The refusal for a change that is not there.
pub(super) fn not_there(id: TaskId) -> Refusal {
    Refusal::new(
        Code::WRITE_LOST,
        format!("the portal did not answer, and task {id} is as it was: nothing was changed"),
    )
    .hint("call again to change it")
}

/// The state of a task after an unanswered transition: `Some` when it is the wanted one.
pub(super) async fn reached(
    error: CallError,
    id: TaskId,
    wanted: &[i64],
    reader: &Reader,
) -> Result<Task, Refusal> {
    let select = lookup::fields(&["ID", "TITLE", "STATUS", "RESPONSIBLE_ID"]);
    let row = changed(error, id, &select, reader).await?;
    match Task::read(&row) {
        Some(task) if task.status.is_some_and(|status| wanted.contains(&status)) => Ok(task),
        _ => Err(not_there(id)),
    }
}
