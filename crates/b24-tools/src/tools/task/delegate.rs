//! `b24_task_delegate`: one task, or many, given to another person.

use b24_model::{Effect, Scope, TaskId, UserId, effect::Write};
use b24_rest::{
    methods::{task, user},
    wire,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::deed::{self, Became, Before, Deed, Record};
use crate::{
    Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    directory::people,
    input::{OneOrMany, PersonRef},
    record::{params, task::Task},
    tool::Agreement,
};

const SELECT: [&str; 4] = ["ID", "TITLE", "STATUS", "RESPONSIBLE_ID"];

/// Delegates tasks.
pub struct TaskDelegate;

/// Which tasks, and to whom.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: OneOrMany<TaskId>,
    /// Id, name, e-mail or "me".
    responsible_id: PersonRef,
    force: Option<bool>,
    /// Only after the person agreed.
    confirm_change: Option<bool>,
}

impl Agreement for Ask {
    fn to_change(&self) -> bool {
        self.confirm_change == Some(true)
    }
}

/// The tasks as they were, and to whom they go.
#[derive(Default)]
pub struct Found {
    before: Before,
    to: Option<UserId>,
}

/// Who does it now, and who did it before.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Delegated {
    delegated: bool,
    responsible_id: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    responsible_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    former_responsible_id: Option<u64>,
}

impl Tool for TaskDelegate {
    const SPEC: Spec = Spec {
        name: "b24_task_delegate",
        title: "Delegate tasks",
        description: "Hands a task, or several, over to another person. The former assignee may stay as an observer.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[task::DELEGATE.facts(), task::GET.facts(), user::SEARCH.facts(), user::GET.facts()],
        core: true,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Found;
    type Answer = deed::Answer<Delegated>;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Found>, Refusal> {
        deed::check_count(ask.task_id.ids().len(), ask.force)?;
        let to = people::id_of(&ask.responsible_id, reader).await?;
        let found = deed::read(&ask.task_id, ask.force, &SELECT, reader).await?;
        let (targets, before) =
            deed::open(&found, "RESPONSIBLE_ID", |row| responsible(row) == Some(to.get()));
        Ok(Plan { targets, before, found: Found { before: found, to: Some(to) }, ..Plan::default() })
    }

    async fn run(ask: Ask, plan: Plan<Found>, permit: Permit<Write>) -> Result<Self::Answer, Refusal> {
        let Found { before, to: Some(to) } = plan.found else {
            return Err(Refusal::internal(&"nobody was looked up"));
        };
        let deed = Deed {
            method: &task::DELEGATE,
            params: &|id| params(json!({ "taskId": id, "userId": to })),
            is_so: &|row| responsible(row) == Some(to.get()),
            select: &SELECT,
            past: "delegated",
            otherwise: "its creator, its assignee and administrators may, while it is not completed; `b24_task_get` shows what is \
                        allowed",
        };
        let became = deed.run(&ask.task_id, &before, &permit).await;
        let told = |(id, outcome): (TaskId, Result<(Record, bool), Refusal>)| {
            let former = before.get(&id).and_then(|row| responsible(row.as_ref().ok()?));
            let tell = |(now, already): (Record, bool)| {
                let delegated = Delegated {
                    delegated: true,
                    responsible_id: to.get(),
                    responsible_name: Task::read(&now).and_then(|task| task.responsible_name),
                    former_responsible_id: former.filter(|_| !already),
                };
                (delegated, already)
            };
            (id, outcome.map(tell))
        };
        let became: Became<Delegated> = became.into_iter().map(told).collect();
        deed::answer(&ask.task_id, "delegated", &before, became, &permit)
    }
}

fn responsible(row: &Record) -> Option<u64> {
    row.get("responsibleId").and_then(wire::id)
}
