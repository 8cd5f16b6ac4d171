//! `b24_task_complete`: one task, or many, done.

use std::collections::BTreeMap;

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::{CallError, Reply, methods::task};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{lookup, settle};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    input::OneOrMany,
    link,
    record::{
        params,
        task::{Task, status_word},
    },
    tool::Agreement,
};

/// More tasks than this need `force`.
const CAP: usize = 25;
/// More than this are never taken.
const MOST: usize = 500;
const COMPLETED: i64 = 5;
const AWAITING_CONTROL: i64 = 4;

/// Completes tasks.
pub struct TaskComplete;

/// Which.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// A task, or a list of tasks for a batch.
    task_id: OneOrMany<TaskId>,
    /// Allow more than 25 tasks (at most 500).
    force: Option<bool>,
    /// Only after the person agreed to change more than 10 tasks.
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
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Answer {
    /// One task.
    One(One),
    /// A batch.
    Many(Many),
}

/// One task.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct One {
    completed: bool,
    id: u64,
    title: String,
    /// 5 completed; 4 when its creator has to accept it first.
    status: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    status_name: Option<&'static str>,
    responsible_id: Option<u64>,
    /// It was completed before; nothing was changed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
    link: String,
}

/// A batch: one row for each id, in their order.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Many {
    batch: bool,
    verb: &'static str,
    total: usize,
    ok: usize,
    failed: usize,
    /// Address of a task; put the id in.
    link: String,
    results: Vec<Row>,
}

/// One of a batch.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    task_id: u64,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64")]
    status: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    responsible_id: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    error: Option<String>,
}

impl Tool for TaskComplete {
    const SPEC: Spec = Spec {
        name: "b24_task_complete",
        title: "Complete tasks",
        description: "Marks a task, or a list of tasks, as done. A task whose creator wants to check it goes to \"awaiting control\" \
                      (status 4) instead. A task that is completed already is told as such, not as an error.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[task::COMPLETE.facts(), task::GET.facts()],
        core: true,
        contract: true,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Before;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Before>, Refusal> {
        let ids = ask.task_id.ids();
        lookup::check_count(ids.len(), CAP, MOST, ask.force == Some(true))?;
        let select = lookup::fields(&["ID", "TITLE", "STATUS", "RESPONSIBLE_ID"]);
        let found = match ask.task_id {
            OneOrMany::One(id) => BTreeMap::from([(id, Ok(lookup::one(id, &select, reader).await?))]),
            OneOrMany::Many(_) => lookup::many(&ids, &select, reader).await,
        };
        let open = found.iter().filter_map(|(id, row)| {
            let row = row.as_ref().ok()?;
            (Task::read(row)?.status != Some(COMPLETED)).then_some((*id, row))
        });
        let open: Vec<_> = open.collect();
        Ok(Plan {
            targets: open.iter().map(|(id, row)| lookup::target(*id, row)).collect(),
            before: open
                .iter()
                .map(|(id, row)| (id.to_string(), json!({ "STATUS": row.get("status") })))
                .collect(),
            losses: Vec::new(),
            found,
        })
    }

    async fn run(ask: Ask, plan: Plan<Before>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let open: Vec<TaskId> =
            plan.targets.iter().filter_map(|target| TaskId::new(target.id).ok()).collect();
        let asked = |id: &TaskId| params(json!({ "taskId": id }));
        let replies: Vec<Result<Reply, CallError>> = match (&ask.task_id, open.as_slice()) {
            (_, []) => Vec::new(),
            (OneOrMany::One(_), [id]) => vec![permit.call(&task::COMPLETE, asked(id)).await],
            _ => permit.each(&task::COMPLETE, open.iter().map(asked).collect()).await,
        };
        let mut outcomes: BTreeMap<TaskId, Result<Task, Refusal>> = BTreeMap::new();
        for (id, reply) in open.into_iter().zip(replies) {
            let before = plan.found.get(&id).and_then(|row| row.as_ref().ok()).and_then(Task::read);
            let outcome = match reply {
                Ok(reply) => after(id, &reply, before),
                Err(error) if settle::is_open(&error) => {
                    settle::reached(error, id, &[COMPLETED, AWAITING_CONTROL], &permit.reader()).await
                }
                Err(error) => Err(refused(id, error, before.and_then(|task| task.status))),
            };
            outcomes.insert(id, outcome);
        }
        match ask.task_id {
            OneOrMany::One(id) => one(id, &plan.found, outcomes.remove(&id), &permit).map(Answer::One),
            OneOrMany::Many(ids) => Ok(Answer::Many(many(&ids, &plan.found, &outcomes, &permit))),
        }
    }
}

/// The task after the call. An answer without a record leaves what was known, without its old status.
fn after(id: TaskId, reply: &Reply, before: Option<Task>) -> Result<Task, Refusal> {
    Task::of_reply(&reply.result).or(before.map(|task| Task { status: None, ..task })).ok_or_else(|| {
        Refusal::new(Code::PORTAL_GARBLED, format!("the portal did not say what became of task {id}"))
    })
}

/// The portal has one sentence for every reason. Told apart by the state that was read before.
fn refused(id: TaskId, error: CallError, status: Option<i64>) -> Refusal {
    let unnamed =
        matches!(&error, CallError::Refused(refusal) if matches!(refusal.code.as_str(), "0" | "1048582"));
    match status {
        Some(AWAITING_CONTROL) if unnamed => {
            Refusal::new(Code::ACTION_NOT_ALLOWED, format!("task {id} is done and awaits its creator's control"))
                .hint("its creator can accept it or send it back")
        }
        Some(status) if unnamed => Refusal::new(
            Code::ACTION_NOT_ALLOWED,
            format!("the acting person may not complete task {id}, which is {}", status_word(status)),
        )
        .hint("a task may need a result first, or another person's rights; `b24_task_get` shows what is allowed"),
        _ => error.into(),
    }
}

fn one(
    id: TaskId,
    found: &Before,
    outcome: Option<Result<Task, Refusal>>,
    permit: &Permit<Write>,
) -> Result<One, Refusal> {
    let already = outcome.is_none();
    let task = match outcome {
        Some(outcome) => outcome?,
        None => found
            .get(&id)
            .and_then(|row| Task::read(row.as_ref().ok()?))
            .ok_or_else(|| Refusal::internal(&"a planned task is gone"))?,
    };
    Ok(One {
        completed: true,
        id: task.id.get(),
        title: task.title,
        status: task.status,
        status_name: task.status.map(status_word),
        responsible_id: task.responsible_id.map(b24_model::UserId::get),
        already,
        link: link::task(permit, id),
    })
}

fn many(
    ids: &[TaskId],
    found: &Before,
    outcomes: &BTreeMap<TaskId, Result<Task, Refusal>>,
    permit: &Permit<Write>,
) -> Many {
    let row = |id: &TaskId| {
        let known = found.get(id).map(|row| row.as_ref().map(Task::read));
        let (task, already, error) = match (outcomes.get(id), known) {
            (Some(Ok(task)), _) => (Some(task.clone()), false, None),
            (Some(Err(refusal)), _) => (None, false, Some(refusal.to_string())),
            (None, Some(Ok(task))) => (task, true, None),
            (None, Some(Err(refusal))) => (None, false, Some(refusal.to_string())),
            (None, None) => (None, false, Some(format!("task {id} was not looked at"))),
        };
        Row {
            task_id: id.get(),
            ok: error.is_none(),
            status: task.as_ref().and_then(|task| task.status),
            responsible_id: task.and_then(|task| task.responsible_id).map(b24_model::UserId::get),
            already,
            error,
        }
    };
    let results: Vec<Row> = ids.iter().map(row).collect();
    let ok = results.iter().filter(|row| row.ok).count();
    Many {
        batch: true,
        verb: "completed",
        total: results.len(),
        ok,
        failed: results.len() - ok,
        link: link::task_pattern(permit),
        results,
    }
}
