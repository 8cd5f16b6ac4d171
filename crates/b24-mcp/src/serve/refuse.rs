//! Answers to requests that never reach the protocol library.

use axum::{
    body::Body,
    response::{IntoResponse, Response},
};
use http::{
    HeaderValue, StatusCode,
    header::{ALLOW, CONTENT_TYPE},
};
use rmcp::model::ProtocolVersion;
use serde_json::{Value, json};

use super::{envelope::Malformed, reach::Nowhere};

/// Why a request to `/mcp` goes no further.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refused {
    #[error("send messages with POST")]
    Method,
    #[error("the Content-Type must be application/json")]
    ContentType,
    #[error("the request is larger than {0} bytes")]
    TooLarge(usize),
    #[error("the request ended before its body was whole")]
    CutShort,
    #[error("there is more than one {0} header")]
    Ambiguous(&'static str),
    #[error("this id is in flight: each request of a session has an id of its own")]
    InFlight,
    #[error("the request took too long to arrive")]
    TooSlow,
    #[error(transparent)]
    Malformed(#[from] Malformed),
    #[error("unsupported protocol version")]
    Version { requested: String },
    #[error("Session not found")]
    NoSession,
    #[error(transparent)]
    Nowhere(#[from] Nowhere),
    #[error("the door was left open")]
    NoCaller,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let sentence = self.to_string();
        match self {
            Self::Method => {
                let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, &sentence);
                response.headers_mut().insert(ALLOW, HeaderValue::from_static("POST"));
                response
            }
            Self::ContentType => plain(StatusCode::UNSUPPORTED_MEDIA_TYPE, &sentence),
            Self::TooLarge(_) => plain(StatusCode::PAYLOAD_TOO_LARGE, &sentence),
            Self::CutShort | Self::Ambiguous(_) => plain(StatusCode::BAD_REQUEST, &sentence),
            // Without the id: it would be taken for the answer of the request that has it.
            Self::InFlight => json_rpc(StatusCode::BAD_REQUEST, -32600, &sentence, None),
            Self::TooSlow => plain(StatusCode::REQUEST_TIMEOUT, &sentence),
            Self::Malformed(malformed) => {
                json_rpc(StatusCode::BAD_REQUEST, malformed.code(), &sentence, None)
            }
            Self::Version { requested } => {
                let data = json!({ "supported": ProtocolVersion::KNOWN_VERSIONS, "requested": requested });
                json_rpc(StatusCode::BAD_REQUEST, -32022, &sentence, Some(data))
            }
            Self::Nowhere(Nowhere::Header { .. }) => plain(StatusCode::BAD_REQUEST, &sentence),
            Self::Nowhere(_) => plain(StatusCode::NOT_FOUND, &sentence),
            Self::NoSession => json_rpc(StatusCode::NOT_FOUND, -32001, &sentence, None),
            Self::NoCaller => plain(StatusCode::INTERNAL_SERVER_ERROR, &sentence),
        }
    }
}

/// A JSON-RPC error that names no request: what was wrong is the message itself (JSON-RPC 2.0 §5.1; MCP leaves
/// the `id` out rather than sending `null`).
pub(super) fn json_rpc(status: StatusCode, code: i32, message: &str, data: Option<Value>) -> Response {
    let mut error = json!({ "code": code, "message": message });
    if let Some(data) = data {
        error["data"] = data;
    }
    json_body(status, &json!({ "jsonrpc": "2.0", "error": error }))
}

/// A refusal of the HTTP layer, with a sentence.
pub(super) fn plain(status: StatusCode, sentence: &str) -> Response {
    json_body(status, &json!({ "error": sentence }))
}

/// Any JSON.
pub(super) fn json_body(status: StatusCode, body: &Value) -> Response {
    let mut response =
        (status, Body::from(crate::redact::text(&body.to_string()).into_owned())).into_response();
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
