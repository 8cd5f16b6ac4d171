//! Tools that ask the client something in the middle of a call, as servers of old clients do.

use rmcp::{
    RoleServer,
    model::{
        CallToolResult, CreateMessageRequestParams, ElicitRequestParams, ElicitationSchema, JsonObject,
        SamplingMessage,
    },
    service::Peer,
};
use serde_json::{Value, json};

use super::content::{failed, said};

/// Lets the client's model say something.
pub(super) async fn sample(peer: &Peer<RoleServer>, arguments: &JsonObject) -> CallToolResult {
    let prompt = arguments.get("prompt").and_then(Value::as_str).unwrap_or("Hello");
    let ask = CreateMessageRequestParams::new(vec![SamplingMessage::user_text(prompt)], 100);
    match peer.create_message(ask).await {
        Ok(result) => {
            let text = result.message.content.first().and_then(|content| content.as_text());
            said(format!("LLM response: {}", text.map_or("", |text| text.text.as_str())))
        }
        Err(error) => failed(format!("the client does not sample: {error}")),
    }
}

/// Shows the client's person a form.
pub(super) async fn elicit(
    peer: &Peer<RoleServer>,
    message: &str,
    requested_schema: ElicitationSchema,
) -> CallToolResult {
    let ask =
        ElicitRequestParams::FormElicitationParams { meta: None, message: message.into(), requested_schema };
    match peer.create_elicitation(ask).await {
        Ok(result) => said(format!(
            "Elicitation completed: action={}, content={}",
            json!(result.action).as_str().unwrap_or_default(),
            json!(result.content)
        )),
        Err(error) => failed(format!("the client does not elicit: {error}")),
    }
}
