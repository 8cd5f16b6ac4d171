//! The lifecycle: one method for each arrow of the state machine. Which arrows exist now is told by the rights.

use super::reach;
use super::row::wrapped;
use crate::methods::Call;
use crate::wire::answer_v2::Outcome;
use crate::world::rights::Actions;
use crate::world::task::Status;

/// Refusals of `start` and `complete` carry this code, those of the others the next one.
const PLAIN: &str = "0";
const CODED: &str = "1048582";

pub(super) fn start(call: &mut Call<'_>) -> Outcome {
    go(call, PLAIN, |actions| actions.start, Status::InProgress)
}

pub(super) fn pause(call: &mut Call<'_>) -> Outcome {
    go(call, CODED, |actions| actions.pause, Status::Pending)
}

pub(super) fn defer(call: &mut Call<'_>) -> Outcome {
    go(call, CODED, |actions| actions.defer, Status::Deferred)
}

pub(super) fn renew(call: &mut Call<'_>) -> Outcome {
    go(call, CODED, |actions| actions.renew, Status::Pending)
}

pub(super) fn approve(call: &mut Call<'_>) -> Outcome {
    go(call, CODED, |actions| actions.approve, Status::Completed)
}

pub(super) fn disapprove(call: &mut Call<'_>) -> Outcome {
    go(call, CODED, |actions| actions.disapprove, Status::Pending)
}

/// Under control, somebody else than the creator only hands the work in.
pub(super) fn complete(call: &mut Call<'_>) -> Outcome {
    let id = reach::task_id(call, "taskId")?;
    let task = call.world.tasks.get(&id);
    let controlled = task.is_some_and(|task| task.flags.task_control && task.created_by != call.caller);
    let to = if controlled { Status::AwaitingControl } else { Status::Completed };
    go(call, PLAIN, |actions| actions.complete, to)
}

fn go(call: &mut Call<'_>, code: &'static str, may: fn(&Actions) -> bool, to: Status) -> Outcome {
    let id = reach::task_id(call, "taskId")?;
    if !reach::actions(call, id).as_ref().is_some_and(may) {
        return Err(reach::not_allowed(code));
    }
    let hands_in = matches!(to, Status::Completed | Status::AwaitingControl);
    if hands_in && code == PLAIN && call.world.wants_result(id) {
        return Err(reach::wants_result());
    }
    if let Some(mut task) = call.world.tasks.get(&id).cloned() {
        task.set_status(to, call.caller, call.now);
        call.world.put_task(task, call.caller, call.now);
    }
    Ok(wrapped(call, id).into())
}
