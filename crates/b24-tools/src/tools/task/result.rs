//! Results of tasks: what its tools share. All of them are of REST 3.0.
//!
//! No method reads a result by its id alone: whoever says the task as well is told more, because then the list of
//! its results can be read first.

pub mod add;
pub mod delete;
pub mod list;
pub mod update;

use b24_model::{ResultId, TaskId};
use b24_rest::{CallError, methods::result, wire};
use serde_json::{Map, Value, json};

use crate::{
    Code, Reader, Refusal, Target,
    filter::{Filter, RESULT},
    input::shorten,
    record::{result::TaskResult, text},
};

/// The portal's code for everything that one may not do, or not see. It is not translated.
const DENIED: &str = "BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION";
/// The longest text.
const LONGEST: usize = 10_000;

/// A result as the portal wrote it.
pub type Row = Map<String, Value>;

fn check_text(said: &str) -> Result<(), Refusal> {
    if said.trim().is_empty() || said.chars().count() > LONGEST || said.contains('\0') {
        return Err(Refusal::invalid(format!("`text` has from 1 to {LONGEST} characters, without NUL")));
    }
    Ok(())
}

/// A result of a task, looked for in the task's list.
async fn one(task: TaskId, id: ResultId, reader: &Reader) -> Result<Row, Refusal> {
    let mut filter = Filter::of(&RESULT);
    filter.exact("TASK_ID", task.get())?;
    filter.exact("ID", id.get())?;
    let asked = filter.resolve(reader).await?.beside(json!({ "select": TaskResult::SELECT }));
    let reply = reader.call(&result::LIST, asked).await.map_err(|error| hidden(task, error))?;
    let rows = reply.result.get("items").and_then(wire::rows).unwrap_or_default();
    let same = |row: &&Map<String, Value>| row.get("id").and_then(wire::id) == Some(id.get());
    rows.into_iter().filter_map(Value::as_object).find(same).cloned().ok_or_else(|| {
        Refusal::new(Code::NOT_FOUND, format!("task {task} has no result {id}"))
            .hint("list its results with `b24_task_result_list`")
    })
}

/// The result before a change, when the task was said; refused when it is there and another person's.
async fn before(
    id: ResultId,
    task: Option<TaskId>,
    right: &'static str,
    reader: &Reader,
) -> Result<Option<Row>, Refusal> {
    let Some(task) = task else { return Ok(None) };
    let row = one(task, id, reader).await?;
    let rights = row.get("rights").and_then(wire::map);
    let may = rights.and_then(|rights| rights.get(right)).and_then(wire::yes);
    if may == Some(false) {
        let author = row.get("authorId").and_then(wire::id).map(|id| format!(" {id}")).unwrap_or_default();
        return Err(Refusal::new(
            DENIED,
            format!("result {id} of task {task} belongs to person{author}; only its author may change or delete it"),
        )
        .hint("nothing was done; ask its author"));
    }
    Ok(Some(row))
}

/// How a result is named in a plan.
fn target(id: ResultId, row: Option<&Row>) -> Target {
    let name = row.and_then(|row| text(row, "text")).map(|text| shorten(&text, 60));
    Target { kind: "result", id: id.get(), name }
}

/// A refusal for a task that does not let its results be read.
fn hidden(task: TaskId, error: CallError) -> Refusal {
    match error.code() {
        DENIED => {
            Refusal::new(DENIED, format!("task {task} does not exist, or the acting person may not see it"))
                .hint("look for it with `b24_task_list`")
        }
        _ => error.into(),
    }
}

/// A refusal for a result that does not let itself be changed.
fn denied(id: ResultId, error: CallError) -> Refusal {
    match error.code() {
        DENIED => Refusal::new(
            DENIED,
            format!("result {id} does not exist, or is another person's: the portal says the same of both"),
        )
        .hint("give `taskId` as well, then the two are told apart; or list with `b24_task_result_list`"),
        _ => error.into(),
    }
}

fn unreadable() -> Refusal {
    Refusal::new(Code::PORTAL_GARBLED, "the portal took the call, but its answer has no result in it")
        .hint("look at the results with `b24_task_result_list` before calling again")
}
