//! Files behind a `DOWNLOAD_URL`. Such an address lies beside the methods and carries its own credential, so there is no
//! webhook in it; what is answered is the file itself, to be saved and never to be shown. Faults planned for `download`
//! reach it, limits do not.

use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::connection::Knife;
use super::misbehave;
use super::reply::Reply;
use super::route::Dialect;
use crate::faults::Fault;
use crate::methods::{self, File};
use crate::portal::State;
use crate::traffic::Seen;

/// The name under which faults are planned and traffic is noted.
const METHOD: &str = "download";

/// Serves the file an address opens; `None` when it is no such address, or its credential does not fit.
pub(super) async fn serve(state: &State, knife: &Knife, parts: &Parts) -> Option<Response> {
    let File { user, name, bytes } = find(state, parts)?;
    let (delay, fault) = state.faults.take(&[METHOD]);
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let instead = fault.as_ref().and_then(|fault| misbehave::instead(fault, Dialect::Classic, knife));
    match &fault {
        Some(Fault::DropAfter) => knife.drop_now(),
        Some(Fault::Half) => knife.cut_body_after(bytes.len() / 2),
        _ => {}
    }
    let response = instead.map_or_else(|| file(&name, bytes), Reply::into_response);
    state.traffic.note(Seen {
        method: METHOD.to_owned(),
        v3: false,
        user,
        params: Value::Null,
        commands: Vec::new(),
        status: response.status().as_u16(),
        ran: true,
    });
    Some(response)
}

fn find(state: &State, parts: &Parts) -> Option<File> {
    methods::download(&state.world(), parts.uri.path(), parts.uri.query()?)
}

fn file(name: &str, bytes: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    let name = utf8_percent_encode(name, NON_ALPHANUMERIC);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename*=utf-8''{name}")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    response
}
