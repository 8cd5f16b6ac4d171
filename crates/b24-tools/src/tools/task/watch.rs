//! `b24_task_watch`: the acting person watches a task, or many, or watches them no more.

use b24_model::{Effect, Scope, TaskId, UserId, effect::Write};
use b24_rest::methods::task;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    deed::{self, Before, Deed, Record},
    fields,
};
use crate::{
    Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset, input::OneOrMany, record::params,
    tool::Agreement,
};

const SELECT: [&str; 4] = ["ID", "TITLE", "STATUS", "AUDITORS"];

/// Watches tasks.
pub struct TaskWatch;

/// Which tasks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// A task, or a list of tasks for a batch.
    task_id: OneOrMany<TaskId>,
    /// False stops watching. True when left out.
    watch: Option<bool>,
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

/// Whether the acting person watches now.
#[derive(Clone, Serialize, JsonSchema)]
pub struct Watching {
    watching: bool,
}

impl Tool for TaskWatch {
    const SPEC: Spec = Spec {
        name: "b24_task_watch",
        title: "Watch or unwatch tasks",
        description: "Makes the acting person an observer of a task, or of a list of tasks, or with `watch: false` no longer one. For \
                      other people as observers use `add` and `remove` of `b24_task_update`.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[task::START_WATCH.facts(), task::STOP_WATCH.facts(), task::GET.facts()],
        core: false,
        contract: false,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Before;
    type Answer = deed::Answer<Watching>;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Before>, Refusal> {
        let (watch, me) = (ask.watch.unwrap_or(true), reader.acting());
        let found = deed::read(&ask.task_id, ask.force, &SELECT, reader).await?;
        let (targets, before) = deed::open(&found, "AUDITORS", |row| watches(row, me) == watch);
        Ok(Plan { targets, before, found, ..Plan::default() })
    }

    async fn run(ask: Ask, plan: Plan<Before>, permit: Permit<Write>) -> Result<Self::Answer, Refusal> {
        let (watch, me) = (ask.watch.unwrap_or(true), permit.acting());
        let deed = Deed {
            method: if watch { &task::START_WATCH } else { &task::STOP_WATCH },
            params: &|id| params(json!({ "taskId": id })),
            is_so: &|row| watches(row, me) == watch,
            select: &SELECT,
            past: if watch { "watched" } else { "unwatched" },
            otherwise: "read it with `b24_task_get`; its creator changes observers with `b24_task_update`",
        };
        let became = deed.run(&ask.task_id, &plan.found, &permit).await;
        let told = became
            .into_iter()
            .map(|(id, outcome)| (id, outcome.map(|(_, already)| (Watching { watching: watch }, already))));
        deed::answer(&ask.task_id, deed.past, &plan.found, told.collect(), &permit)
    }
}

fn watches(row: &Record, me: UserId) -> bool {
    row.get("auditors").is_some_and(|auditors| fields::members(auditors).contains(&me.to_string()))
}
