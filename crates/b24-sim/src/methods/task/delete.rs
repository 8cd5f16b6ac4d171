//! `tasks.task.delete`: the answer is always `{task: true}`, never the task.

use serde_json::json;

use super::reach;
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let id = reach::task_id(call, "taskId")?;
    if !reach::actions(call, id).is_some_and(|actions| actions.remove) {
        return Err(Refusal::new(400, "1048582", "No access to delete the task"));
    }
    call.world.remove_task(id);
    Ok(json!({ "task": true }).into())
}
