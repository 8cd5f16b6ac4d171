//! Checklists of tasks: what its tools share.

pub mod add;
pub mod complete;
pub mod delete;
pub mod list;
pub mod renew;
pub mod toggle; // what ticking and unticking have in common

use std::collections::BTreeMap;

use b24_model::{ItemId, TaskId};
use b24_rest::{CallError, methods::checklist};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;

use crate::{
    Code, Reader, Refusal, Target,
    batch::{Batch, Outcome, Sent},
    record::{checklist::Item, params},
};

/// More items than this need `force`.
const CAP: usize = 50;
/// More than this are never taken.
const MOST: usize = 500;

/// The items of a task, by id.
pub type Items = BTreeMap<ItemId, Item>;

/// Reads the checklists of a task.
///
/// The portal looks an item up by its id alone: whether it belongs to this task can only be told from this list.
async fn items(task: TaskId, reader: &Reader) -> Result<Items, Refusal> {
    let reply = reader.call(&checklist::GETLIST, params(json!({ "TASKID": task }))).await;
    let reply = reply.map_err(|error| unreadable(task, error))?;
    let rows = Item::rows(&reply.result).into_iter();
    Ok(rows.filter_map(|item| Some((ItemId::new(item.id).ok()?, item))).collect())
}

/// The items after calls without an answer, if there are any: looked at once for all of them.
async fn now(sent: &Sent<ItemId>, task: TaskId, reader: &Reader) -> Option<Items> {
    if sent.open().is_empty() { None } else { items(task, reader).await.ok() }
}

/// One code stands for every fault of these methods: a task out of reach is told by the number in the text,
/// which is not localised.
fn unreadable(task: TaskId, error: CallError) -> Refusal {
    match &error {
        CallError::Refused(refusal) if refusal.message.contains("ACTION_FAILED_TO_BE_PROCESSED") => {
            Refusal::new(
                Code::NOT_FOUND,
                format!("task {task} does not exist, or the acting person may not see its checklists"),
            )
            .hint("look for the task with `b24_task_list`")
        }
        _ => error.into(),
    }
}

/// An item that is not in the task's lists.
fn stranger(task: TaskId, item: ItemId) -> Refusal {
    Refusal::new(Code::NOT_FOUND, format!("task {task} has no checklist item {item}"))
        .hint("list its items with `b24_task_checklist_item_list`")
}

/// What a look at the lists afterwards says of an item whose call got no answer; `None` when it says nothing.
fn settled(task: TaskId, item: ItemId, is_done: Option<bool>) -> Option<Result<(), Refusal>> {
    let as_it_was = || {
        Refusal::new(
            Code::WRITE_LOST,
            format!("the portal did not answer, and checklist item {item} of task {task} is as it was"),
        )
        .hint("call again to change it")
    };
    is_done.map(|is_done| if is_done { Ok(()) } else { Err(as_it_was()) })
}

fn target(item: &Item) -> Target {
    Target { kind: "checklist item", id: item.id, name: Some(item.title.clone()) }
}

/// A batch: one row for each item, in their order.
pub type Many = Batch<OfTask, Row>;

/// The task whose items they are.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfTask {
    task_id: u64,
}

/// One of a batch.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    item_id: u64,
    ok: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    error: Option<String>,
}

impl Outcome for Row {
    fn is_ok(&self) -> bool {
        self.ok
    }
}

/// What became of one item: `Ok(false)` when nothing had to be done.
type Touched = Result<bool, Refusal>;

fn row(item: ItemId, touched: &Touched) -> Row {
    Row {
        item_id: item.get(),
        ok: touched.is_ok(),
        already: touched.as_ref().is_ok_and(|changed| !changed),
        error: touched.as_ref().err().map(ToString::to_string),
    }
}
