//! `task.commentitem.update`, `.delete`, `.isactionallowed`: the author or an administrator.

use serde_json::json;

use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::wire::positional::{Signature, bind, fields, integer};
use crate::world::rights;

const UPDATE: Signature = Signature {
    name: "ctaskcommentitem::update",
    slots: &[integer("taskId"), integer("itemId"), fields(&["POST_MESSAGE", "UF_FORUM_MESSAGE_DOC"])],
};
const DELETE: Signature =
    Signature { name: "ctaskcommentitem::delete", slots: &[integer("taskId"), integer("itemId")] };
const IS_ALLOWED: Signature = Signature {
    name: "ctaskcommentitem::isactionallowed",
    slots: &[integer("taskId"), integer("itemId"), integer("actionId")],
};

pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&UPDATE, call.params)?;
    let text = bound.array(2).get("POST_MESSAGE").and_then(lenient::text).unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Refusal::core("Comment text not specified.<br>"));
    }
    if !owned(call, bound.id(0), bound.id(1)) {
        return Err(not_allowed());
    }
    if let Some(comment) = call.world.comments.get_mut(&bound.id(1)) {
        comment.text = text;
    }
    Ok(json!(true).into())
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&DELETE, call.params)?;
    if !owned(call, bound.id(0), bound.id(1)) {
        return Err(not_allowed());
    }
    call.world.comments.remove(&bound.id(1));
    Ok(json!(true).into())
}

/// Actions: 1 add, 2 modify, 3 remove. Asking about a comment that is not there is an error of its own.
pub(super) fn is_allowed(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&IS_ALLOWED, call.params)?;
    if call.world.comments.get(&bound.id(1)).is_none_or(|comment| comment.task != bound.id(0)) {
        return Err(Refusal::core("TASKS_ERROR_ASSERT_EXCEPTION<br>"));
    }
    let task = call.world.tasks.get(&bound.id(0));
    let readable = task.is_some_and(|task| rights::role(call.world, task, call.caller).can_read());
    let allowed = match bound.int(2) {
        1 => readable,
        2 | 3 => owned(call, bound.id(0), bound.id(1)),
        _ => false,
    };
    Ok(json!(allowed).into())
}

/// Whether the comment belongs to the task, can be seen, and is the caller's (administrators own all).
fn owned(call: &Call<'_>, task: u64, comment: u64) -> bool {
    let Some(comment) = call.world.comments.get(&comment).filter(|comment| comment.task == task) else {
        return false;
    };
    let readable = call
        .world
        .tasks
        .get(&task)
        .is_some_and(|task| rights::role(call.world, task, call.caller).can_read());
    readable && (comment.author == call.caller || rights::is_admin(call.world, call.caller))
}

fn not_allowed() -> Refusal {
    Refusal::core("TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>")
}
