//! `b24_task_elapsed_time_delete`: time entries gone for good.

use std::collections::BTreeMap;

use b24_model::{Effect, EntryId, Scope, TaskId, effect::Destroy};
use b24_rest::methods::elapsed;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Row, found, place, stranger, target, told};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    batch::{Batch, Fates, Outcome, Sent, Told},
    input::{OneOrMany, worktime},
    record::entry::Entry,
    tool::Agreement,
    tools::task::lookup,
};

/// More entries than this need `force`.
const CAP: usize = 50;
/// More than this are never taken.
const MOST: usize = 500;

/// Deletes time entries.
pub struct TimeDelete;

/// Which.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    /// An entry, or a list.
    item_id: OneOrMany<EntryId>,
    /// Only after the person agreed.
    confirm_delete: Option<bool>,
    force: Option<bool>,
}

impl Agreement for Ask {
    fn to_delete(&self) -> bool {
        self.confirm_delete == Some(true)
    }
}

/// The entries as they were, each with its own failure.
pub type Before = BTreeMap<EntryId, Result<Row, Refusal>>;

/// What became of them.
pub type Answer = Told<One, Batch<OfTask, Line>>;

/// One entry.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct One {
    deleted: bool,
    task_id: u64,
    item_id: u64,
    /// The time that is no longer counted.
    time: String,
}

/// The task whose entries they are.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct OfTask {
    task_id: u64,
}

/// One of a batch.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    item_id: u64,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    error: Option<String>,
}

impl Outcome for Line {
    fn is_ok(&self) -> bool {
        self.ok
    }
}

impl Tool for TimeDelete {
    const SPEC: Spec = Spec {
        name: "b24_task_elapsed_time_delete",
        title: "Delete time entries",
        description: "Deletes a time entry of a task, or a list of entries, for good. To correct a length use \
                      `b24_task_elapsed_time_update`.",
        toolset: Toolset::Task,
        effect: Effect::Destroy,
        idempotent: false,
        gate: Gate::Delete,
        scope: Scope::TASK,
        methods: &[elapsed::DELETE.facts(), elapsed::GET.facts()],
        core: false,
    };
    type Effect = Destroy;
    type Ask = Ask;
    type Found = Before;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Before>, Refusal> {
        lookup::check_count(ask.item_id.ids().len(), CAP, MOST, ask.force == Some(true))?;
        let before = entries(ask.task_id, ask.item_id.distinct(), reader).await;
        if let OneOrMany::One(id) = ask.item_id
            && let Some(Err(refusal)) = before.get(&id)
        {
            return Err(refusal.clone());
        }
        let seen = before.iter().filter_map(|(id, row)| Some((*id, row.as_ref().ok()?)));
        Ok(Plan {
            targets: seen.clone().map(|(id, row)| target(id, row)).collect(),
            before: seen.map(|(id, row)| (id.to_string(), json!(row))).collect(),
            found: before,
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Before>, permit: Permit<Destroy>) -> Result<Answer, Refusal> {
        let (task, before) = (ask.task_id, plan.found);
        let seen: Vec<EntryId> = before.iter().filter(|(_, row)| row.is_ok()).map(|(id, _)| *id).collect();
        let reader = permit.reader();
        let sent = Sent::each(&permit, &elapsed::DELETE, &seen, |id| place(task, id)).await;
        let now = entries(task, sent.open(), &reader).await;
        let fates = sent.settle(|id| gone(&now, id), |id, error| told(task, Some(id), error));
        let fate = |id: EntryId| fate(task, id, &before, &fates);
        let one = |id: EntryId| {
            fate(id)?;
            let entry = before.get(&id).and_then(|row| Entry::read(row.as_ref().ok()?));
            let time = worktime::told(entry.map_or(0, |entry| entry.seconds));
            Ok(One { deleted: true, task_id: task.get(), item_id: id.get(), time })
        };
        let line = |id: EntryId| {
            let fate = fate(id);
            Line { item_id: id.get(), ok: fate.is_ok(), error: fate.err().map(|refusal| refusal.to_string()) }
        };
        Told::of(&ask.item_id, ("deleted", OfTask { task_id: task.get() }), one, line)
    }
}

/// Entries as they are now, each with its own failure.
async fn entries(task: TaskId, ids: Vec<EntryId>, reader: &Reader) -> Before {
    let replies = reader.each(&elapsed::GET, ids.iter().map(|id| place(task, *id)).collect()).await;
    ids.into_iter().zip(replies).map(|(id, reply)| (id, found(task, id, reply))).collect()
}

/// What a look says about a deletion without an answer.
fn gone(now: &Before, id: EntryId) -> Option<Result<(), Refusal>> {
    match now.get(&id)? {
        Err(refusal) if refusal.code() == Code::NOT_FOUND => Some(Ok(())),
        Err(_) => None,
        Ok(_) => Some(Err(Refusal::new(
            Code::WRITE_LOST,
            format!("the portal did not answer, and time entry {id} still exists: it was not deleted"),
        )
        .hint("call again to delete it"))),
    }
}

/// What became of an entry: of one that was never read, why.
fn fate(task: TaskId, id: EntryId, before: &Before, fates: &Fates<EntryId>) -> Result<(), Refusal> {
    match (fates.get(&id), before.get(&id)) {
        (Some(fate), _) => fate.clone(),
        (None, Some(Err(refusal))) => Err(refusal.clone()),
        _ => Err(stranger(task, id)),
    }
}
