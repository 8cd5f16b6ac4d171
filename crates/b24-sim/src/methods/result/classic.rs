//! The classic `tasks.task.result.list`, `.addFromComment`, `.deleteFromComment`. A message of a chat is no comment,
//! so the last two find nothing in the new card.

use serde_json::{Value, json};

use crate::methods::Call;
use crate::methods::query::number;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::world::comment::Comment;
use crate::world::moment;
use crate::world::result::TaskResult;
use crate::world::rights;

pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let task = number::id(call, "taskId")?;
    if !readable(call, task) {
        return Err(denied());
    }
    // Newest first, as the sample has it.
    let mut found: Vec<&TaskResult> = call.world.results_of(task).collect();
    found.reverse();
    let rows: Vec<Value> = found.into_iter().map(|result| row(call, result, json!([]))).collect();
    Ok(json!(rows).into())
}

pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    let comment = owned(call)?;
    let known = |result: &TaskResult| result.comment == Some(comment.id);
    if call.world.results.values().any(known) {
        return Err(Refusal::new(400, "0", "Result already exists."));
    }
    let id = call.world.next_result();
    let result = TaskResult {
        id,
        task: comment.task,
        // An administrator pins the words of others in their name.
        author: comment.author,
        text: comment.text,
        created: call.now,
        updated: None,
        open: true,
        comment: Some(comment.id),
        message: None,
    };
    let answer = row(call, &result, Value::Null);
    call.world.results.insert(id, result);
    Ok(answer.into())
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let comment = owned(call)?;
    call.world.results.retain(|_, result| result.comment != Some(comment.id));
    Ok(Value::Null.into())
}

/// The named comment, if the caller may pin it: their own, or anybody's for an administrator.
fn owned(call: &Call<'_>) -> Result<Comment, Refusal> {
    let id = number::id(call, "commentId")?;
    let comment = call.world.comments.get(&id);
    let comment = comment.ok_or_else(|| Refusal::new(400, "0", "Comment not found."))?;
    let own = comment.author == call.caller || rights::is_admin(call.world, call.caller);
    if own && readable(call, comment.task) { Ok(comment.clone()) } else { Err(denied()) }
}

fn readable(call: &Call<'_>, task: u64) -> bool {
    let task = call.world.tasks.get(&task);
    task.is_some_and(|task| rights::role(call.world, task, call.caller).can_read())
}

fn denied() -> Refusal {
    Refusal::new(400, "0", "Access denied.")
}

/// `files` is a list in a list of results and null in a fresh one.
fn row(call: &Call<'_>, result: &TaskResult, files: Value) -> Value {
    json!({
        "id": result.id,
        "taskId": result.task,
        "commentId": result.comment.unwrap_or(0),
        "createdBy": result.author,
        "createdAt": moment::iso(result.created, call.zone),
        "updatedAt": moment::iso(result.updated.unwrap_or(result.created), call.zone),
        "status": i64::from(!result.open),
        "text": result.text,
        "formattedText": formatted(&result.text),
        "files": files,
    })
}

/// The few BBCode tags people use, as HTML.
fn formatted(text: &str) -> String {
    let mut html = text.to_owned();
    for tag in ["b", "i", "u", "s"] {
        let upper = tag.to_ascii_uppercase();
        html = html
            .replace(&format!("[{upper}]"), &format!("<{tag}>"))
            .replace(&format!("[/{upper}]"), &format!("</{tag}>"));
    }
    html
}
