//! Tools that tell the client something while they run, or tell whoever listens that a list has changed.

use std::time::Duration;

use rmcp::{
    ErrorData, RoleServer,
    model::{
        CallToolResult, ClientCapabilities, LoggingLevel, LoggingMessageNotificationParam,
        ProgressNotificationParam,
    },
    service::RequestContext,
};
use serde_json::json;

use super::{content::said, stage::Stage};

/// Between two notifications, so that they are two events.
const PAUSE: Duration = Duration::from_millis(50);

type Context = RequestContext<RoleServer>;

pub(super) async fn log(context: &Context) -> CallToolResult {
    for line in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
        write_line(context, LoggingLevel::Info, line).await;
        tokio::time::sleep(PAUSE).await;
    }
    said("Logging test completed")
}

/// Since 2026-07-28 a client hears log lines only when its request names a level.
pub(super) async fn log_when_asked(context: &Context) -> CallToolResult {
    if let Some(level) = context.meta.log_level() {
        write_line(context, level, "The request asked for log lines").await;
    }
    said("Logging tool completed")
}

async fn write_line(context: &Context, level: LoggingLevel, line: &str) {
    let line = LoggingMessageNotificationParam::new(level, json!(line)).with_logger("fixtures");
    // A client that has gone hears nothing; the tool goes on.
    let _ = context.peer.notify_logging_message(line).await;
}

pub(super) async fn progress(context: &Context) -> CallToolResult {
    for done in [0.0, 50.0, 100.0] {
        if let Some(token) = context.meta.get_progress_token() {
            let step = ProgressNotificationParam::new(token, done).with_total(100.0);
            let _ = context.peer.notify_progress(step).await;
        }
        tokio::time::sleep(PAUSE).await;
    }
    said("Progress test completed")
}

pub(super) async fn reconnect() -> CallToolResult {
    tokio::time::sleep(2 * PAUSE).await;
    said("Reconnection test completed")
}

pub(super) async fn change_tools(stage: &Stage) -> CallToolResult {
    for listener in stage.listeners() {
        let _ = listener.notify_tool_list_changed().await;
    }
    said("The list of tools has changed")
}

pub(super) async fn change_prompts(stage: &Stage) -> CallToolResult {
    for listener in stage.listeners() {
        let _ = listener.notify_prompt_list_changed().await;
    }
    said("The list of prompts has changed")
}

pub(super) fn need_sampling(context: &Context) -> Result<CallToolResult, ErrorData> {
    let has = context.client_capabilities().is_some_and(|client| client.sampling.is_some());
    if has {
        return Ok(said("The client samples"));
    }
    let needed = ClientCapabilities::builder().enable_sampling().build();
    Err(ErrorData::missing_required_client_capability(needed))
}
