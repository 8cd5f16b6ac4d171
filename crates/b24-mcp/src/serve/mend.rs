//! Refusals of the protocol library, in the words and with the statuses of the specification.
//!
//! It answers some malformed requests with plain text and surprising statuses; clients that know both the old
//! and the new protocol draw conclusions from those.

use axum::{
    body::{Body, to_bytes},
    response::Response,
};
use http::{StatusCode, header};

use super::refuse;

/// The largest refusal that is read to be rewritten.
const LARGEST: usize = 16 * 1024;

/// Rewrites a refusal in plain text; everything else passes untouched.
pub(super) async fn mend(response: Response) -> Response {
    let status = response.status();
    let is_json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with("application/json"));
    if status.is_success() || is_json {
        return response;
    }
    let (parts, body) = response.into_parts();
    let text = words(body).await;
    let mut mended = match status {
        // The content type was checked before: what the library means is the shape of the message.
        StatusCode::UNSUPPORTED_MEDIA_TYPE if text.starts_with("fail to deserialize") => {
            let message = "the message is not a request of the Model Context Protocol";
            refuse::json_rpc(StatusCode::BAD_REQUEST, -32600, message, None)
        }
        // Messages without a session go elsewhere: only an `initialize` that is none gets here.
        StatusCode::BAD_REQUEST if text.ends_with("Session ID is required") => {
            let message = "the parameters of `initialize` do not have its shape";
            refuse::json_rpc(status, -32600, message, None)
        }
        StatusCode::NOT_FOUND => refuse::json_rpc(status, -32001, "Session not found", None),
        status if status.is_server_error() => {
            refuse::json_rpc(status, -32603, "the server failed to answer", None)
        }
        status => refuse::json_rpc(status, -32600, &text, None),
    };
    if let Some(allow) = parts.headers.get(header::ALLOW) {
        mended.headers_mut().insert(header::ALLOW, allow.clone());
    }
    mended
}

async fn words(body: Body) -> String {
    let bytes = to_bytes(body, LARGEST).await.unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}
