//! `/metrics`: everything that is counted, for Prometheus, and for nobody who is not the admin.
//!
//! On a listener of its own when one is configured: then whoever reaches it may read, unless there is an admin
//! token. Else at the address of the server itself, and only with the admin token.

use std::sync::{Arc, Mutex, PoisonError};

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::get,
};
use b24_rest::Portal;
use http::{
    HeaderMap, HeaderValue, StatusCode,
    header::{CONTENT_TYPE, WWW_AUTHENTICATE},
};
use rmcp::transport::streamable_http_server::session::local::LocalSessionManager;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{house::House, refuse};
use crate::{
    door::{address::Names, admin::AdminToken},
    signals::{self, Recorder},
};

/// The text exposition format of Prometheus.
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; version=0.0.4; charset=utf-8");
const CHALLENGE: HeaderValue = HeaderValue::from_static("Bearer realm=\"b24-mcp metrics\"");

/// Reads everything that is counted, with what only the server knows at that moment.
pub(crate) struct Meter {
    recorder: Recorder,
    house: Arc<House>,
    sessions: Mutex<Option<Arc<LocalSessionManager>>>,
}

impl Meter {
    /// A meter for this house. Begins to keep samples in order.
    pub(crate) fn new(recorder: Recorder, house: Arc<House>) -> Arc<Self> {
        recorder.keep_up();
        Arc::new(Self { recorder, house, sessions: Mutex::default() })
    }

    /// From now on these sessions are counted too.
    pub(super) fn count_sessions(&self, sessions: Arc<LocalSessionManager>) {
        *self.sessions.lock().unwrap_or_else(PoisonError::into_inner) = Some(sessions);
    }

    /// Everything, as it is now.
    pub(crate) fn text(&self) -> String {
        self.house.tenants.portal().into_iter().for_each(Portal::tell_budgets);
        signals::frozen(self.house.frozen().is_some());
        let sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner).clone();
        // Whoever opens a session at this very moment will be counted the next time.
        let open = sessions.and_then(|manager| manager.sessions.try_read().ok().map(|open| open.len()));
        self.recorder.text(open)
    }
}

/// A meter, and who may read it.
pub(crate) struct Metrics {
    pub(crate) meter: Arc<Meter>,
    pub(crate) admin: Option<AdminToken>,
}

/// The route at the address of the server itself. There is none without an admin token.
pub(super) fn route(metrics: Option<Metrics>) -> Router {
    match metrics.filter(|metrics| metrics.admin.is_some()) {
        Some(metrics) => Router::new().route("/metrics", get(scrape)).with_state(Arc::new(metrics)),
        None => Router::new(),
    }
}

/// Serves metrics on a listener of their own, until `stop`.
pub(crate) async fn serve(
    metrics: Metrics,
    names: Option<Names>,
    listener: TcpListener,
    stop: CancellationToken,
) {
    let router = Router::new()
        .route("/metrics", get(scrape))
        .with_state(Arc::new(metrics))
        .fallback(nothing_here)
        .layer(middleware::from_fn_with_state(Arc::new(names), address));
    let served = axum::serve(listener, router).with_graceful_shutdown(stop.cancelled_owned()).await;
    if let Err(error) = served {
        tracing::error!(reason = %error.kind(), "Metrics are no longer served");
    }
}

async fn scrape(State(metrics): State<Arc<Metrics>>, headers: HeaderMap) -> Response {
    if metrics.admin.as_ref().is_some_and(|admin| !admin.opens(&headers)) {
        tracing::warn!(status = 401, "Metrics were asked for without the admin token");
        signals::turned_away("admin");
        let mut response = refuse::plain(StatusCode::UNAUTHORIZED, "metrics are for the admin");
        response.headers_mut().insert(WWW_AUTHENTICATE, CHALLENGE);
        return response;
    }
    let mut response = Body::from(metrics.meter.text()).into_response();
    response.headers_mut().insert(CONTENT_TYPE, TEXT);
    response
}

/// Turns away web pages that speak to a listener of this machine. One that others reach has names of its own.
async fn address(State(names): State<Arc<Option<Names>>>, request: Request, next: Next) -> Response {
    match names.as_ref().as_ref().map(|names| names.check(request.uri(), request.headers())) {
        Some(Err(foreign)) => refuse::plain(StatusCode::FORBIDDEN, &foreign.to_string()),
        _ => next.run(request).await,
    }
}

async fn nothing_here() -> Response {
    refuse::plain(StatusCode::NOT_FOUND, "there is nothing here but /metrics")
}
