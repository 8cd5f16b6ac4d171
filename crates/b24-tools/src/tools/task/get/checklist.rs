//! The checklists of a task, in the order of the card.

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{Reply, methods::checklist};
use serde_json::{Map, Value, json};

use super::parts;
use crate::{
    Refusal,
    record::{checklist::Item, params},
};

pub(super) fn call(id: TaskId) -> (&'static Method<Read>, Map<String, Value>) {
    (&checklist::GETLIST, params(json!({ "TASKID": id })))
}

pub(super) fn read(reply: &Reply) -> Result<Vec<Item>, Refusal> {
    parts::rows(&reply.result)?;
    Ok(Item::rows(&reply.result))
}
