//! `b24_task_dependency_list`: what a task waits for, and what waits for it.

use b24_model::{Effect, Scope, TaskId, effect::Read};
use b24_rest::methods::{dependence, task, task_v3};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Links, NO_TYPES, before, successors_call, told};
use crate::{
    Gate, Permit, Plan, Refusal, Spec, Tool, Toolset, link,
    record::{params, text},
    tool::Agreement,
    tools::task::{lookup, roster},
};

/// Lists links.
pub struct DependencyList;

/// Which task's.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
}

impl Agreement for Ask {}

/// Both directions.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    task_id: u64,
    title: Option<String>,
    /// How many tasks it waits for.
    returned: usize,
    #[serde(flatten)]
    links: Links,
    /// What could not be read, with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<String>")]
    missing: Vec<String>,
    note: &'static str,
    link: String,
}

impl Tool for DependencyList {
    const SPEC: Spec = Spec {
        name: "b24_task_dependency_list",
        title: "List links of a task",
        description: "Lists the tasks that a task waits for (predecessors) and those that wait for it (successors). The type of a \
                      link cannot be read back. Use it before adding or removing links.",
        toolset: Toolset::Task,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[
            task_v3::GET.facts(),
            task::GET.facts(),
            task::LIST.facts(),
            dependence::DEPENDS_ON.facts(),
        ],
        core: false,
    };
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let id = ask.task_id;
        let before = before(id, &permit).await;
        let ids = before.as_ref().map(|before| before.ids.clone()).unwrap_or_default();
        let card = (&task::GET, params(json!({ "taskId": id, "select": ["ID", "TITLE"] })));
        let calls =
            [card, successors_call(id)].into_iter().chain(roster::calls(ids.iter().copied())).collect();
        let mut replies = permit.all(calls).await.into_iter();
        let mut reply = || replies.next().ok_or_else(|| Refusal::internal(&"an answer is missing"));
        let row = lookup::found(id, &reply()??)?;

        let (links, missing) = told(before, reply()?, replies);
        Ok(Answer {
            task_id: id.get(),
            title: text(&row, "title"),
            returned: ids.len(),
            links,
            missing,
            note: NO_TYPES,
            link: link::task(&permit, id),
        })
    }
}
