//! `task.elapseditem.add`, `.update`, `.delete`, `.isactionallowed`: those who work add, and change their own.

use serde_json::{Map, Value, json};

use super::{not_allowed, not_found, seen};
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::wire::positional::{Signature, bind, fields, integer};
use crate::world::elapsed::Elapsed;
use crate::world::moment;
use crate::world::rights;

/// Those of the manifest. What becomes of the last three is not documented: they are taken and change nothing.
const FIELDS: &[&str] =
    &["SECONDS", "COMMENT_TEXT", "USER_ID", "CREATED_DATE", "SOURCE", "DATE_START", "DATE_STOP"];
const ADD: Signature =
    Signature { name: "ctaskelapseditem::add", slots: &[integer("taskId"), fields(FIELDS)] };
const UPDATE: Signature = Signature {
    name: "ctaskelapseditem::update",
    slots: &[integer("taskId"), integer("itemId"), fields(FIELDS)],
};
const DELETE: Signature =
    Signature { name: "ctaskelapseditem::delete", slots: &[integer("taskId"), integer("itemId")] };
const IS_ALLOWED: Signature = Signature {
    name: "ctaskelapseditem::isactionallowed",
    slots: &[integer("taskId"), integer("itemId"), integer("actionId")],
};

/// What a request writes.
struct Written {
    seconds: i64,
    comment: String,
    user: Option<u64>,
    began: Option<jiff::Timestamp>,
}

pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&ADD, call.params)?;
    let task = bound.id(0);
    let written = written(call, 1, &bound.array(1))?;
    if !seen(call, task)?.checklist {
        return Err(not_allowed());
    }
    let before = call.world.spent(task);
    let id = call.world.next_elapsed();
    call.world.elapsed.insert(
        id,
        Elapsed {
            id,
            task,
            user: written.user.unwrap_or(call.caller),
            comment: written.comment,
            seconds: written.seconds,
            created: call.now,
            began: written.began,
        },
    );
    tell(call, task, before);
    Ok(json!(id).into())
}

pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&UPDATE, call.params)?;
    let (task, id) = (bound.id(0), bound.id(1));
    let written = written(call, 2, &bound.array(2))?;
    own(call, task, id)?;
    let before = call.world.spent(task);
    if let Some(entry) = call.world.elapsed.get_mut(&id) {
        entry.seconds = written.seconds;
        entry.comment = written.comment;
        entry.user = written.user.unwrap_or(entry.user);
        entry.began = written.began.or(entry.began);
    }
    tell(call, task, before);
    Ok(Value::Null.into())
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&DELETE, call.params)?;
    let (task, id) = (bound.id(0), bound.id(1));
    own(call, task, id)?;
    let before = call.world.spent(task);
    call.world.elapsed.remove(&id);
    tell(call, task, before);
    Ok(Value::Null.into())
}

/// Actions: 1 add, 2 modify, 3 remove.
pub(super) fn is_allowed(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&IS_ALLOWED, call.params)?;
    let allowed = match bound.int(2) {
        1 => seen(call, bound.id(0)).is_ok_and(|actions| actions.checklist),
        2 | 3 => own(call, bound.id(0), bound.id(1)).is_ok(),
        _ => false,
    };
    Ok(json!(allowed).into())
}

/// Both the time and the words are required, and a person who is named must exist.
fn written(call: &Call<'_>, at: usize, fields: &Map<String, Value>) -> Result<Written, Refusal> {
    let wrong = |name: &str| {
        Refusal::core(format!(
            "TASKS_ERROR_EXCEPTION_#256; Param #{at} (arFields) must contain a valid \"{name}\"; \
             256/TE/WRONG_ARGUMENTS<br>"
        ))
    };
    let seconds = fields.get("SECONDS").and_then(lenient::int).filter(|seconds| *seconds >= 0);
    let comment = fields.get("COMMENT_TEXT").and_then(lenient::text);
    let user = match fields.get("USER_ID") {
        None | Some(Value::Null) => None,
        Some(value) => {
            let known = lenient::id(value).filter(|user| call.world.users.contains_key(user));
            Some(known.ok_or_else(|| wrong("USER_ID"))?)
        }
    };
    let began = match fields.get("CREATED_DATE").and_then(lenient::text) {
        None => None,
        Some(text) => Some(moment::parse(&text, call.zone).ok_or_else(|| wrong("CREATED_DATE"))?),
    };
    Ok(Written {
        began,
        seconds: seconds.ok_or_else(|| wrong("SECONDS"))?,
        comment: comment.ok_or_else(|| wrong("COMMENT_TEXT"))?,
        user,
    })
}

/// The entry belongs to the task and to the caller; administrators own all.
fn own(call: &Call<'_>, task: u64, id: u64) -> Result<(), Refusal> {
    seen(call, task)?;
    let entry = call.world.elapsed.get(&id).filter(|entry| entry.task == task);
    let entry = entry.ok_or_else(not_found)?;
    if entry.user == call.caller || rights::is_admin(call.world, call.caller) {
        Ok(())
    } else {
        Err(not_allowed())
    }
}

fn tell(call: &mut Call<'_>, task: u64, before: i64) {
    let after = call.world.spent(task);
    if before != after {
        let values = (Some(before.to_string()), Some(after.to_string()));
        call.world.note(task, call.caller, call.now, "TIME_SPENT_IN_LOGS", values);
    }
}
