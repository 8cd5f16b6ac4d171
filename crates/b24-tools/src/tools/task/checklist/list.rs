//! `b24_task_checklist_item_list`: the checklists of a task.

use b24_model::{Effect, Scope, TaskId, effect::Read};
use b24_rest::methods::checklist;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::unreadable;
use crate::{
    Gate, Permit, Plan, Refusal, Spec, Tool, Toolset,
    filter::upper_snake,
    record::{checklist::FullItem, params},
    tool::{Agreement, Rows},
};

/// Lists checklist items.
pub struct ItemList;

/// Which task's.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    order: Option<Order>,
}

/// How they are sorted. Left out, the portal decides.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Order {
    field: Field,
    direction: Direction,
}

// No doc comments on the words: they would turn the schema of a word into one of alternatives.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(inline)]
enum Field {
    Id,
    ParentId,
    CreatedBy,
    Title,
    SortIndex,
    IsComplete,
    IsImportant,
    ToggledBy,
    ToggledDate,
}

#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Direction {
    Asc,
    Desc,
}

impl Agreement for Ask {}

/// The items, flat: `parentId` 0 marks the heading of a checklist.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    task_id: u64,
    returned: usize,
    items: Vec<FullItem>,
}

impl Tool for ItemList {
    const SPEC: Spec = Spec {
        name: "b24_task_checklist_item_list",
        title: "List checklist items",
        description: "Lists the checklists of a task: headings (parentId 0) and items, with ids and what is ticked. Use it before ticking or deleting items.",
        toolset: Toolset::Task,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[checklist::GETLIST.facts()],
        core: true,
    };
    const ROWS: Option<Rows> = Some(Rows { member: "items", start: None });
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let mut asked = params(json!({ "TASKID": ask.task_id }));
        if let Some(Order { field, direction }) = ask.order {
            let field = json!(field).as_str().map(upper_snake).unwrap_or_default();
            let direction = match direction {
                Direction::Asc => "ASC",
                Direction::Desc => "DESC",
            };
            asked.insert("ORDER".into(), json!({ field: direction }));
        }
        let reply = permit.call(&checklist::GETLIST, asked).await;
        let items = FullItem::rows(&reply.map_err(|error| unreadable(ask.task_id, error))?.result);
        Ok(Answer { task_id: ask.task_id.get(), returned: items.len(), items })
    }
}
