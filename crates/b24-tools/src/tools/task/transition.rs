//! `b24_task_transition`: one task, or many, started, paused, completed …: a state to reach, and a method that leads there.
//!
//! One tool is clearer than seven. In the reference system each verb has a name of its own; it can be called by that
//! name, and forbidden by it.

mod told;
mod verb;

use std::collections::BTreeMap;

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::{CallError, Reply, methods::task};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

pub use told::{Answer, Many, One, Row};
pub use verb::Action;
pub(crate) use verb::{VERBS, Verb};

use super::{lookup, settle};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    input::OneOrMany,
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

/// The names that the verbs have of their own.
const NAMES: [&str; 7] = [
    "b24_task_start",
    "b24_task_pause",
    "b24_task_complete",
    "b24_task_approve",
    "b24_task_disapprove",
    "b24_task_defer",
    "b24_task_renew",
];

/// Moves tasks through their life.
pub struct TaskTransition;

/// Which tasks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    action: Action,
    task_id: OneOrMany<TaskId>,
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
/// The tasks as they are, those that were touched.
type After = BTreeMap<TaskId, Result<Task, Refusal>>;

impl Tool for TaskTransition {
    const SPEC: Spec = Spec {
        name: "b24_task_transition",
        title: "Start, pause, complete … tasks",
        description: "Moves a task, or several, on: start (take into work), pause, complete (done, close), approve (accept) or disapprove (send back) work that awaits control, defer (postpone), renew (reopen). Already in that state is told, not an error.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[
            task::START.facts(),
            task::PAUSE.facts(),
            task::COMPLETE.facts(),
            task::APPROVE.facts(),
            task::DISAPPROVE.facts(),
            task::DEFER.facts(),
            task::RENEW.facts(),
            task::GET.facts(),
        ],
        core: true,
    };
    const STANDS_FOR: &'static [&'static str] = &NAMES;
    type Effect = Write;
    type Ask = Ask;
    type Found = Before;
    type Answer = Answer;

    fn called_as(ask: &Ask) -> Option<&'static str> {
        Some(ask.action.verb().name)
    }

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Before>, Refusal> {
        let verb = ask.action.verb();
        let ids = ask.task_id.ids();
        lookup::check_count(ids.len(), CAP, MOST, ask.force == Some(true))?;
        let select = lookup::fields(&["ID", "TITLE", "STATUS", "RESPONSIBLE_ID"]);
        let found = match ask.task_id {
            OneOrMany::One(id) => BTreeMap::from([(id, Ok(lookup::one(id, &select, reader).await?))]),
            OneOrMany::Many(_) => lookup::many(&ids, &select, reader).await,
        };
        let is_open = |row: &Map<String, Value>| {
            Task::read(row).is_some_and(|task| task.status.is_none_or(|status| !verb.done.contains(&status)))
        };
        let open: Vec<_> = found
            .iter()
            .filter_map(|(id, row)| Some((*id, row.as_ref().ok().filter(|row| is_open(row))?)))
            .collect();
        let before = |(id, row): &(TaskId, &Map<String, Value>)| {
            (id.to_string(), json!({ "STATUS": row.get("status") }))
        };
        Ok(Plan {
            targets: open.iter().map(|(id, row)| lookup::target(*id, row)).collect(),
            before: open.iter().map(before).collect(),
            found,
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Before>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let verb = ask.action.verb();
        let open: Vec<TaskId> =
            plan.targets.iter().filter_map(|target| TaskId::new(target.id).ok()).collect();
        let asked = |id: &TaskId| params(json!({ "taskId": id }));
        let replies: Vec<Result<Reply, CallError>> = match (&ask.task_id, open.as_slice()) {
            (_, []) => Vec::new(),
            (OneOrMany::One(_), [id]) => vec![permit.call(verb.method, asked(id)).await],
            _ => permit.each(verb.method, open.iter().map(asked).collect()).await,
        };
        // What got no answer, and what was answered with another state than was asked for, is looked up.
        let reached = |reply: &Reply| {
            let status = Task::of_reply(&reply.result).and_then(|task| task.status);
            status.is_some_and(|status| verb.reaches.contains(&status))
        };
        let doubtful: Vec<TaskId> = open
            .iter()
            .zip(&replies)
            .filter(|(_, reply)| reply.as_ref().map_or_else(settle::is_open, |reply| !reached(reply)))
            .map(|(id, _)| *id)
            .collect();
        let seen =
            settle::look(&doubtful, &["ID", "TITLE", "STATUS", "RESPONSIBLE_ID"], &permit.reader()).await;
        let mut now = After::new();
        for (id, reply) in open.into_iter().zip(replies) {
            let before = plan.found.get(&id).and_then(|row| row.as_ref().ok()).and_then(Task::read);
            let outcome = match reply {
                Ok(reply) if reached(&reply) => Task::of_reply(&reply.result).ok_or_else(|| garbled(id)),
                Ok(_) => answered(verb, id, &seen),
                Err(error) if settle::is_open(&error) => settle::reached(error, id, verb.reaches, &seen),
                Err(error) => Err(refused(verb, id, error, before.and_then(|task| task.status))),
            };
            now.insert(id, outcome);
        }
        told::answer(&ask.task_id, verb.past, &plan.found, now, &permit)
    }
}

/// The portal said yes, but did not show the state that was asked for: what a look at the task says counts.
fn answered(verb: &Verb, id: TaskId, seen: &settle::Now) -> Result<Task, Refusal> {
    let task = seen.get(&id).and_then(|row| Task::read(row.as_ref().ok()?)).ok_or_else(|| garbled(id))?;
    match task.status {
        Some(status) if !verb.reaches.contains(&status) => Err(Refusal::new(
            Code::ACTION_NOT_ALLOWED,
            format!("the portal took the call, but task {id} is still {}", status_word(status)),
        )
        .hint(verb.otherwise)),
        _ => Ok(task),
    }
}

fn garbled(id: TaskId) -> Refusal {
    Refusal::new(Code::PORTAL_GARBLED, format!("the portal did not say what became of task {id}"))
        .hint("read the task with `b24_task_get`")
}

/// The portal has one sentence for every reason. Told apart by the state that was read before.
fn refused(verb: &Verb, id: TaskId, error: CallError, status: Option<i64>) -> Refusal {
    let unnamed =
        matches!(&error, CallError::Refused(refusal) if matches!(refusal.code.as_str(), "0" | "1048582"));
    match status {
        Some(status) if unnamed => Refusal::new(
            Code::ACTION_NOT_ALLOWED,
            format!(
                "task {id}, which is {}, cannot be {} by the acting person",
                status_word(status),
                verb.past
            ),
        )
        .hint(format!("{}; `b24_task_get` shows what is allowed", verb.otherwise)),
        _ => error.into(),
    }
}
