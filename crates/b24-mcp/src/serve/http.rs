//! The HTTP server: what every request passes before it reaches anything, and what is served besides `/mcp`.

use std::{panic::AssertUnwindSafe, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    middleware::{self, Next},
    response::Response,
    routing::{any, get},
};
use futures_util::FutureExt;
use http::{HeaderValue, StatusCode, header::WWW_AUTHENTICATE};
use hyper::ext::ReasonPhrase;
use serde_json::json;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tracing::Instrument;

use super::{
    connections::{self, Patience},
    file::route,
    handler::Handler,
    house::House,
    mcp_route::{self, Mcp},
    metrics::{self, Meter, Metrics},
    ready, refuse, request_id,
    shutdown::{self, Draining},
};
use crate::{
    clock,
    door::{
        address::{Foreign, Names},
        bearer::{Bearers, Shut},
    },
    signals,
};

/// The id of the request, for whoever handles it later.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) Arc<str>);

/// What the server is made of.
pub(crate) struct Server {
    pub(crate) house: Arc<House>,
    pub(crate) bearers: Bearers,
    pub(crate) names: Names,
    pub(crate) body_limit: usize,
    pub(crate) patience: Patience,
    /// What is counted, when somebody reads it.
    pub(crate) meter: Option<Arc<Meter>>,
    /// What is served at `/metrics`.
    pub(crate) metrics: Option<Metrics>,
}

/// What the guards look at.
pub(super) struct Guard {
    pub(super) house: Arc<House>,
    pub(super) bearers: Bearers,
    names: Names,
    draining: Draining,
}

/// Serves until the process is told to stop, then until what runs has ended.
pub(crate) async fn serve(server: Server, listener: TcpListener) -> std::io::Result<()> {
    let (stopping, stop_streams) = (CancellationToken::new(), CancellationToken::new());
    let draining = Draining::default();
    let (running, patience) = (server.house.running.clone(), server.patience);
    let router = router(server, draining.clone(), &stop_streams);
    let served = tokio::spawn(connections::serve(listener, router, patience, stopping.clone()));
    shutdown::asked().await;
    stopping.cancel();
    shutdown::drain(draining, running).await;
    stop_streams.cancel();
    shutdown::last_words(served).await
}

fn router(server: Server, draining: Draining, stop_streams: &CancellationToken) -> Router {
    let Server { house, bearers, names, body_limit, meter, metrics, .. } = server;
    let mcp = Arc::new(Mcp::new(Handler::for_http(Arc::clone(&house)), body_limit, stop_streams));
    meter.into_iter().for_each(|meter| meter.count_sessions(mcp.sessions()));
    let guard = Arc::new(Guard { house, bearers, names, draining });
    Router::new()
        .route("/mcp", any(mcp_route::serve))
        .route("/mcp/{*narrowed}", any(mcp_route::serve))
        .with_state(mcp)
        .route_layer(middleware::from_fn_with_state(Arc::clone(&guard), bearer))
        .route("/files/{ticket}", get(route::give).head(route::look))
        .route("/api/health", get(health))
        .route("/api/ready", get(ready::ready))
        .with_state(Arc::clone(&guard))
        .merge(metrics::route(metrics))
        .fallback(nothing_here)
        .layer(middleware::from_fn_with_state(Arc::clone(&guard), address))
        .layer(middleware::from_fn_with_state(guard, accompany))
}

/// Gives the request its id, keeps count of it, and answers even if a handler panics.
async fn accompany(State(guard): State<Arc<Guard>>, mut request: Request, next: Next) -> Response {
    let id: Arc<str> = request_id::fresh().into();
    request.extensions_mut().insert(RequestId(Arc::clone(&id)));
    let counted = *request.method() == http::Method::POST;
    let token = counted.then(|| guard.draining.enter());
    let span = tracing::error_span!("http", request.id = %id);
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().instrument(span).await;
    let mut response = answered
        .unwrap_or_else(|_| refuse::plain(StatusCode::INTERNAL_SERVER_ERROR, "the server failed to answer"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    match token {
        Some(token) => shutdown::hold_until_sent(response, token),
        None => response,
    }
}

/// Turns away foreign pages and foreign names, before anything else. Probes of an orchestrator speak to an
/// address rather than a name, and learn nothing.
async fn address(State(guard): State<Arc<Guard>>, request: Request, next: Next) -> Response {
    let is_probe = matches!(request.uri().path(), "/api/health" | "/api/ready");
    match guard.names.check(request.uri(), request.headers()) {
        Err(foreign) if !is_probe => {
            tracing::warn!(reason = %foreign, "Request turned away");
            signals::turned_away(foreign.word());
            let status =
                if foreign == Foreign::NoHost { StatusCode::BAD_REQUEST } else { StatusCode::FORBIDDEN };
            refuse::plain(status, &foreign.to_string())
        }
        _ => next.run(request).await,
    }
}

/// Lets in who has a Bearer, before the body is read.
async fn bearer(State(guard): State<Arc<Guard>>, mut request: Request, next: Next) -> Response {
    match guard.bearers.identify(request.headers(), clock::now()) {
        Ok(visitor) => {
            request.extensions_mut().insert(visitor);
            next.run(request).await
        }
        Err(shut) => turned_away(shut),
    }
}

/// The statuses, words and challenges of the reference system.
fn turned_away(shut: Shut) -> Response {
    const REALM: &str = "Bearer realm=\"bx24-template-mcp\"";
    const INVALID: &str = "Bearer realm=\"bx24-template-mcp\", error=\"invalid_token\", \
                           error_description=\"Invalid bearer token\"";
    let (status, phrase, challenge) = match shut {
        Shut::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "MCP endpoint is not available", None),
        Shut::Missing => (StatusCode::UNAUTHORIZED, "Missing Authorization header", Some(REALM)),
        Shut::Ambiguous => (StatusCode::BAD_REQUEST, "More than one Authorization header", None),
        Shut::Invalid => (StatusCode::UNAUTHORIZED, "Invalid bearer token", Some(INVALID)),
    };
    tracing::warn!(status = status.as_u16(), reason = phrase, "Door stayed shut");
    signals::turned_away(shut.word());
    let mut response = refuse::plain(status, phrase);
    response.extensions_mut().insert(ReasonPhrase::from_static(phrase.as_bytes()));
    if let Some(challenge) = challenge {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    }
    response
}

/// That the process lives; nothing about what it is.
async fn health() -> Response {
    refuse::json_body(StatusCode::OK, &json!({ "status": "ok", "timestamp": format!("{:.3}", clock::now()) }))
}

async fn nothing_here() -> Response {
    refuse::plain(StatusCode::NOT_FOUND, "there is nothing here; the MCP endpoint is /mcp")
}
