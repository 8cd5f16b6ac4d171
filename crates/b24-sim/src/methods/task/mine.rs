//! What a person does to a task for themselves: favourites, watching, muting, pinning.

use serde_json::{Value, json};

use super::reach;
use super::row::wrapped;
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::world::task::Task;

pub(super) fn favorite_add(call: &mut Call<'_>) -> Outcome {
    favorite(call, true)
}

pub(super) fn favorite_remove(call: &mut Call<'_>) -> Outcome {
    favorite(call, false)
}

fn favorite(call: &mut Call<'_>, on: bool) -> Outcome {
    let id = reach::task_id(call, "taskId")?;
    if reach::actions(call, id).is_none() {
        return Err(Refusal::new(400, "1", "Task not found or not accessible"));
    }
    mark(call, id, on, |task| &mut task.favorite_of);
    Ok(Value::Bool(true).into())
}

pub(super) fn start_watch(call: &mut Call<'_>) -> Outcome {
    watch(call, true)
}

pub(super) fn stop_watch(call: &mut Call<'_>) -> Outcome {
    watch(call, false)
}

fn watch(call: &mut Call<'_>, on: bool) -> Outcome {
    let id = reach::task_id(call, "taskId")?;
    if reach::actions(call, id).is_none() {
        // The description is an empty PHP array, serialised.
        return Err(Refusal::new(400, "1048584", "a:0:{}"));
    }
    mark(call, id, on, |task| &mut task.auditors);
    Ok(wrapped(call, id).into())
}

pub(super) fn mute(call: &mut Call<'_>) -> Outcome {
    own(call, true, |task| &mut task.muted_by)
}

pub(super) fn unmute(call: &mut Call<'_>) -> Outcome {
    own(call, false, |task| &mut task.muted_by)
}

pub(super) fn pin(call: &mut Call<'_>) -> Outcome {
    own(call, true, |task| &mut task.pinned_by)
}

pub(super) fn unpin(call: &mut Call<'_>) -> Outcome {
    own(call, false, |task| &mut task.pinned_by)
}

/// These four take `id`, not `taskId`, and answer `[]` for a task that is not there.
fn own(call: &mut Call<'_>, on: bool, list: fn(&mut Task) -> &mut Vec<u64>) -> Outcome {
    let id = reach::task_id(call, "id")?;
    if reach::actions(call, id).is_none() {
        return Ok(json!([]).into());
    }
    mark(call, id, on, list);
    Ok(wrapped(call, id).into())
}

fn mark(call: &mut Call<'_>, id: u64, on: bool, list: fn(&mut Task) -> &mut Vec<u64>) {
    let caller = call.caller;
    if let Some(mut task) = call.world.tasks.get(&id).cloned() {
        let people = list(&mut task);
        people.retain(|person| *person != caller);
        if on {
            people.push(caller);
        }
        call.world.put_task(task, caller, call.now);
    }
}
