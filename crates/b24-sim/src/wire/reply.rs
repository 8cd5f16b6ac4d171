//! An answer before it becomes HTTP.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use serde_json::Value;

use super::php;

/// Status, body and the few headers the portal sets.
pub(super) struct Reply {
    pub(super) status: u16,
    content_type: &'static str,
    pub(super) body: String,
    /// The idempotency key to echo, and whether the answer is a replay.
    keyed: Option<(String, bool)>,
}

impl Reply {
    pub(super) fn json(status: u16, body: Value) -> Self {
        Self::written(status, php::write(body))
    }

    /// JSON that is text already.
    pub(super) fn written(status: u16, body: String) -> Self {
        Self {
            status,
            content_type: "application/json; charset=utf-8",
            body,
            keyed: None,
        }
    }

    pub(super) fn html(status: u16, body: String) -> Self {
        Self {
            status,
            content_type: "text/html; charset=utf-8",
            body,
            keyed: None,
        }
    }

    /// Stands in for an answer that never leaves; status 0 says so in the traffic.
    pub(super) fn dropped() -> Self {
        Self {
            status: 0,
            content_type: "text/plain",
            body: String::new(),
            keyed: None,
        }
    }

    /// Echoes an idempotency key.
    pub(super) fn keyed(mut self, key: &str, replayed: bool) -> Self {
        self.keyed = Some((key.to_owned(), replayed));
        self
    }

    pub(super) fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if let Some((key, replayed)) = self.keyed
            && let Ok(key) = HeaderValue::from_str(&key)
        {
            headers.insert("idempotency-key", key);
            if replayed {
                headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
            }
        }
        response
    }
}
