//! `task.planner.getlist`: the caller's plan of the day, as bare ids. No method puts a task into the plan; on a portal
//! people do that in the interface, and here the plan is what they are working on.

use serde_json::Value;

use crate::methods::Call;
use crate::wire::answer_v2::Outcome;
use crate::world::task::Status;

pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let tasks = call.world.tasks.values().filter(|task| {
        let mine = task.responsible == call.caller || task.accomplices.contains(&call.caller);
        mine && task.status == Status::InProgress
    });
    Ok(tasks.map(|task| Value::from(task.id)).collect::<Value>().into())
}
