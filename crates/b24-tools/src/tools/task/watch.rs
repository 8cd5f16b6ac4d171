//! `b24_task_watch`: the person who asks watches a task, or many, or watches them no more.
//!
//! The portal's own methods are for the person to whom the credential belongs. For a caller who stands for somebody else,
//! that person is put among the observers, or taken out, the others staying.

use b24_model::{Effect, Method, Scope, TaskId, UserId, effect::Write};
use b24_rest::methods::task;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    deed::{self, Before, Deed, Record},
    fields,
};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset, input::OneOrMany, record::params,
    tool::Agreement,
};

const SELECT: [&str; 4] = ["ID", "TITLE", "STATUS", "AUDITORS"];

/// Watches tasks.
pub struct TaskWatch;

/// Which tasks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: OneOrMany<TaskId>,
    watch: Option<bool>,
    force: Option<bool>,
    /// Only after the person agreed.
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
        description: "Makes the person who asks an observer of a task, or of several; with `watch: false` no longer one. For other people use `add` of `b24_task_update`.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[
            task::START_WATCH.facts(),
            task::STOP_WATCH.facts(),
            task::GET.facts(),
            task::UPDATE.facts(),
        ],
        core: false,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Before;
    type Answer = deed::Answer<Watching>;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Before>, Refusal> {
        let (watch, me) = (ask.watch.unwrap_or(true), reader.me());
        let mut found = deed::read(&ask.task_id, ask.force, &SELECT, reader).await?;
        if me != reader.acting() {
            for (id, row) in &mut found {
                if row.as_ref().is_ok_and(|row| with(row, me, watch).is_none()) {
                    *row = Err(unseen(*id));
                }
            }
        }
        let (targets, before) = deed::open(&found, "AUDITORS", |row| watches(row, me) == watch);
        Ok(Plan { targets, before, found, ..Plan::default() })
    }

    async fn run(ask: Ask, plan: Plan<Before>, permit: Permit<Write>) -> Result<Self::Answer, Refusal> {
        let (watch, me) = (ask.watch.unwrap_or(true), permit.me());
        let own: &'static Method<Write> = if watch { &task::START_WATCH } else { &task::STOP_WATCH };
        let stands_in = me != permit.acting();
        let observers = |id| with(plan.found.get(&id)?.as_ref().ok()?, me, watch);
        let deed = Deed {
            method: if stands_in { &task::UPDATE } else { own },
            params: &|id| match observers(id).filter(|_| stands_in) {
                Some(observers) => params(json!({ "taskId": id, "fields": { "AUDITORS": observers } })),
                None => params(json!({ "taskId": id })),
            },
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

/// The observers with or without a person; `None` when the portal does not show them.
fn with(row: &Record, me: UserId, watch: bool) -> Option<Vec<u64>> {
    // All that an empty set would lose is all there is.
    let members = fields::lost(row.get("auditors")?, &json!([]))?;
    let others = members.iter().filter_map(|member| member.parse().ok()).filter(|id| *id != me.get());
    Some(others.chain(watch.then_some(me.get())).collect())
}

fn unseen(id: TaskId) -> Refusal {
    let sentence =
        format!("the portal does not show the observers of task {id}: one more would lose the others");
    Refusal::new(Code::PORTAL_GARBLED, sentence).hint("nothing was changed; do it in the portal")
}
