//! `/mcp`: from a request that came through the door to the protocol library.
//!
//! New clients say everything in each request. Old clients open a session, or do not: a session cannot be had
//! without `initialize`, and what comes without one is served all the same.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts};
use rmcp::{
    model::ProtocolVersion,
    transport::streamable_http_server::{
        StreamableHttpServerConfig, StreamableHttpService,
        session::{local::LocalSessionManager, never::NeverSessionManager},
    },
};
use tokio_util::sync::CancellationToken;
use tower::Service;

use super::{
    arrive,
    envelope::{self, Envelope},
    handler::Handler,
    in_flight::InFlight,
    mend::mend,
    reach::Asked,
    receipt::{self, Receipt},
    refuse::Refused,
    served::{Served, dress},
    sessions::Sessions,
};
use b24_tools::Caller;

use crate::door::visitor::Visitor;

pub(super) const SESSION: &str = "mcp-session-id";
const VERSION: &str = "mcp-protocol-version";

/// The protocol library, twice: with sessions and without.
pub(super) struct Mcp {
    with_sessions: StreamableHttpService<Served, LocalSessionManager>,
    without: StreamableHttpService<Served, NeverSessionManager>,
    sessions: Sessions,
    in_flight: InFlight,
    body_limit: usize,
}

impl Mcp {
    /// `stop` ends streams that would otherwise stay open.
    pub(super) fn new(handler: Handler, body_limit: usize, stop: &CancellationToken) -> Self {
        let sessions = Sessions::new();
        let handler = dress(handler);
        // Origin, Host and size are checked before; checking them twice would only say so in two ways.
        let config = StreamableHttpServerConfig::default()
            .disable_allowed_hosts()
            .with_max_request_body_bytes(body_limit)
            .with_cancellation_token(stop.clone());
        let stateless = config.clone().with_legacy_session_mode(false).with_json_response(true);
        let other = handler.clone();
        Self {
            with_sessions: StreamableHttpService::new(
                move || Ok(handler.clone()),
                Arc::clone(&sessions.manager),
                config,
            ),
            without: StreamableHttpService::new(move || Ok(other.clone()), Arc::default(), stateless),
            sessions,
            in_flight: InFlight::default(),
            body_limit,
        }
    }

    /// The sessions of old clients, for whoever counts them.
    pub(super) fn sessions(&self) -> Arc<LocalSessionManager> {
        Arc::clone(&self.sessions.manager)
    }

    async fn message(&self, caller: &Caller, mut parts: Parts, body: Body) -> Result<Response, Refused> {
        let mut asked = Asked::of(parts.uri.path(), &parts.headers)?;
        check_content_type(&parts.headers)?;
        accept_anything(&mut parts.headers, "application/json, text/event-stream");
        let body = arrive::whole(&parts.headers, body, self.body_limit).await?;
        let body = body.slice_ref(envelope::without_mark(&body));
        let message = envelope::open(&body)?;
        check_version(&parts.headers, &message)?;
        let opens = message.method.as_deref() == Some("initialize");
        // A message that names its own version is of the new kind, and knows no sessions. Whoever opens a
        // session has none yet, whatever the header says.
        let session = if opens || message.version.is_some() { None } else { session_of(&parts.headers)? };
        if let Some(id) = &session {
            // What the session was opened without it stays without, whatever path it is used on.
            asked = self.held_by(id, caller)?.and(&asked);
        }
        parts.extensions.insert(asked.clone());
        let receipt = Receipt::default();
        parts.extensions.insert(receipt.clone());
        if !opens && session.is_none() {
            let response = self.without_session(Request::from_parts(parts, Body::from(body))).await;
            return Ok(receipt::watch(response, receipt, None));
        }
        let mut listening = None;
        if let (Some(session), Some(id), Some(_)) = (session, message.id, message.method) {
            let (working, listens) = self.in_flight.enter(&session, id, &body).ok_or(Refused::InFlight)?;
            parts.extensions.insert(working);
            listening = Some(listens);
        }
        let mut request = Request::from_parts(parts, Body::from(body));
        if opens {
            request.headers_mut().remove(SESSION);
        }
        let response = receipt::watch(self.with_session(request).await, receipt, listening);
        if opens && let Some(id) = response.headers().get(SESSION).and_then(|id| id.to_str().ok()) {
            self.sessions.bind(id, &caller.label, asked).await;
        }
        Ok(response)
    }

    /// GET and DELETE exist for sessions only.
    async fn session_only(&self, caller: &Caller, mut request: Request) -> Result<Response, Refused> {
        Asked::of(request.uri().path(), request.headers())?;
        accept_anything(request.headers_mut(), "text/event-stream");
        let id = session_of(request.headers())?.ok_or(Refused::Method)?;
        self.held_by(&id, caller)?;
        let closes = *request.method() == Method::DELETE;
        if closes {
            self.sessions.forget(&id);
        }
        let mut response = self.with_session(request).await;
        // The library says 202, which clients take for a session that lives on. It is gone.
        if closes && response.status() == StatusCode::ACCEPTED {
            *response.status_mut() = StatusCode::NO_CONTENT;
        }
        Ok(response)
    }

    async fn with_session(&self, request: Request) -> Response {
        let answered = self.with_sessions.clone().call(request).await;
        answered.unwrap_or_else(|never| match never {}).map(Body::new)
    }

    async fn without_session(&self, request: Request) -> Response {
        let answered = self.without.clone().call(request).await;
        answered.unwrap_or_else(|never| match never {}).map(Body::new)
    }

    fn held_by(&self, id: &str, caller: &Caller) -> Result<Asked, Refused> {
        self.sessions.held_by(id, &caller.label).ok_or(Refused::NoSession)
    }
}

/// Serves what came through the door.
pub(super) async fn serve(State(mcp): State<Arc<Mcp>>, request: Request) -> Response {
    match answer(&mcp, request).await {
        Ok(response) => mend(response).await,
        Err(refused) => refused.into_response(),
    }
}

async fn answer(mcp: &Mcp, request: Request) -> Result<Response, Refused> {
    let visitor = request.extensions().get::<Visitor>().ok_or(Refused::NoCaller)?;
    let caller = visitor.caller.clone();
    match *request.method() {
        Method::POST => {
            let (parts, body) = request.into_parts();
            mcp.message(&caller, parts, body).await
        }
        Method::GET | Method::DELETE => mcp.session_only(&caller, request).await,
        _ => Err(Refused::Method),
    }
}

fn check_content_type(headers: &HeaderMap) -> Result<(), Refused> {
    if headers.get_all(header::CONTENT_TYPE).iter().count() > 1 {
        return Err(Refused::Ambiguous("Content-Type"));
    }
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") { Ok(()) } else { Err(Refused::ContentType) }
}

/// Who accepts anything, or does not say, accepts `all`. The protocol library wants to see each kind by its name.
fn accept_anything(headers: &mut HeaderMap, all: &'static str) {
    let mut said = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let anything = |entry: &str| entry.split(';').next().is_some_and(|kind| kind.trim() == "*/*");
    let names_nothing = !headers.contains_key(header::ACCEPT);
    if names_nothing || said.any(|value| value.split(',').any(anything)) {
        headers.insert(header::ACCEPT, HeaderValue::from_static(all));
    }
}

/// A version that nobody knows is refused in the way that new clients recognise; they would take anything else
/// for an old server. When the message itself names a version, the protocol library compares the two.
fn check_version(headers: &HeaderMap, message: &Envelope) -> Result<(), Refused> {
    let Some(version) = headers.get(VERSION) else { return Ok(()) };
    let requested = String::from_utf8_lossy(version.as_bytes());
    let requested = crate::redact::text(&requested).chars().take(32).collect::<String>();
    let known = ProtocolVersion::KNOWN_VERSIONS.iter().any(|known| known.as_str() == requested);
    if known || message.version.is_some() { Ok(()) } else { Err(Refused::Version { requested }) }
}

fn session_of(headers: &HeaderMap) -> Result<Option<String>, Refused> {
    let Some(id) = headers.get(SESSION) else { return Ok(None) };
    let id = id.to_str().ok().filter(|id| id.len() <= 128).ok_or(Refused::NoSession)?;
    Ok(Some(id.to_owned()))
}
