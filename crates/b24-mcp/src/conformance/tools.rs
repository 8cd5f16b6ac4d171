//! The tools that the suite calls, by name.

use rmcp::{
    ErrorData, RoleServer,
    model::{CallToolRequestParams, CallToolResponse, Tool},
    service::RequestContext,
};
use serde_json::{Value, json};

use super::{
    content::{self, failed, said},
    peer, rounds, schema, signals,
    stage::Stage,
    tasks,
};

/// Tools without arguments.
const PLAIN: [&str; 24] = [
    "test_simple_text",
    "test_image_content",
    "test_audio_content",
    "test_embedded_resource",
    "test_multiple_content_types",
    "test_error_handling",
    "test_tool_with_logging",
    "test_tool_with_progress",
    "test_elicitation_sep1034_defaults",
    "test_elicitation_sep1330_enums",
    "test_reconnection",
    "test_trigger_tool_change",
    "test_trigger_prompt_change",
    "test_missing_capability",
    "test_streaming_elicitation",
    "test_logging_tool",
    "test_input_required_result_elicitation",
    "test_input_required_result_sampling",
    "test_input_required_result_list_roots",
    "test_input_required_result_request_state",
    "test_input_required_result_tampered_state",
    "test_input_required_result_multiple_inputs",
    "test_input_required_result_multi_round",
    "test_input_required_result_capabilities",
];

/// Every fixture.
pub(super) fn all() -> impl Iterator<Item = Tool> {
    let plain = PLAIN.into_iter().map(|name| (name, schema::nothing()));
    let tasks = tasks::NAMES.into_iter().map(|name| (name, json!({ "type": "object" })));
    plain.chain(with_arguments()).chain(tasks).map(|(name, schema)| tool(name, schema))
}

/// The fixture of that name.
pub(super) fn find(name: &str) -> Option<Tool> {
    all().find(|tool| tool.name == name)
}

fn with_arguments() -> [(&'static str, Value); 4] {
    let one = |name: &str, property: Value| json!({ "type": "object", "properties": { name: property }, "required": [name] });
    [
        ("test_sampling", one("prompt", json!({ "type": "string" }))),
        ("test_elicitation", one("message", json!({ "type": "string" }))),
        ("test_custom_header", one("value", json!({ "type": "string", "x-mcp-header": "Value" }))),
        ("json_schema_2020_12_tool", schema::draft_2020_12()),
    ]
}

fn tool(name: &'static str, schema: Value) -> Tool {
    Tool::new(name, "A fixture of the conformance suite", schema::object(schema))
}

/// Calls a fixture.
pub(super) async fn call(
    stage: &Stage,
    request: CallToolRequestParams,
    context: RequestContext<RoleServer>,
) -> Result<CallToolResponse, ErrorData> {
    let name = request.name.as_ref();
    if name.starts_with(rounds::PREFIX) {
        return rounds::call(stage, &request, &context);
    }
    if tasks::NAMES.contains(&name) {
        return tasks::call(stage, request, &context).await;
    }
    let arguments = request.arguments.unwrap_or_default();
    let word = |key: &str| arguments.get(key).and_then(Value::as_str);
    let peer = &context.peer;
    Ok(match name {
        "test_simple_text" => said("This is a simple text response for testing."),
        "test_image_content" => content::image(),
        "test_audio_content" => content::audio(),
        "test_embedded_resource" => content::embedded(),
        "test_multiple_content_types" => content::mixed(),
        "test_error_handling" => failed("This tool intentionally returns an error for testing"),
        "test_tool_with_logging" => signals::log(&context).await,
        "test_tool_with_progress" => signals::progress(&context).await,
        "test_logging_tool" => signals::log_when_asked(&context).await,
        "test_reconnection" => signals::reconnect().await,
        "test_trigger_tool_change" => signals::change_tools(stage).await,
        "test_trigger_prompt_change" => signals::change_prompts(stage).await,
        "test_missing_capability" => signals::need_sampling(&context)?,
        "test_sampling" => peer::sample(peer, &arguments).await,
        "test_elicitation" => {
            let fields = json!({ "username": { "type": "string" }, "email": { "type": "string" } });
            peer::elicit(peer, word("message").unwrap_or_default(), schema::form(fields)).await
        }
        "test_elicitation_sep1034_defaults" => {
            peer::elicit(peer, "Every field has a default", schema::defaults()).await
        }
        "test_elicitation_sep1330_enums" => {
            peer::elicit(peer, "Every kind of choice", schema::choices()).await
        }
        "test_streaming_elicitation" => {
            let ask = rounds::question("Provide a value", json!({ "value": { "type": "string" } }));
            return Ok(rounds::required([("value", ask)], None).into());
        }
        "test_custom_header" => match word("value") {
            Some(value) => said(value),
            None => return Err(ErrorData::invalid_params("`value` must be a text", None)),
        },
        _ => said(format!("Hello, {}!", word("name").unwrap_or("world"))),
    }
    .into())
}
