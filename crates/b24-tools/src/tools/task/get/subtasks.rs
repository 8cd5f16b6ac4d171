//! The direct subtasks of a task.

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::Reply;
use serde_json::{Map, Value, json};

use crate::{Refusal, record::task::Task, tools::task::roster};

pub(super) fn call(id: TaskId) -> (&'static Method<Read>, Map<String, Value>) {
    roster::that_pass(&json!({ "PARENT_ID": id }))
}

pub(super) fn read(reply: &Reply) -> Result<(Vec<Task>, Option<String>), Refusal> {
    let more = reply.total.filter(|total| *total > 50);
    let note = more.map(|total| format!("the first 50 of {total}; list the rest with `b24_task_list`"));
    Ok((roster::page(reply)?, note))
}
