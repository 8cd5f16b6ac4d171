//! The two wire languages. A method knows its language, yet a portal may answer in the other one, and what stands
//! between may answer in none; so every answer is read the same way, whatever was asked.

mod classic;
mod v3;

use std::time::Duration;

use serde_json::Value;

use crate::{Params, PortalCode, Refusal, Reply, Timing, failure::Failure, wire};

/// An answer, as it came over the wire: not a redirect, and with no secret in it.
pub(crate) struct Raw {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Vec<u8>,
}

/// Reads the answer to a call of `method`.
pub(crate) fn read(method: &'static str, raw: &Raw) -> Result<Reply, Failure> {
    let status = raw.status;
    let mut envelope = match envelope(&raw.body) {
        Ok(envelope) => envelope,
        // Whoever says 429 did not let the request in, even when it cannot say so in the protocol.
        Err(what) if status == 429 => {
            let refusal = unnamed(method, status, what);
            return Err(Failure::TurnedAway { refusal, wait: raw.retry_after });
        }
        Err(what) => return Err(Failure::Garbled { status, what }),
    };
    if let Some(refusal) = refusal(method, status, &envelope) {
        return Err(Failure::from_refusal(refusal, raw.retry_after));
    }
    if !(200..300).contains(&status) {
        return Err(Failure::Garbled { status, what: "an error without its code" });
    }
    let time = Timing::read(envelope.get("time"));
    let count =
        |name: &str| envelope.get(name).and_then(wire::int).and_then(|number| u64::try_from(number).ok());
    let (total, next) = (count("total"), count("next"));
    match envelope.shift_remove("result") {
        Some(result) => Ok(Reply { result, total, next, time }),
        // REST 3.0 describes itself without an envelope.
        None if envelope.contains_key("openapi") => {
            Ok(Reply { result: Value::Object(envelope), total: None, next: None, time: None })
        }
        None => Err(Failure::Garbled { status, what: "JSON without a result" }),
    }
}

/// The "no" in an envelope, in either language. `None` when it holds none.
pub(crate) fn refusal(method: &'static str, status: u16, envelope: &Params) -> Option<Refusal> {
    match envelope.get("error") {
        Some(Value::Object(error)) => Some(v3::refusal(method, status, error)),
        Some(Value::Null | Value::Bool(false)) | None if !envelope.contains_key("result") => {
            envelope.contains_key("error_description").then(|| classic::refusal(method, status, envelope))
        }
        Some(Value::Null | Value::Bool(false)) | None => None,
        Some(Value::Array(error)) if error.is_empty() => None,
        Some(_) => Some(classic::refusal(method, status, envelope)),
    }
}

/// The envelope, or what there is instead of one.
fn envelope(body: &[u8]) -> Result<Params, &'static str> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    match serde_json::from_slice(body) {
        Ok(Value::Object(envelope)) => Ok(envelope),
        Ok(_) => Err("JSON that is not an envelope"),
        Err(_) if body.is_empty() => Err("an empty body"),
        Err(_) if body.starts_with(b"<") => Err("an HTML page"),
        Err(error) if error.is_eof() => Err("half a JSON document"),
        Err(_) => Err("text that is not JSON"),
    }
}

fn unnamed(method: &'static str, status: u16, what: &str) -> Refusal {
    Refusal {
        method,
        status,
        code: PortalCode::new(""),
        message: format!("answered with {what}"),
        fields: Vec::new(),
        dialect: b24_model::Dialect::Classic,
    }
}

#[cfg(test)]
mod tests;
