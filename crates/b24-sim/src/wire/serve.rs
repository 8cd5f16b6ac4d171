//! One HTTP request from its bytes to its answer: decodes, lets the faults happen, notes the traffic. What a call
//! answers is decided in `dispatch`.

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State as Shared};
use axum::http::{Method, header};
use axum::response::Response;
use serde_json::Value;

use super::connection::Knife;
use super::dispatch::{self, Decoded, Done, Incoming, Keyed};
use super::reply::Reply;
use super::route::{Dialect, target};
use super::{batch, body, idempotency, misbehave};
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
    let Some(target) = target(parts.uri.path()) else {
        return Reply::html(404, "<html><body><h1>404 Not Found</h1></body></html>".to_owned())
            .into_response();
    };
    if parts.method != Method::GET && parts.method != Method::POST {
        return Reply::html(
            405,
            "<html><body><h1>405 Not Allowed</h1></body></html>".to_owned(),
        )
        .into_response();
    }
    let Ok(bytes) = to_bytes(body, BODY_LIMIT).await else {
        let page = "<html><body><h1>413 Request Entity Too Large</h1></body></html>";
        return Reply::html(413, page.to_owned()).into_response();
    };
    let kind = parts
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let query = parts.uri.query().unwrap_or_default();
    let params = match target.dialect {
        Dialect::Classic => Decoded::Classic(body::classic(query, kind, &bytes)),
        Dialect::V3 => {
            let key = parts.headers.get("idempotency-key").map(|key| Keyed {
                key: idempotency::valid(key.as_bytes()),
                body: bytes.to_vec(),
            });
            Decoded::V3(body::v3(parts.method == Method::POST, &bytes), key)
        }
    };
    let incoming = Incoming {
        target,
        params,
        size: bytes.len() + query.len(),
    };
    drop(bytes);
    play(&state, &knife, &incoming).await.into_response()
}

/// Runs the call with the faults planned for it, and notes it in the traffic.
async fn play(state: &State, knife: &Knife, incoming: &Incoming) -> Reply {
    let touched = touched(incoming);
    let names: Vec<&str> = touched.iter().map(String::as_str).collect();
    let (delay, fault) = state.faults.take(&names);
    if !delay.is_zero() {
        tokio::time::sleep(delay).await;
    }
    let dialect = incoming.target.dialect;
    let instead = fault
        .as_ref()
        .and_then(|fault| misbehave::instead(fault, dialect, knife));
    let mut done = match instead {
        Some(reply) => Done {
            reply,
            ran: false,
            user: 0,
            commands: Vec::new(),
        },
        None => dispatch::answer(state, incoming),
    };
    if let Some(fault) = &fault {
        done.reply = misbehave::afterwards(fault, done.reply, dialect, knife);
    }
    tracing::debug!(rest.method = %incoming.target.method, http.status = done.reply.status, "Sandbox answered a call");
    state.traffic.note(Seen {
        method: incoming.target.method.clone(),
        v3: dialect == Dialect::V3,
        user: done.user,
        params: remembered(incoming),
        commands: done.commands,
        status: done.reply.status,
        ran: done.ran,
    });
    done.reply
}

/// The methods a fault may be meant for: the one of the address, and those of the commands of a batch.
fn touched(incoming: &Incoming) -> Vec<String> {
    let mut names = vec![incoming.target.method.clone()];
    if let Decoded::Classic(params) = &incoming.params
        && incoming.target.method == "batch"
    {
        names.extend(batch::commands(params).into_iter().map(|command| command.method));
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
        Decoded::V3(Ok(value), _) => value.clone(),
        Decoded::V3(Err(_), _) => Value::Null,
    }
}
