//! `b24_stage_list`: the columns of a board or of one's own planner.

use b24_model::{Effect, Scope, effect::Read};
use b24_rest::methods::{group, stage};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Stage, question, read};
use crate::{
    Gate, Permit, Plan, Refusal, Rows, Spec, Tool, Toolset, directory::groups, input::GroupRef,
    tool::Agreement, tools::own,
};

/// Lists columns.
pub struct StageList;

/// Whose.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// Group or project, by id or name. The acting person's own planner when left out.
    group: Option<GroupRef>,
}

impl Agreement for Ask {}

/// The columns.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// `group` or `planner`.
    board: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    group_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    group_name: Option<String>,
    /// From left to right. Tasks that were never moved stand in the first.
    stages: Vec<Stage>,
}

impl Tool for StageList {
    const SPEC: Spec = Spec {
        name: "b24_stage_list",
        title: "List board columns (stages)",
        description: "Lists the Kanban columns (stages) of a group or project, or of the acting person's own planner, from left to right, \
                      with their ids. To move a task use `b24_task_stage_move`, which takes titles too.",
        toolset: Toolset::Project,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[stage::GET.facts(), group::GET.facts()],
        core: true,
    };
    const ROWS: Option<Rows> = Some(Rows { member: "stages", start: None });
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let (id, name) = match &ask.group {
            Some(said) => {
                let found = groups::one(said, &permit).await?;
                (found.id, found.name)
            }
            None => {
                own::check("columns of the planner", &permit)?;
                (0, None)
            }
        };
        let (method, asked) = question(id);
        let stages = read(id, permit.call(method, asked).await)?;
        Ok(Answer {
            board: if id == 0 { "planner" } else { "group" },
            group_id: (id > 0).then_some(id),
            group_name: name,
            stages,
        })
    }
}
