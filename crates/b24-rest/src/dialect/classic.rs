//! The classic API's "no": `{"error": "CODE", "error_description": "text"}`.
//!
//! The code may be `""`, digits, a number, or the message itself; the description may be missing or HTML.

use b24_model::Dialect;
use serde_json::Value;

use crate::{Params, PortalCode, Refusal, plain::plain, wire};

pub(crate) fn refusal(method: &'static str, status: u16, envelope: &Params) -> Refusal {
    let code = envelope.get("error").and_then(wire::text).unwrap_or_default();
    let description = ["error_description", "error_message", "message"]
        .into_iter()
        .find_map(|name| envelope.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()));
    Refusal {
        method,
        status,
        code: PortalCode::new(plain(&code)),
        message: plain(description.unwrap_or_default()),
        fields: Vec::new(),
        dialect: Dialect::Classic,
    }
}
