//! The direct subtasks of a task.

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::Reply;
use serde_json::{Map, Value};

use crate::{Refusal, filter::WireFilter, record::task::Task, tools::task::roster};

pub(super) fn call(id: TaskId) -> (&'static Method<Read>, Map<String, Value>) {
    roster::that_pass(WireFilter::of([("PARENT_ID", id.into())]))
}

pub(super) fn read(reply: &Reply) -> Result<(Vec<Task>, Option<String>), Refusal> {
    let more = reply.total.filter(|total| *total > 50);
    let note = more.map(|total| format!("the first 50 of {total}; list the rest with `b24_task_list`"));
    Ok((roster::page(reply)?, note))
}
