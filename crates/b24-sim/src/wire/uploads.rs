//! Files sent to an `uploadUrl`. Such an address lies beside the methods and carries its own credential, like that of a
//! download; the form that comes is the call of `disk.folder.uploadfile` it stands for. Faults and limits do not reach it.

use axum::http::Method;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::answer_v2::{self, Refusal};
use super::params::Params;
use super::reply::Reply;
use super::time::Span;
use super::{execute, multipart};
use crate::limits::Spent;
use crate::methods;
use crate::portal::State;

/// Puts the file where the address says; `None` when it is no such address, or its credential does not fit.
pub(super) fn receive(state: &State, parts: &Parts, content_type: &str, body: &[u8]) -> Option<Reply> {
    let ticket = methods::upload(&state.world(), parts.uri.path(), parts.uri.query()?)?;
    if parts.method != Method::POST {
        return None;
    }
    let start = state.clock.now();
    let outcome = multipart::file(content_type, body, methods::UPLOAD_FIELD)
        .ok_or_else(|| Refusal::new(400, "ERROR_COULD_NOT_SAVE_FILE", "Could not save file"))
        .and_then(|(name, bytes)| {
            let call = json!({
                "id": ticket.folder,
                "data": { "NAME": name },
                "fileContent": [name, STANDARD.encode(bytes)],
                "generateUniqueName": ticket.unique,
            });
            let params = Params::new(call.as_object().cloned().unwrap_or_default());
            let method = methods::find("disk.folder.uploadfile").ok_or_else(Refusal::method_not_found)?;
            execute::enter(state, ticket.user, &[], method, &params)
        });
    let (status, body): (u16, Value) = match outcome {
        Ok(answer) => {
            let spent = Spent { seconds: 0.0, reset_at: start.as_second() };
            let span = Span { start, finish: state.clock.now(), spent };
            (200, answer_v2::success(answer, span.block(&state.zone)))
        }
        Err(refusal) => (refusal.status, refusal.body(state.language)),
    };
    Some(Reply::json(status, body))
}
