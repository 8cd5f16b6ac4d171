//! `/api/ready`: whether a call would have a chance. Names what is missing, never what is there.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use http::StatusCode;
use serde_json::json;

use super::{http::Guard, refuse};

/// Answers 200 when a call would have a chance, else 503 with the reasons.
pub(super) async fn ready(State(guard): State<Arc<Guard>>) -> Response {
    let mut reasons = Vec::new();
    if guard.bearers.strong() == 0 {
        reasons.push("no strong Bearer is configured (B24_MCP_TOKEN)");
    }
    if let Err(reason) = guard.house.tenants.probe().await {
        reasons.push(reason);
    }
    if reasons.is_empty() {
        let mut body = json!({ "status": "ready" });
        // A freeze is wanted, and reading works: no balancer should take the server away for it.
        if guard.house.frozen().is_some() {
            body["writes"] = "frozen".into();
        }
        refuse::json_body(StatusCode::OK, &body)
    } else {
        refuse::json_body(
            StatusCode::SERVICE_UNAVAILABLE,
            &json!({ "status": "not ready", "reasons": reasons }),
        )
    }
}
