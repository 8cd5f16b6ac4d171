//! Calls that need more than one round (SEP-2322): the answer asks for input, and the client calls again with it.
//!
//! What passes through the client is sealed. A missing or misshapen answer is asked for again, never taken as an error.

use rmcp::{
    ErrorData, RoleServer,
    model::{
        CallToolRequestParams, CallToolResponse, CreateMessageRequest, CreateMessageRequestParams,
        ElicitRequest, ElicitRequestParams, InputRequest, InputRequests, InputRequiredResult, InputResponses,
        ListRootsRequest, SamplingMessage,
    },
    service::RequestContext,
};
use serde_json::{Value, json};

use super::{content::said, schema, stage::Stage};

/// What the names of these tools begin with.
pub(super) const PREFIX: &str = "test_input_required_result_";

/// A question to the client's person.
pub(super) fn question(message: &str, fields: Value) -> InputRequest {
    InputRequest::Elicitation(ElicitRequest::new(ElicitRequestParams::FormElicitationParams {
        meta: None,
        message: message.into(),
        requested_schema: schema::form(fields),
    }))
}

fn name() -> InputRequest {
    question("What is your name?", json!({ "name": { "type": "string" } }))
}

fn sampling(prompt: &str) -> InputRequest {
    let messages = vec![SamplingMessage::user_text(prompt)];
    InputRequest::CreateMessage(CreateMessageRequest::new(CreateMessageRequestParams::new(messages, 100)))
}

fn roots() -> InputRequest {
    InputRequest::ListRoots(ListRootsRequest::default())
}

/// A result that asks for these.
pub(super) fn required<const N: usize>(
    asks: [(&str, InputRequest); N],
    state: Option<String>,
) -> InputRequiredResult {
    let asks: InputRequests = asks.into_iter().map(|(key, ask)| (key.to_owned(), ask)).collect();
    InputRequiredResult::new(Some(asks), state)
}

/// The answer to one question, when it has the shape of an answer.
pub(super) fn answer<'a>(answers: Option<&'a InputResponses>, key: &str) -> Option<&'a Value> {
    answers?.get(key).filter(|answer| answer.is_object())
}

pub(super) fn call(
    stage: &Stage,
    request: &CallToolRequestParams,
    context: &RequestContext<RoleServer>,
) -> Result<CallToolResponse, ErrorData> {
    let answers = request.input_responses.as_ref();
    let state = opened(stage, request)?;
    let kind = request.name.strip_prefix(PREFIX).unwrap_or_default();
    Ok(match kind {
        "elicitation" => match answer(answers, "user_name") {
            Some(answer) => said(format!("Hello, {}!", answer["content"]["name"])).into(),
            None => required([("user_name", name())], None).into(),
        },
        "sampling" => match answer(answers, "capital_question") {
            Some(answer) => said(format!("Sampling response: {}", answer["content"])).into(),
            None => required([("capital_question", sampling("What is the capital of France?"))], None).into(),
        },
        "list_roots" => match answer(answers, "client_roots") {
            Some(answer) => said(format!("Client roots: {}", answer["roots"])).into(),
            None => required([("client_roots", roots())], None).into(),
        },
        "request_state" | "tampered_state" if state.is_some() => said("Confirmed: state-ok").into(),
        "request_state" | "tampered_state" => {
            let ask = question("Please confirm", json!({ "ok": { "type": "boolean" } }));
            required([("confirm", ask)], Some(seal(stage, &json!({ "round": 1 }))?)).into()
        }
        "multiple_inputs" => several(stage, answers)?,
        "multi_round" => one_more(stage, state.as_ref())?,
        _ => what_the_client_can(answers, context),
    })
}

fn several(stage: &Stage, answers: Option<&InputResponses>) -> Result<CallToolResponse, ErrorData> {
    if ["user_name", "greeting", "client_roots"].iter().all(|key| answer(answers, key).is_some()) {
        return Ok(said("All inputs received").into());
    }
    let asks =
        [("user_name", name()), ("greeting", sampling("Generate a greeting")), ("client_roots", roots())];
    Ok(required(asks, Some(seal(stage, &json!({ "round": 1 }))?)).into())
}

fn one_more(stage: &Stage, state: Option<&Value>) -> Result<CallToolResponse, ErrorData> {
    let (key, ask, round) = match state.and_then(|state| state["round"].as_u64()) {
        None => ("step1", name(), 1),
        Some(1) => ("step2", question("Which colour?", json!({ "color": { "type": "string" } })), 2),
        Some(_) => return Ok(said("Multi-round flow complete").into()),
    };
    Ok(required([(key, ask)], Some(seal(stage, &json!({ "round": round }))?)).into())
}

/// Asks only for what the client has declared.
fn what_the_client_can(
    answers: Option<&InputResponses>,
    context: &RequestContext<RoleServer>,
) -> CallToolResponse {
    let client = context.client_capabilities().unwrap_or_default();
    let mut asks = InputRequests::new();
    if client.elicitation.is_some() {
        asks.insert("user_name".into(), name());
    }
    if client.sampling.is_some() {
        asks.insert("greeting".into(), sampling("Generate a greeting"));
    }
    if client.roots.is_some() {
        asks.insert("client_roots".into(), roots());
    }
    if answers.is_some() || asks.is_empty() {
        return said("Everything that the client can answer is answered").into();
    }
    InputRequiredResult::from_input_requests(asks).into()
}

fn seal(stage: &Stage, state: &Value) -> Result<String, ErrorData> {
    stage.state.seal_json(state).map_err(|_| ErrorData::internal_error("the state cannot be sealed", None))
}

/// The state that came back through the client. What was changed on the way is refused.
fn opened(stage: &Stage, request: &CallToolRequestParams) -> Result<Option<Value>, ErrorData> {
    let refused = |_| ErrorData::invalid_params("the requestState is not the one that was given out", None);
    request.request_state.as_deref().map(|sealed| stage.state.open_json(sealed).map_err(refused)).transpose()
}
