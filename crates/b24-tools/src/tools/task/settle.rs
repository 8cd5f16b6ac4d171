//! A write that got no answer: it may have run. What a read can tell is told, and nothing is written again.

use std::collections::BTreeMap;

use b24_model::{TaskId, moment};
use b24_rest::{CallError, methods::task, wire};
use jiff::{Timestamp, ToSpan};
use serde_json::{Map, Value, json};

use super::{fields, list, lookup};
use crate::{Code, Reader, Refusal, filter::WireFilter, record::task::Task};

/// Portals and servers disagree about the time by less than this.
const SKEW_MINUTES: i64 = 5;

/// Whether the error leaves open that the call ran.
pub(super) fn is_open(error: &CallError) -> bool {
    matches!(error, CallError::Unsettled { .. })
}

/// What became of a creation: the task that was made by it, or a refusal that says what is known.
///
/// A task counts as made by it when title, assignee and creator are the same and it is no older than the call.
/// An older twin, or a recent task with another title, leaves the question open: portals change titles too.
pub(super) async fn created(
    error: CallError,
    written: &fields::Fields,
    reader: &Reader,
) -> Result<Map<String, Value>, Refusal> {
    let Some(responsible) = written.get("RESPONSIBLE_ID").and_then(wire::id) else {
        return Err(error.into());
    };
    let since = reader.now().checked_sub(SKEW_MINUTES.minutes()).unwrap_or_else(|_| reader.now().clone());
    let recent = WireFilter::of([
        ("RESPONSIBLE_ID", responsible.into()),
        ("CREATED_BY", reader.acting().into()),
        (">=CREATED_DATE", moment::to_wire(&since).into()),
    ]);
    let asked = recent.beside(json!({
        "order": { "ID": "desc" },
        "select": ["ID", "TITLE", "DEADLINE", "RESPONSIBLE_ID", "CREATED_DATE"],
    }));
    let Ok(reply) = reader.call(&task::LIST, asked).await else { return Err(error.into()) };
    let Some(rows) = list::rows(&reply.result) else { return Err(error.into()) };
    let mut rows = rows.into_iter().filter_map(Value::as_object);
    let Some(newest) = rows.next() else {
        return Err(Refusal::new(Code::WRITE_LOST, "the portal did not answer, and no such task exists now").hint(
            "a slow portal may still be at it: look once more with `b24_task_list` in a minute, then create it again",
        ));
    };
    let is_same = |row: &Map<String, Value>| {
        row.get("title").map(fields::plain_text) == written.get("TITLE").map(fields::plain_text)
    };
    let is_new = |row: &Map<String, Value>| {
        let made =
            row.get("createdDate").and_then(Value::as_str).and_then(|text| text.parse::<Timestamp>().ok());
        made.is_some_and(|made| made.as_second() >= reader.now().timestamp().as_second() - 1)
    };
    if is_same(newest) && is_new(newest) {
        return Ok(newest.clone());
    }
    let twin = std::iter::once(newest).chain(rows).find(|row| is_same(row)).and_then(|row| row.get("id"));
    let refusal = Refusal::from(error);
    Err(match twin.and_then(wire::id) {
        Some(id) => refusal
            .hint(format!("task {id} has that title and is a few minutes old: ask whether it is the one")),
        None => refusal,
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

/// Tasks whose calls got no answer, as they are now: each read once, all in as few requests as possible.
pub(super) async fn look(ids: &[TaskId], select: &[&str], reader: &Reader) -> Now {
    if ids.is_empty() { Now::new() } else { lookup::many(ids, &lookup::fields(select), reader).await }
}

/// What a look at several tasks showed.
pub(super) type Now = BTreeMap<TaskId, Result<Map<String, Value>, Refusal>>;

/// What became of an unanswered deletion.
pub(super) fn deleted(error: CallError, id: TaskId, now: &Now) -> Result<(), Refusal> {
    match now.get(&id) {
        Some(Err(refusal)) if refusal.code() == Code::NOT_FOUND => Ok(()),
        Some(Ok(_)) => Err(Refusal::new(
            Code::WRITE_LOST,
            format!("the portal did not answer, and task {id} still exists: it was not deleted"),
        )
        .hint("call again to delete it")),
        _ => Err(error.into()),
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

/// The state of a task after an unanswered transition, when it is one of those wanted.
pub(super) fn reached(error: CallError, id: TaskId, wanted: &[i64], now: &Now) -> Result<Task, Refusal> {
    match now.get(&id).map(|row| row.as_ref().map(Task::read)) {
        Some(Ok(Some(task))) if task.status.is_some_and(|status| wanted.contains(&status)) => Ok(task),
        Some(Ok(Some(_))) => Err(not_there(id)),
        _ => Err(error.into()),
    }
}
