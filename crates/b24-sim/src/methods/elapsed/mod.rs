//! `task.elapseditem.*`: time spent on a task. Binds by position, like the other legacy classes.

mod change;
mod get;

use super::{Call, Method};
use crate::wire::answer_v2::Refusal;
use crate::world::rights::{self, Actions};

const SCOPES: &[&str] = &["task"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "task.elapseditem.add", scopes: SCOPES, run: change::add },
    Method { name: "task.elapseditem.get", scopes: SCOPES, run: get::get },
    Method { name: "task.elapseditem.getlist", scopes: SCOPES, run: get::list },
    Method { name: "task.elapseditem.update", scopes: SCOPES, run: change::update },
    Method { name: "task.elapseditem.delete", scopes: SCOPES, run: change::delete },
    Method { name: "task.elapseditem.isactionallowed", scopes: SCOPES, run: change::is_allowed },
];

/// What the caller may do with a task they see; the class says the same of a hidden task and of none.
fn seen(call: &Call<'_>, task: u64) -> Result<Actions, Refusal> {
    let found = call.world.tasks.get(&task);
    found
        .map(|task| rights::actions(call.world, task, call.caller))
        .filter(|actions| actions.read)
        .ok_or_else(|| {
            Refusal::core(
                "TASKS_ERROR_EXCEPTION_#1; Task not found or not accessible; \
                 1/TE/TASK_NOT_FOUND_OR_NOT_ACCESSIBLE<br>",
            )
        })
}

fn not_allowed() -> Refusal {
    Refusal::core("TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>")
}

fn not_found() -> Refusal {
    Refusal::core(
        "TASKS_ERROR_EXCEPTION_#512; Item not found or not accessible; \
         512/TE/ITEM_NOT_FOUND_OR_NOT_ACCESSIBLE<br>",
    )
}
