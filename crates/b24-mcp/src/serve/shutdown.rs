//! The end: no new requests, a while for what runs, then the streams, then out.

use std::time::Duration;

use axum::{body::Body, response::Response};
use futures_util::StreamExt;
use http::header::CONTENT_TYPE;
use tokio::task::JoinHandle;
use tokio_util::task::{TaskTracker, task_tracker::TaskTrackerToken};

/// How long what runs is waited for. Container platforms kill after 10 s unless told otherwise.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long connections have to close when nothing runs any more.
const GOODBYE: Duration = Duration::from_secs(1);

/// Counts requests that have no whole answer yet.
#[derive(Clone, Default)]
pub(super) struct Draining(TaskTracker);

impl Draining {
    pub(super) fn enter(&self) -> TaskTrackerToken {
        self.0.token()
    }
}

/// Keeps a request counted until the last event of its answer is gone. Answers in one piece need no holding:
/// a connection is not closed before they are written.
pub(super) fn hold_until_sent(response: Response, token: TaskTrackerToken) -> Response {
    let is_stream = response.headers().get(CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
    if !is_stream {
        return response;
    }
    response.map(|body| {
        Body::from_stream(body.into_data_stream().inspect(move |_| {
            let _held = &token;
        }))
    })
}

/// Returns when the process is asked to stop: SIGTERM, or Ctrl-C.
pub(crate) async fn asked() {
    let interrupt = async {
        // Without a handler there is nothing to wait for.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = interrupt => {}
        () = terminate() => {}
    }
}

#[cfg(unix)]
async fn terminate() {
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => {
            signal.recv().await;
        }
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminate() {
    std::future::pending().await
}

/// Waits for requests and calls that run, but not for ever; a second request to stop ends the wait.
pub(super) async fn drain(draining: Draining, calls: TaskTracker) {
    draining.0.close();
    calls.close();
    let quiet = async {
        draining.0.wait().await;
        calls.wait().await;
    };
    tracing::info!(requests = draining.0.len(), calls = calls.len(), "Stopping");
    tokio::select! {
        () = quiet => {}
        () = tokio::time::sleep(PATIENCE) => {
            tracing::warn!(requests = draining.0.len(), calls = calls.len(), "Stopped before everything had ended");
        }
        () = asked() => {}
    }
}

/// Waits a moment for connections to close.
pub(super) async fn last_words(served: JoinHandle<std::io::Result<()>>) -> std::io::Result<()> {
    match tokio::time::timeout(GOODBYE, served).await {
        Ok(Ok(ended)) => ended,
        // A connection that does not close, or a server task that ended badly: we are leaving anyway.
        Ok(Err(_)) | Err(_) => Ok(()),
    }
}
