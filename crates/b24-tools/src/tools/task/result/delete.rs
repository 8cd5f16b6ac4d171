//! `b24_task_result_delete`: a result gone for good.

use b24_model::{Effect, ResultId, Scope, TaskId, effect::Destroy};
use b24_rest::methods::result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Row, before, denied, one, target};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    record::{params, text},
    tool::Agreement,
    tools::task::settle,
};

/// Deletes a result.
pub struct ResultDelete;

/// Which.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// From `b24_task_result_list`; not the id of the task.
    result_id: ResultId,
    /// Its task, if known.
    task_id: Option<TaskId>,
    /// Only after the person agreed.
    confirm_delete: Option<bool>,
}

impl Agreement for Ask {
    fn to_delete(&self) -> bool {
        self.confirm_delete == Some(true)
    }
}

/// What is gone.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    deleted: bool,
    result_id: u64,
    /// Its text; known only when `taskId` was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    text: Option<String>,
}

impl Tool for ResultDelete {
    const SPEC: Spec = Spec {
        name: "b24_task_result_delete",
        title: "Delete a result of a task",
        description: "Deletes a result of a task for good; only its author may. Give `taskId` too, so that it is read and named \
                      first.",
        toolset: Toolset::Task,
        effect: Effect::Destroy,
        idempotent: false,
        gate: Gate::Delete,
        scope: Scope::TASKS,
        methods: &[result::DELETE.facts(), result::LIST.facts()],
        core: false,
    };
    type Effect = Destroy;
    type Ask = Ask;
    type Found = Option<Row>;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Option<Row>>, Refusal> {
        let found = before(ask.result_id, ask.task_id, "remove", reader).await?;
        Ok(Plan {
            targets: vec![target(ask.result_id, found.as_ref())],
            before: found.iter().map(|row| (ask.result_id.to_string(), json!(row))).collect(),
            found,
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Option<Row>>, permit: Permit<Destroy>) -> Result<Answer, Refusal> {
        let id = ask.result_id;
        match (permit.call(&result::DELETE, params(json!({ "id": id }))).await, ask.task_id) {
            (Err(error), Some(task)) if settle::is_open(&error) => {
                match one(task, id, &permit.reader()).await {
                    Err(refusal) if refusal.code() == Code::NOT_FOUND => {}
                    Ok(_) => return Err(kept(id)),
                    Err(_) => return Err(error.into()),
                }
            }
            (Err(error), _) => return Err(denied(id, error)),
            (Ok(reply), _) if reply.result.get("result") == Some(&Value::Bool(false)) => {
                return Err(kept(id));
            }
            (Ok(_), _) => {}
        }
        let text = plan.found.as_ref().and_then(|row| text(row, "text"));
        Ok(Answer { deleted: true, result_id: id.get(), text })
    }
}

fn kept(id: ResultId) -> Refusal {
    Refusal::new(Code::WRITE_LOST, format!("result {id} is still there: it was not deleted"))
        .hint("call again to delete it")
}
