//! From `taskId` to a task, and the refusals on the way. The portal says the same of a task that does not exist
//! and of one that may not be touched.

use crate::methods::Call;
use crate::wire::answer_v2::Refusal;
use crate::wire::lenient;
use crate::world::rights::{self, Actions};

/// "Not allowed" under one of its two codes.
pub(in crate::methods) fn not_allowed(code: &'static str) -> Refusal {
    Refusal::new(400, code, "Action on the task is not allowed")
}

/// A task that demands a result and has none. The documents name no words for it.
pub(in crate::methods) fn wants_result() -> Refusal {
    Refusal::new(400, "0", "Task result is required")
}

/// The id under `name`: absent is code 100, anything but a positive number is code 0.
pub(in crate::methods) fn task_id(call: &Call<'_>, name: &str) -> Result<u64, Refusal> {
    let Some(value) = call.params.get(name) else {
        let text = "CTaskItem All parameters in the constructor must have real class type";
        return Err(Refusal::new(400, "100", text));
    };
    lenient::id(value).ok_or_else(|| Refusal::new(400, "0", "wrong task id"))
}

/// What the caller may do with a task; `None` when it does not exist or may not be seen.
pub(in crate::methods) fn actions(call: &Call<'_>, id: u64) -> Option<Actions> {
    let task = call.world.tasks.get(&id)?;
    Some(rights::actions(call.world, task, call.caller)).filter(|actions| actions.read)
}
