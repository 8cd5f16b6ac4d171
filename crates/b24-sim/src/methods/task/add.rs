//! `tasks.task.add`.

use super::change::{self, Writer};
use super::names::upper_keys;
use super::row::wrapped;
use super::{files, flow};
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::task::Task;

pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    let mut fields = upper_keys(call.params.required_array("fields")?);
    let title = fields.get("TITLE").and_then(lenient::text).unwrap_or_default();
    if title.trim().is_empty() {
        return Err(Refusal::core("Task title is not specified<br>"));
    }
    flow::fill(call, &mut fields);
    if fields.get("RESPONSIBLE_ID").is_none_or(lenient::is_empty) {
        return Err(Refusal::core("Responsible person not specified<br>"));
    }
    let writer = Writer { caller: call.caller, now: call.now, zone: call.zone };
    // The id is taken only when everything else holds.
    let mut task = Task::new(0, call.caller, call.caller, call.now);
    change::apply(call.world, &writer, &mut task, &fields)?;
    task.changed_by = call.caller;
    task.viewed_by = vec![call.caller];
    let files = files::wanted(call, &fields)?;
    let id = call.world.add_task(task, call.caller, call.now);
    files::replace(call, id, files);
    Ok(wrapped(call, id).into())
}
