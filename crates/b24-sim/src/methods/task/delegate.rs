//! `tasks.task.delegate`: a new assignee; the former one goes on watching, and the work starts over.

use super::reach;
use super::row::wrapped;
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::task::Status;

pub(super) fn delegate(call: &mut Call<'_>) -> Outcome {
    let id = reach::task_id(call, "taskId")?;
    let to = call.params.get("userId").ok_or_else(|| Refusal::missing("userId"))?;
    if !reach::actions(call, id).is_some_and(|actions| actions.delegate) {
        return Err(reach::not_allowed("0"));
    }
    let to = lenient::id(to)
        .filter(|to| call.world.users.contains_key(to))
        .ok_or_else(|| Refusal::core("The user specified in the \"Responsible\" field was not found<br>"))?;
    if let Some(mut task) = call.world.tasks.get(&id).cloned()
        && task.responsible != to
    {
        let former = task.responsible;
        task.responsible = to;
        task.auditors.retain(|auditor| *auditor != to);
        if !task.auditors.contains(&former) {
            task.auditors.push(former);
        }
        task.set_status(Status::Pending, call.caller, call.now);
        call.world.put_task(task, call.caller, call.now);
    }
    Ok(wrapped(call, id).into())
}
