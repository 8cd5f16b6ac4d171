//! `b24_task_rate`: a mark for finished work.

use std::collections::BTreeMap;

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::{CallError, methods::task};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{lookup, settle};
use crate::{
    Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    batch::{Outcome, Told},
    input::OneOrMany,
    link,
    record::{params, text},
    tool::Agreement,
};

/// More tasks than this need `force`.
const CAP: usize = 25;
/// More than this are never taken.
const MOST: usize = 500;

/// Rates tasks.
pub struct TaskRate;

// No doc comments on the words: they would turn the schema of a word into one of alternatives.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Rating {
    Positive,
    Negative,
    None,
}

impl Rating {
    fn mark(self) -> Option<&'static str> {
        match self {
            Self::Positive => Some("P"),
            Self::Negative => Some("N"),
            Self::None => None,
        }
    }
}

/// Which tasks, and how.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: OneOrMany<TaskId>,
    rating: Rating,
    force: Option<bool>,
    /// Only after the person agreed.
    confirm_change: Option<bool>,
}

impl Agreement for Ask {
    fn to_change(&self) -> bool {
        self.confirm_change == Some(true)
    }
}

/// The tasks as they were, each with its own failure.
pub type Before = BTreeMap<TaskId, Result<Map<String, Value>, Refusal>>;

/// What became of them.
pub type Answer = Told<One, Many>;

/// One task.
#[derive(Serialize, JsonSchema)]
pub struct One {
    rated: bool,
    id: u64,
    title: Option<String>,
    rating: Rating,
    mark: Option<&'static str>,
    link: String,
}

/// A batch: one row for each id, in their order.
#[derive(Serialize, JsonSchema)]
pub struct Many {
    batch: bool,
    rating: Rating,
    mark: Option<&'static str>,
    total: usize,
    ok: usize,
    failed: usize,
    results: Vec<Row>,
}

/// One of a batch.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    task_id: u64,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    error: Option<String>,
}

impl Outcome for Row {
    fn is_ok(&self) -> bool {
        self.ok
    }
}

impl Tool for TaskRate {
    const SPEC: Spec = Spec {
        name: "b24_task_rate",
        title: "Rate finished work",
        description: "Gives a task, or a list of tasks, a positive or negative mark, or takes the mark away. It says how good the \
                      work was; to finish a task use `b24_task_transition`.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[task::UPDATE.facts(), task::GET.facts()],
        core: true,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Before;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Before>, Refusal> {
        let ids = ask.task_id.ids();
        lookup::check_count(ids.len(), CAP, MOST, ask.force == Some(true))?;
        let select = lookup::fields(&["ID", "TITLE", "MARK"]);
        let found = match ask.task_id {
            OneOrMany::One(id) => BTreeMap::from([(id, Ok(lookup::one(id, &select, reader).await?))]),
            OneOrMany::Many(_) => lookup::many(&ids, &select, reader).await,
        };
        let seen: Vec<_> = found.iter().filter_map(|(id, row)| Some((*id, row.as_ref().ok()?))).collect();
        let before =
            |(id, row): &(TaskId, &Map<String, Value>)| (id.to_string(), json!({ "MARK": row.get("mark") }));
        Ok(Plan {
            targets: seen.iter().map(|(id, row)| lookup::target(*id, row)).collect(),
            before: seen.iter().map(before).collect(),
            found,
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Before>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let mark = ask.rating.mark();
        let seen: Vec<TaskId> =
            plan.targets.iter().filter_map(|target| TaskId::new(target.id).ok()).collect();
        let asked = |id: &TaskId| params(json!({ "taskId": id, "fields": { "MARK": mark } }));
        let replies = match (&ask.task_id, seen.as_slice()) {
            (_, []) => Vec::new(),
            (OneOrMany::One(_), [id]) => vec![permit.call(&task::UPDATE, asked(id)).await],
            _ => permit.each(&task::UPDATE, seen.iter().map(asked).collect()).await,
        };
        let silent = |reply: &Result<_, CallError>| reply.as_ref().is_err_and(settle::is_open);
        let doubtful: Vec<TaskId> =
            seen.iter().zip(&replies).filter(|(_, reply)| silent(reply)).map(|(id, _)| *id).collect();
        let now = settle::look(&doubtful, &["ID", "MARK"], &permit.reader()).await;
        let mut outcomes: BTreeMap<TaskId, Result<(), Refusal>> = BTreeMap::new();
        for (id, reply) in seen.into_iter().zip(replies) {
            let outcome = match (reply, now.get(&id)) {
                (Err(error), Some(Ok(row))) if settle::is_open(&error) => {
                    let is_there = text(row, "mark").as_deref() == mark;
                    if is_there { Ok(()) } else { Err(settle::not_there(id)) }
                }
                (reply, _) => reply.map(drop).map_err(Refusal::from),
            };
            outcomes.insert(id, outcome);
        }
        let outcome = |id: &TaskId| match (outcomes.get(id), plan.found.get(id)) {
            (Some(outcome), _) => outcome.clone(),
            (None, Some(Err(refusal))) => Err(refusal.clone()),
            (None, _) => Err(Refusal::internal(&"a task was not looked at")),
        };
        match &ask.task_id {
            OneOrMany::One(id) => {
                outcome(id)?;
                let title = plan.found.get(id).and_then(|row| text(row.as_ref().ok()?, "title"));
                let link = link::task(&permit, *id);
                Ok(Answer::One(One { rated: true, id: id.get(), title, rating: ask.rating, mark, link }))
            }
            OneOrMany::Many(ids) => {
                let row = |id: &TaskId| {
                    let error = outcome(id).err().map(|refusal| refusal.to_string());
                    Row { task_id: id.get(), ok: error.is_none(), error }
                };
                let results: Vec<Row> = ids.iter().map(row).collect();
                let ok = results.iter().filter(|row| row.is_ok()).count();
                let (total, failed) = (results.len(), results.len() - ok);
                Ok(Answer::Many(Many { batch: true, rating: ask.rating, mark, total, ok, failed, results }))
            }
        }
    }
}
