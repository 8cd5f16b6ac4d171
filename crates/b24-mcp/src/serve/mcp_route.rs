//! `/mcp`: from a request that came through the door to the protocol library.
//!
//! New clients say everything in each request. Old clients open a session, or do not: a session cannot be had
//! without `initialize`, and what comes without one is served all the same.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    response::{IntoResponse, Response},
};
use bytes::Bytes;
use http::{HeaderMap, Method, header, request::Parts};
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
    envelope::{self, Envelope},
    handler::Handler,
    mend::mend,
    refuse::Refused,
    sessions::Sessions,
};
use b24_tools::Caller;

const SESSION: &str = "mcp-session-id";
const VERSION: &str = "mcp-protocol-version";
/// How long the body of a request may take to arrive.
const BODY_TIME: Duration = Duration::from_secs(30);

/// The protocol library, twice: with sessions and without.
pub(super) struct Mcp {
    with_sessions: StreamableHttpService<Handler, LocalSessionManager>,
    without: StreamableHttpService<Handler, NeverSessionManager>,
    sessions: Sessions,
    body_limit: usize,
}

impl Mcp {
    /// `stop` ends streams that would otherwise stay open.
    pub(super) fn new(handler: Handler, body_limit: usize, stop: &CancellationToken) -> Self {
        let sessions = Sessions::new();
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
            body_limit,
        }
    }

    async fn message(&self, caller: &Caller, parts: Parts, body: Body) -> Result<Response, Refused> {
        check_content_type(&parts.headers)?;
        let body = self.read(&parts.headers, body).await?;
        let message = envelope::open(&body)?;
        check_version(&parts.headers, &message)?;
        let opens = message.method.as_deref() == Some("initialize");
        // A message that names its own version is of the new kind, and knows no sessions. Whoever opens a
        // session has none yet, whatever the header says.
        let session = if opens || message.version.is_some() { None } else { session_of(&parts.headers)? };
        if let Some(id) = &session {
            self.check_holder(id, caller)?;
        }
        let mut request = Request::from_parts(parts, Body::from(body));
        if !opens && session.is_none() {
            return Ok(self.without_session(request).await);
        }
        if opens {
            request.headers_mut().remove(SESSION);
        }
        let response = self.with_session(request).await;
        if opens && let Some(id) = response.headers().get(SESSION).and_then(|id| id.to_str().ok()) {
            self.sessions.bind(id, &caller.label).await;
        }
        Ok(response)
    }

    /// GET and DELETE exist for sessions only.
    async fn session_only(&self, caller: &Caller, request: Request) -> Result<Response, Refused> {
        let id = session_of(request.headers())?.ok_or(Refused::Method)?;
        self.check_holder(&id, caller)?;
        if *request.method() == Method::DELETE {
            self.sessions.forget(&id);
        }
        Ok(self.with_session(request).await)
    }

    async fn with_session(&self, request: Request) -> Response {
        let answered = self.with_sessions.clone().call(request).await;
        answered.unwrap_or_else(|never| match never {}).map(Body::new)
    }

    async fn without_session(&self, request: Request) -> Response {
        let answered = self.without.clone().call(request).await;
        answered.unwrap_or_else(|never| match never {}).map(Body::new)
    }

    fn check_holder(&self, id: &str, caller: &Caller) -> Result<(), Refused> {
        if self.sessions.is_held_by(id, &caller.label) { Ok(()) } else { Err(Refused::NoSession) }
    }

    async fn read(&self, headers: &HeaderMap, body: Body) -> Result<Bytes, Refused> {
        let announced =
            headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        if announced.is_some_and(|length: usize| length > self.body_limit) {
            return Err(Refused::TooLarge(self.body_limit));
        }
        let read = tokio::time::timeout(BODY_TIME, to_bytes(body, self.body_limit)).await;
        read.map_err(|_| Refused::TooSlow)?.map_err(|_| Refused::TooLarge(self.body_limit))
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
    let caller = request.extensions().get::<Caller>().cloned().ok_or(Refused::NoCaller)?;
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
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim();
    if essence.eq_ignore_ascii_case("application/json") { Ok(()) } else { Err(Refused::ContentType) }
}

/// A version that nobody knows is refused in the way that new clients recognise; they would take anything else
/// for an old server. When the message itself names a version, the protocol library compares the two.
fn check_version(headers: &HeaderMap, message: &Envelope) -> Result<(), Refused> {
    let Some(version) = headers.get(VERSION) else { return Ok(()) };
    let requested = String::from_utf8_lossy(version.as_bytes()).chars().take(32).collect::<String>();
    let known = ProtocolVersion::KNOWN_VERSIONS.iter().any(|known| known.as_str() == requested);
    if known || message.version.is_some() { Ok(()) } else { Err(Refused::Version { requested }) }
}

fn session_of(headers: &HeaderMap) -> Result<Option<String>, Refused> {
    let Some(id) = headers.get(SESSION) else { return Ok(None) };
    let id = id.to_str().ok().filter(|id| id.len() <= 128).ok_or(Refused::NoSession)?;
    Ok(Some(id.to_owned()))
}
