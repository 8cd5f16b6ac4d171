//! One HTTP request from its bytes to its answer: decodes, lets the faults happen, notes the traffic. What a call
//! answers is decided in `dispatch`.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum::response::Response;
use serde_json::Value;

use super::connection::Knife;
use super::dispatch::{self, Decoded, Done, Incoming, Keyed};
use super::reply::Reply;
use super::route::{Dialect, target};
use super::{admin, batch, batch_v3, body, downloads, idempotency, misbehave, pages, uploads};
use crate::faults::Fault;
use crate::portal::State;
use crate::traffic::Seen;

/// A request body larger than this is refused with 413. The cloud takes 2 GB uploads; a box does not.
const BODY_LIMIT: usize = 64 * 1024 * 1024;

/// Parameters larger than this are not remembered in the traffic.
const REMEMBERED: usize = 64 * 1024;

/// The portal as an axum application.
pub(crate) fn router(state: Arc<State>) -> Router {
    Router::new().fallback(handle).with_state(state)
}

async fn handle(
    Shared(state): Shared<Arc<State>>,
    ConnectInfo(knife): ConnectInfo<Knife>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, BODY_LIMIT).await else {
        return plain_page(413, "Request Entity Too Large").into_response();
    };
    if let Some(file) = downloads::serve(&state, &knife, &parts).await {
        return file;
    }
    let kind =
        parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if let Some(reply) = uploads::receive(&state, &parts, kind, &bytes) {
        return reply.into_response();
    }
    let Some(target) = target(parts.uri.path()) else {
        return beside_rest(&state, &parts, &bytes).into_response();
    };
    if parts.method != Method::GET && parts.method != Method::POST {
        return plain_page(405, "Not Allowed").into_response();
    }
    let query = parts.uri.query().unwrap_or_default();
    let params = match target.dialect {
        Dialect::Classic => Decoded::Classic(body::classic(query, kind, &bytes)),
        Dialect::V3 => {
            let key = parts
                .headers
                .get("idempotency-key")
                .map(|key| Keyed { key: idempotency::valid(key.as_bytes()), body: bytes.to_vec() });
            Decoded::V3(body::v3(parts.method == Method::POST, &bytes), key)
        }
    };
    let incoming = Incoming { target, params, size: bytes.len() + query.len() };
    drop(bytes);
    play(&state, &knife, incoming).await.into_response()
}

/// What is asked for outside `/rest/`: the admin route, the pages that links lead to, or nothing there is.
fn beside_rest(state: &State, parts: &Parts, body: &[u8]) -> Reply {
    // A page elsewhere that makes its own name point to this machine must not read the portal through a browser.
    if !is_at_home(parts) {
        return plain_page(421, "Misdirected Request");
    }
    if let Some(path) = parts.uri.path().strip_prefix("/__sandbox/") {
        return admin::answer(state, path, parts, body);
    }
    if parts.method != Method::GET && parts.method != Method::HEAD {
        return plain_page(405, "Not Allowed");
    }
    pages::find(state, parts.uri.path()).unwrap_or_else(|| plain_page(404, "Not Found"))
}

/// Whether the request was addressed to this machine by one of its own names.
fn is_at_home(parts: &Parts) -> bool {
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let name = host.map(|host| match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    });
    name.is_some_and(|name| {
        let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
        name.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
    })
}

fn plain_page(status: u16, title: &str) -> Reply {
    Reply::html(status, format!("<html><body><h1>{status} {title}</h1></body></html>"))
}

/// Runs the call with the faults planned for it, and notes it in the traffic.
async fn play(state: &State, knife: &Knife, mut incoming: Incoming) -> Reply {
    let touched = touched(&incoming);
    let names: Vec<&str> = touched.iter().map(String::as_str).collect();
    let (delay, fault) = state.faults.take(&names);
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let dialect = incoming.target.dialect;
    let instead = fault.as_ref().and_then(|fault| misbehave::instead(fault, dialect, knife));
    let idle = fault.as_ref().filter(|fault| **fault == Fault::NoEffect);
    let idle = idle.and_then(|_| misbehave::without_effect(&incoming.target.method, dialect));
    let mut done = match (instead, idle) {
        (Some(reply), _) => Done { reply, ran: false, user: 0, commands: Vec::new() },
        (None, Some(harmless)) => {
            let asked = std::mem::replace(&mut incoming.target.method, harmless.to_owned());
            let done = dispatch::answer(state, &incoming);
            incoming.target.method = asked;
            Done { reply: misbehave::as_if_done(done.reply, harmless), ran: false, ..done }
        }
        (None, None) => dispatch::answer(state, &incoming),
    };
    if let Some(fault) = &fault {
        done.reply = misbehave::afterwards(fault, done.reply, dialect, knife);
    }
    tracing::debug!(rest.method = %incoming.target.method, http.status = done.reply.status, "Sandbox answered a call");
    state.traffic.note(Seen {
        method: incoming.target.method.clone(),
        v3: dialect == Dialect::V3,
        user: done.user,
        params: remembered(&incoming),
        commands: done.commands,
        status: done.reply.status,
        ran: done.ran,
    });
    done.reply
}

/// The methods a fault may be meant for: the one of the address, and those of the commands of a batch.
fn touched(incoming: &Incoming) -> Vec<String> {
    let mut names = vec![incoming.target.method.clone()];
    if incoming.target.method == "batch" {
        match &incoming.params {
            Decoded::Classic(params) => {
                names.extend(batch::commands(params).into_iter().map(|command| command.method));
            }
            Decoded::V3(Ok(body), _) => names.extend(batch_v3::methods(body)),
            Decoded::V3(Err(_), _) => {}
        }
    }
    names
}

fn remembered(incoming: &Incoming) -> Value {
    if incoming.size > REMEMBERED {
        return Value::String(format!("{} bytes", incoming.size));
    }
    match &incoming.params {
        Decoded::Classic(params) => {
            let mut map = params.as_map().clone();
            if incoming.target.method == "batch" {
                map.retain(|key, _| !key.eq_ignore_ascii_case("cmd"));
            }
            Value::Object(map)
        }
        Decoded::V3(Ok(body), _) if incoming.target.method == "batch" && batch_v3::calls(body).is_some() => {
            Value::Null
        }
        Decoded::V3(Ok(value), _) => value.clone(),
        Decoded::V3(Err(_), _) => Value::Null,
    }
}
