//! `b24_task_result_update`: another text for a result.

use b24_model::{Effect, ResultId, Scope, TaskId, effect::Write};
use b24_rest::methods::result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Row, before, check_text, denied, one, target, unreadable};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset, link,
    record::{params, result::TaskResult, text},
    tool::Agreement,
    tools::task::settle,
};

/// Changes a result.
pub struct ResultUpdate;

/// Which, and its new text.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// From `b24_task_result_list`; not the id of the task.
    result_id: ResultId,
    /// The whole new text.
    #[schemars(length(min = 1, max = 10_000))]
    text: String,
    /// Its task, if known.
    task_id: Option<TaskId>,
}

impl Agreement for Ask {}

/// What it is now.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    updated: bool,
    #[serde(flatten)]
    result: TaskResult,
    /// The text before; known only when `taskId` was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    previous_text: Option<String>,
    link: String,
}

impl Tool for ResultUpdate {
    const SPEC: Spec = Spec {
        name: "b24_task_result_update",
        title: "Change a result of a task",
        description: "Replaces the text of a result of a task; only its author may. Give `taskId` too: only then can the old text be \
                      read and kept.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASKS,
        methods: &[result::UPDATE.facts(), result::LIST.facts()],
        core: false,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Option<Row>;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Option<Row>>, Refusal> {
        check_text(&ask.text)?;
        let found = before(ask.result_id, ask.task_id, "edit", reader).await?;
        let old = found.iter().map(|row| (ask.result_id.to_string(), json!({ "text": row.get("text") })));
        Ok(Plan {
            targets: vec![target(ask.result_id, found.as_ref())],
            before: old.collect(),
            found,
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Option<Row>>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let asked = params(json!({ "id": ask.result_id, "fields": { "text": ask.text } }));
        let result = match (permit.call(&result::UPDATE, asked).await, ask.task_id) {
            (Err(error), Some(task)) if settle::is_open(&error) => {
                let now =
                    one(task, ask.result_id, &permit.reader()).await.map_err(|_| Refusal::from(error))?;
                if now.get("text").and_then(Value::as_str) != Some(&ask.text) {
                    return Err(Refusal::new(
                        Code::WRITE_LOST,
                        format!("the portal did not answer, and result {} has not that text", ask.result_id),
                    )
                    .hint("call again to change it"));
                }
                TaskResult::read(&now).ok_or_else(unreadable)?
            }
            (Err(error), _) => return Err(denied(ask.result_id, error)),
            (Ok(reply), _) => TaskResult::of_reply(&reply.result).ok_or_else(unreadable)?,
        };
        let task = TaskId::new(result.task_id).map_err(|_| unreadable())?;
        let previous_text = plan.found.as_ref().and_then(|row| text(row, "text"));
        Ok(Answer { updated: true, result, previous_text, link: link::task(&permit, task) })
    }
}
