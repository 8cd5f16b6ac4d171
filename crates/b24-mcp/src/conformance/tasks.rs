//! Tools of the extension `io.modelcontextprotocol/tasks` (SEP-2663): the call answers with a task, and the client
//! asks for its outcome later. The product does not offer it.

use std::time::Duration;

use rmcp::{
    ErrorData, RoleServer,
    model::{
        CallToolRequestParams, CallToolResponse, CallToolResult, ClientCapabilities, CreateTaskResult,
        GetTaskParams, GetTaskResult, JsonObject,
    },
    service::RequestContext,
    task_manager::{TaskContext, TaskExit, TaskOptions},
};
use serde_json::{Value, json};

use super::{
    content::{failed, said},
    rounds,
    stage::Stage,
};

/// The names of these tools.
pub(super) const NAMES: [&str; 7] = [
    "greet",
    "slow_compute",
    "failing_job",
    "protocol_error_job",
    "confirm_delete",
    "multi_input",
    "test_tool_with_task",
];
/// Those that can be answered in no other way than by a task.
const ONLY_AS_TASK: [&str; 4] = ["failing_job", "confirm_delete", "multi_input", "test_tool_with_task"];

pub(super) fn get(stage: &Stage, request: &GetTaskParams) -> Result<GetTaskResult, ErrorData> {
    stage.tasks.get_task(&request.task_id).map(GetTaskResult::new)
}

pub(super) async fn call(
    stage: &Stage,
    request: CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Result<CallToolResponse, ErrorData> {
    let name = request.name.as_ref();
    let has_tasks = context.client_capabilities().is_some_and(|client| client.supports_tasks());
    if ONLY_AS_TASK.contains(&name) && !has_tasks {
        let needed = ClientCapabilities::builder().enable_tasks().build();
        return Err(ErrorData::missing_required_client_capability(needed));
    }
    let mut job = Job::new(name, request.arguments.unwrap_or_default());
    if name == "test_tool_with_task" {
        let Some(answer) = rounds::answer(request.input_responses.as_ref(), "user_name") else {
            let ask = rounds::question("What is your name?", json!({ "name": { "type": "string" } }));
            return Ok(rounds::required([("user_name", ask)], None).into());
        };
        job.arguments.insert("name".into(), answer["content"]["name"].clone());
    }
    if !has_tasks || name == "greet" {
        return job.alone().await.map(Into::into);
    }
    let task = stage.tasks.spawn(TaskOptions::default(), move |context| Box::pin(job.within(context)));
    Ok(CreateTaskResult::new(task).into())
}

/// What one of the tools does.
struct Job {
    name: String,
    arguments: JsonObject,
}

impl Job {
    fn new(name: &str, arguments: JsonObject) -> Self {
        Self { name: name.to_owned(), arguments }
    }

    fn text(&self, key: &str) -> &str {
        self.arguments.get(key).and_then(Value::as_str).unwrap_or("somebody")
    }

    /// Without questions, and without a task around it.
    async fn alone(&self) -> Result<CallToolResult, ErrorData> {
        match self.name.as_str() {
            "greet" | "test_tool_with_task" => Ok(said(format!("Hello, {}!", self.text("name")))),
            "slow_compute" => {
                let seconds = self.arguments.get("seconds").and_then(Value::as_f64).unwrap_or(1.0);
                tokio::time::sleep(Duration::from_secs_f64(seconds)).await;
                Ok(said(format!("Computed for {seconds} s")))
            }
            "failing_job" => {
                tokio::time::sleep(Duration::from_secs(1)).await;
                Ok(failed("The job failed on purpose"))
            }
            _ => {
                tokio::time::sleep(Duration::from_millis(200)).await;
                Err(ErrorData::internal_error("the job broke the protocol on purpose", None))
            }
        }
    }

    async fn within(self, task: TaskContext) -> Result<CallToolResult, TaskExit> {
        match self.name.as_str() {
            "confirm_delete" => {
                let ask = rounds::question("Delete it?", json!({ "confirm": { "type": "boolean" } }));
                let answer = task.request_input("confirm", ask).await?;
                Ok(said(format!("Confirmed: {}", answer["content"]["confirm"])))
            }
            "multi_input" => {
                let ask = |key: &str| rounds::question(key, json!({ "value": { "type": "string" } }));
                let first = task.request_input("input-a", ask("Value A"));
                let second = task.request_input("input-b", ask("Value B"));
                let (first, second) = tokio::join!(first, second);
                let [first, second] = [first?, second?].map(|answer| answer["content"]["value"].clone());
                Ok(said(format!("Given: {first} and {second}")))
            }
            _ => tokio::select! {
                () = task.cancelled() => Err(TaskExit::Cancelled),
                done = self.alone() => done.map_err(TaskExit::Error),
            },
        }
    }
}
