//! `b24_task_result_list`: what came of a task.

use b24_model::{Effect, Scope, TaskId, effect::Read};
use b24_rest::methods::{result, user};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::hidden;
use crate::{
    Code, Gate, Permit, Plan, Refusal, Rows, Spec, Tool, Toolset,
    directory::show::{self, Names},
    filter::{self, Filter, RESULT},
    input::PersonRef,
    link,
    record::{params, result::TaskResult},
    tool::Agreement,
    tools::task::list::zone,
};

/// Rows that are asked for when nothing is said, and at most.
const USUAL: u16 = 50;
const MOST: u16 = 100;

/// Lists results.
pub struct ResultList;

/// Which.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    /// Id, name, e-mail, or "me".
    author: Option<PersonRef>,
    order: Option<Order>,
    #[schemars(range(min = 1, max = 100))]
    limit: Option<u16>,
    offset: Option<u32>,
}

/// How they are sorted.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(inline)]
pub struct Order {
    field: Option<Field>,
    direction: Option<Direction>,
}

// No doc comments on the words: they would turn the schema of a word into one of alternatives.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(inline)]
enum Field {
    Id,
    AuthorId,
    #[default]
    CreatedAt,
    UpdatedAt,
    Status,
    MessageId,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
enum Direction {
    Asc,
    #[default]
    Desc,
}

impl Agreement for Ask {}

/// A part of the results.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    task_id: u64,
    returned: usize,
    /// Present when there may be more: the `offset` of the next call.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    next_start: Option<u32>,
    /// Rows that this server could not read.
    #[serde(skip_serializing_if = "crate::record::is_zero")]
    #[schemars(with = "usize")]
    unreadable: usize,
    /// Names of the authors, by id.
    people: Names,
    time_zone: String,
    link: String,
    results: Vec<TaskResult>,
}

impl Tool for ResultList {
    const SPEC: Spec = Spec {
        name: "b24_task_result_list",
        title: "List results of a task",
        description: "Lists the results recorded for a task, newest first. For the latest one give `limit: 1`; remarks are comments, \
                      not results.",
        toolset: Toolset::Task,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASKS,
        methods: &[result::LIST.facts(), user::GET.facts(), user::SEARCH.facts()],
        core: true,
    };
    const ROWS: Option<Rows> = Some(Rows { member: "results", start: Some("offset") });
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let (limit, offset) = (ask.limit.unwrap_or(USUAL), ask.offset.unwrap_or(0));
        if !(1..=MOST).contains(&limit) {
            return Err(Refusal::invalid(format!("`limit` is from 1 to {MOST}")));
        }
        let order = ask.order.unwrap_or(Order { field: None, direction: None });
        let field = json!(order.field.unwrap_or_default()).as_str().unwrap_or_default().to_owned();
        let order = params(json!({ field: order.direction.unwrap_or_default() }));
        let mut filter = Filter::of(&RESULT);
        filter.exact("TASK_ID", ask.task_id.get())?;
        if let Some(author) = ask.author {
            filter.person("AUTHOR_ID", author)?;
        }
        let asked = filter.resolve(&permit).await?.beside(json!({
            "order": filter::order(&RESULT, Some(&order))?,
            "select": TaskResult::SELECT,
            "pagination": { "limit": limit, "offset": offset },
        }));
        let reply = permit.call(&result::LIST, asked).await.map_err(|error| hidden(ask.task_id, error))?;
        let rows = reply.result.get("items").and_then(b24_rest::wire::rows).ok_or_else(|| {
            Refusal::new(Code::PORTAL_GARBLED, "the portal's list of results cannot be read")
                .hint("tell the admin; `b24-mcp doctor` shows what the portal answers")
        })?;
        let read = |row: &&Value| TaskResult::read(row.as_object()?);
        let results: Vec<TaskResult> = rows.iter().filter_map(read).collect();
        let full = rows.len() >= usize::from(limit);
        Ok(Answer {
            task_id: ask.task_id.get(),
            returned: results.len(),
            next_start: full.then(|| offset.saturating_add(u32::from(limit))),
            unreadable: rows.len() - results.len(),
            people: show::people(results.iter().filter_map(|result| result.author_id), &permit).await,
            time_zone: zone(permit.now()),
            link: link::task(&permit, ask.task_id),
            results,
        })
    }
}
