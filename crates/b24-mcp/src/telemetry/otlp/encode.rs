//! Spans, in the JSON of the protocol (<https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>): ids in
//! hexadecimal digits, 64-bit numbers as texts.

use bytes::Bytes;
use serde_json::{Value as Json, json};

use super::span::{Fields, Happened, Kept, Value};

/// The kinds of spans: what serves a client, and what asks somebody else.
const SERVER: u8 = 2;
const CLIENT: u8 = 3;
/// The status of a span in which something failed.
const ERROR: u8 = 2;

/// A message with spans.
pub(super) fn traces(spans: &[Kept]) -> Bytes {
    let spans: Vec<Json> = spans.iter().map(span).collect();
    let scoped = json!({ "scope": scope(), "spans": spans });
    let message = json!({ "resourceSpans": [{ "resource": resource(), "scopeSpans": [scoped] }] });
    Bytes::from(message.to_string())
}

/// What all signals come from.
pub(super) fn resource() -> Json {
    let text = |key: &str, value: &str| json!({ "key": key, "value": { "stringValue": value } });
    json!({ "attributes": [
        text("service.name", "b24-mcp"),
        text("service.version", env!("CARGO_PKG_VERSION")),
    ] })
}

/// Which part of the program made them.
pub(super) fn scope() -> Json {
    json!({ "name": "b24-mcp", "version": env!("CARGO_PKG_VERSION") })
}

fn span(kept: &Kept) -> Json {
    let mut span = json!({
        "traceId": kept.trace.to_string(),
        "spanId": kept.id.to_string(),
        "name": kept.name,
        "kind": if kept.is_root { SERVER } else { CLIENT },
        "startTimeUnixNano": kept.began.to_string(),
        "endTimeUnixNano": kept.ended.to_string(),
        "attributes": attributes(&kept.fields),
        "events": kept.events.iter().map(event).collect::<Vec<_>>(),
        "status": if kept.failed { json!({ "code": ERROR }) } else { json!({}) },
    });
    if let Some(parent) = kept.parent {
        span["parentSpanId"] = parent.to_string().into();
    }
    if !kept.state.is_empty() {
        span["traceState"] = kept.state.as_str().into();
    }
    span
}

fn event(event: &Happened) -> Json {
    json!({ "timeUnixNano": event.at.to_string(), "name": event.name, "attributes": attributes(&event.fields) })
}

fn attributes(fields: &Fields) -> Vec<Json> {
    let value = |value: &Value| match value {
        Value::Text(text) => json!({ "stringValue": text }),
        Value::Int(number) => json!({ "intValue": number.to_string() }),
        Value::Float(number) => json!({ "doubleValue": number }),
        Value::Bool(truth) => json!({ "boolValue": truth }),
    };
    fields.iter().map(|(name, said)| json!({ "key": name, "value": value(said) })).collect()
}
