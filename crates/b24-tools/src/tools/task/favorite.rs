//! `b24_task_favorite`: a task, or many, put among the acting person's favourites, or taken out.

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::{methods::task, wire};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::deed::{self, Before, Deed, Record};
use crate::{
    Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset, input::OneOrMany, record::params,
    tool::Agreement, tools::own,
};

const SELECT: [&str; 4] = ["ID", "TITLE", "STATUS", "FAVORITE"];

/// Marks favourites.
pub struct TaskFavorite;

/// Which tasks.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: OneOrMany<TaskId>,
    favorite: Option<bool>,
    force: Option<bool>,
    /// Only after the person agreed.
    confirm_change: Option<bool>,
}

impl Agreement for Ask {
    fn to_change(&self) -> bool {
        self.confirm_change == Some(true)
    }
}

/// Whether it is a favourite now.
#[derive(Clone, Serialize, JsonSchema)]
pub struct Marked {
    favorite: bool,
}

impl Tool for TaskFavorite {
    const SPEC: Spec = Spec {
        name: "b24_task_favorite",
        title: "Mark favourite tasks",
        description: "Puts a task, or several, among the acting person's favourites; with `favorite: false` takes it out. Nobody else sees it.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[task::FAVORITE_ADD.facts(), task::FAVORITE_REMOVE.facts(), task::GET.facts()],
        core: false,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Before;
    type Answer = deed::Answer<Marked>;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Before>, Refusal> {
        own::check("favourites", reader)?;
        let favorite = ask.favorite.unwrap_or(true);
        let found = deed::read(&ask.task_id, ask.force, &SELECT, reader).await?;
        let (targets, before) = deed::open(&found, "FAVORITE", |row| is_marked(row) == favorite);
        Ok(Plan { targets, before, found, ..Plan::default() })
    }

    async fn run(ask: Ask, plan: Plan<Before>, permit: Permit<Write>) -> Result<Self::Answer, Refusal> {
        let favorite = ask.favorite.unwrap_or(true);
        let deed = Deed {
            method: if favorite { &task::FAVORITE_ADD } else { &task::FAVORITE_REMOVE },
            params: &|id| params(json!({ "taskId": id })),
            is_so: &|row| is_marked(row) == favorite,
            select: &SELECT,
            past: if favorite { "marked" } else { "unmarked" },
            otherwise: "read it with `b24_task_get`",
        };
        let became = deed.run(&ask.task_id, &plan.found, &permit).await;
        let told = became
            .into_iter()
            .map(|(id, outcome)| (id, outcome.map(|(_, already)| (Marked { favorite }, already))));
        deed::answer(&ask.task_id, deed.past, &plan.found, told.collect(), &permit)
    }
}

fn is_marked(row: &Record) -> bool {
    row.get("favorite").and_then(wire::yes) == Some(true)
}
