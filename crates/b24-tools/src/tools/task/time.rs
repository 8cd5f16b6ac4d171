//! Time spent on tasks: what its tools share.

pub mod add;
pub mod delete;
pub mod list;
pub mod update;

mod group; // sums by person, task or day
mod pages; // the pages of the list, one or as many as are taken
mod written; // the fields of an entry that somebody wants written

use b24_model::{EntryId, TaskId};
use b24_rest::{CallError, Reply, methods::elapsed, wire};
use serde_json::{Map, Value, json};

use crate::{
    Code, Reader, Refusal, Target,
    input::worktime,
    record::{entry::Entry, params},
};

/// An entry as the portal wrote it.
type Row = Map<String, Value>;

/// One entry of a task.
async fn one(task: TaskId, id: EntryId, reader: &Reader) -> Result<Row, Refusal> {
    found(task, id, reader.call(&elapsed::GET, place(task, id)).await)
}

/// The entry of an answer: the portal tells it in a list of one.
fn found(task: TaskId, id: EntryId, reply: Result<Reply, CallError>) -> Result<Row, Refusal> {
    let result = reply.map_err(|error| told(task, Some(id), error))?.result;
    let row = match &result {
        Value::Object(row) if row.contains_key("ID") => Some(row),
        rows => wire::rows(rows).and_then(|rows| rows.first()?.as_object()),
    };
    row.filter(|row| row.get("ID").and_then(wire::id) == Some(id.get()))
        .cloned()
        .ok_or_else(|| stranger(task, id))
}

/// The parameters that name an entry.
fn place(task: TaskId, id: EntryId) -> Map<String, Value> {
    params(json!({ "TASKID": task, "ITEMID": id }))
}

/// One code stands for every fault of these methods. What it was is told by a word in the text, which is not
/// translated, or by the number that the documents give it.
fn told(task: TaskId, id: Option<EntryId>, error: CallError) -> Refusal {
    let CallError::Refused(refusal) = &error else { return error.into() };
    let says = |words: &[&str]| {
        words.iter().any(|word| refusal.message.contains(word) || refusal.code.as_str().contains(word))
    };
    if says(&["TASK_NOT_FOUND", "0x000001", "Task not found"]) {
        return Refusal::new(
            Code::NOT_FOUND,
            format!("task {task} does not exist, or the acting person may not see it"),
        )
        .hint("look for it with `b24_task_list`");
    }
    if let Some(id) = id
        && says(&["ITEM_NOT_FOUND"])
    {
        return stranger(task, id);
    }
    if says(&["ACTION_NOT_ALLOWED", "0x000004", "0x100002"]) {
        let what = match id {
            Some(id) => format!("the acting person may not change time entry {id} of task {task}"),
            None => format!("the acting person may not log time on task {task}, or not for that person"),
        };
        return Refusal::new(Code::ACTION_NOT_ALLOWED, what).hint(
            "an entry is changed by whose time it is, and by administrators; time is logged by those who work on the task",
        );
    }
    error.into()
}

/// An entry that is not among the task's.
fn stranger(task: TaskId, id: EntryId) -> Refusal {
    Refusal::new(Code::NOT_FOUND, format!("task {task} has no time entry {id}"))
        .hint("list its entries with `b24_task_elapsed_time_list`")
}

/// How an entry is named in a plan: by its length and its words.
fn target(id: EntryId, row: &Row) -> Target {
    let name = Entry::read(row).map(|entry| {
        let comment = crate::input::shorten(&entry.comment_text, 60);
        format!("{} {comment}", worktime::told(entry.seconds)).trim().to_owned()
    });
    Target { kind: "time entry", id: id.get(), name }
}
