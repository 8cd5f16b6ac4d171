//! `tasks.task.update`: partial. Those who may not edit may still move the deadline or the status where allowed.

use serde_json::{Map, Value};

use super::change::{self, Writer};
use super::files;
use super::names::upper_keys;
use super::reach;
use super::row::wrapped;
use crate::methods::Call;
use crate::wire::answer_v2::Outcome;
use crate::wire::lenient;
use crate::world::rights::Actions;
use crate::world::task::Status;

pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    let id = reach::task_id(call, "taskId")?;
    let fields = upper_keys(call.params.required_array("fields")?);
    let actions = reach::actions(call, id).ok_or_else(|| reach::not_allowed("0"))?;
    if !actions.edit && !fields.iter().all(|(name, value)| permitted(&actions, name, value)) {
        return Err(reach::not_allowed("0"));
    }
    apply(call, id, &fields)?;
    Ok(wrapped(call, id).into())
}

fn permitted(actions: &Actions, name: &str, value: &Value) -> bool {
    match name {
        "DEADLINE" => actions.change_deadline,
        "STATUS" => match lenient::int(value).and_then(Status::from_code) {
            Some(Status::InProgress) => actions.start,
            Some(Status::Pending) => actions.pause || actions.renew,
            Some(Status::Deferred) => actions.defer,
            Some(Status::Completed | Status::AwaitingControl) => actions.complete,
            // What is no status gets its own refusal.
            None => true,
        },
        _ => false,
    }
}

/// Changes a copy, so that a refused update leaves nothing behind.
fn apply(
    call: &mut Call<'_>,
    id: u64,
    fields: &Map<String, Value>,
) -> Result<(), crate::wire::answer_v2::Refusal> {
    let Some(mut task) = call.world.tasks.get(&id).cloned() else {
        return Err(reach::not_allowed("0"));
    };
    let writer = Writer { caller: call.caller, now: call.now, zone: call.zone };
    change::apply(call.world, &writer, &mut task, fields)?;
    let before = call.world.tasks.get(&id).map(|task| task.status);
    if task.status == Status::Completed && before != Some(task.status) && call.world.wants_result(id) {
        return Err(reach::wants_result());
    }
    let files = files::wanted(call, fields)?;
    task.touch(call.caller, call.now);
    call.world.put_task(task, call.caller, call.now);
    files::replace(call, id, files);
    Ok(())
}
