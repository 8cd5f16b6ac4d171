//! `b24_task_result_add`: the outcome of the work, written down.

use b24_model::{Effect, Scope, TaskId, effect::Write, moment};
use b24_rest::{CallError, methods::result, methods::task_v3, wire};
use jiff::{Timestamp, ToSpan};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{check_text, hidden, unreadable};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Target, Tool, Toolset,
    filter::{Filter, RESULT},
    input::PersonRef,
    link,
    record::{params, result::TaskResult, text},
    tool::Agreement,
    tools::task::settle,
};

/// Adds a result.
pub struct ResultAdd;

/// What came of the work.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: TaskId,
    /// BBCode.
    #[schemars(length(min = 1, max = 10_000))]
    text: String,
}

impl Agreement for Ask {}

/// What was added.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    added: bool,
    #[serde(flatten)]
    result: TaskResult,
    /// The portal did not answer; a look at the list showed that the result is there.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    found_later: bool,
    link: String,
}

impl Tool for ResultAdd {
    const SPEC: Spec = Spec {
        name: "b24_task_result_add",
        title: "Record a result of a task",
        description: "Records what came of a task as its result, which the card shows apart from comments; some tasks cannot be \
                      completed without one. For a remark use `b24_task_comment_add`.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: false,
        gate: Gate::Open,
        scope: Scope::TASKS,
        methods: &[result::ADD.facts(), result::LIST.facts(), task_v3::GET.facts()],
        core: true,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan, Refusal> {
        check_text(&ask.text)?;
        let asked = params(json!({ "id": ask.task_id, "select": ["id", "title"] }));
        let reply = reader.call(&task_v3::GET, asked).await.map_err(|error| missing(ask.task_id, error))?;
        let name = reply.result.get("item").and_then(wire::map).and_then(|row| text(row, "title"));
        let task = Target { kind: "task", id: ask.task_id.get(), name };
        Ok(Plan { targets: vec![task], ..Plan::default() })
    }

    async fn run(ask: Ask, _: Plan, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let asked = params(json!({ "fields": { "taskId": ask.task_id, "text": ask.text } }));
        let (result, found_later) = match permit.call(&result::ADD, asked).await {
            Err(error) if settle::is_open(&error) => (look_for(&ask, error, &permit.reader()).await?, true),
            Err(error) => return Err(hidden(ask.task_id, error)),
            Ok(reply) => (TaskResult::of_reply(&reply.result).ok_or_else(unreadable)?, false),
        };
        Ok(Answer { added: true, result, found_later, link: link::task(&permit, ask.task_id) })
    }
}

/// The portal has a code of its own for a task that is not there, or not for this person.
fn missing(task: TaskId, error: CallError) -> Refusal {
    match error.code() {
        "BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION" => Refusal::new(
            Code::NOT_FOUND,
            format!("task {task} does not exist, or the acting person may not see it"),
        )
        .hint("look for it with `b24_task_list`"),
        _ => hidden(task, error),
    }
}

/// The result that an unanswered call made: of the same text and author, and no older than the call.
async fn look_for(ask: &Ask, error: CallError, reader: &Reader) -> Result<TaskResult, Refusal> {
    let mut filter = Filter::of(&RESULT);
    filter.exact("TASK_ID", ask.task_id.get())?;
    filter.person("AUTHOR_ID", PersonRef::Me)?;
    let asked = filter.resolve(reader).await?.beside(json!({
        "order": { "id": "DESC" },
        "select": TaskResult::SELECT,
        "pagination": { "limit": 50, "offset": 0 },
    }));
    let Ok(reply) = reader.call(&result::LIST, asked).await else { return Err(error.into()) };
    let rows = reply.result.get("items").and_then(wire::rows).unwrap_or_default();
    let same = |row: &&Map<String, Value>| row.get("text").and_then(Value::as_str) == Some(&ask.text);
    let Some(row) = rows.into_iter().filter_map(Value::as_object).find(same) else {
        return Err(Refusal::new(
            Code::WRITE_LOST,
            "the portal did not answer, and no such result exists now",
        )
        .hint("look once more with `b24_task_result_list` in a minute, then add it again"));
    };
    let made = row.get("createdAt").and_then(Value::as_str).and_then(|text| text.parse::<Timestamp>().ok());
    let since = reader.now().checked_sub(1.second()).unwrap_or_else(|_| reader.now().clone());
    match TaskResult::read(row) {
        Some(result) if made.is_some_and(|made| made >= since.timestamp()) => Ok(result),
        Some(twin) => Err(Refusal::from(error).hint(format!(
            "result {} has the same text and was there at {}: ask whether it is the one",
            twin.id,
            twin.created_at.unwrap_or_else(|| moment::to_wire(&since))
        ))),
        None => Err(error.into()),
    }
}
