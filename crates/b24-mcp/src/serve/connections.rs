//! The connections: how many there may be, and how long each may be silent.
//!
//! Without this a client that sends nothing, or its headers letter by letter, would hold a place for ever.

use std::{
    io::ErrorKind,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use axum::{Router, body::Body};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tower::Service;

/// How many connections there may be, and how patient the server is with each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Patience {
    /// Connections at a time. Others wait until one of them ends.
    pub(crate) most: usize,
    /// Until the first headers are there.
    pub(crate) greeting: Duration,
    /// From one answer until the next headers are there. Longer than the minute after which balancers stop using a
    /// connection: the one who closes it should be them.
    pub(crate) silence: Duration,
}

impl Patience {
    /// The usual patience.
    pub(crate) fn with(most: usize) -> Self {
        Self { most, greeting: Duration::from_secs(10), silence: Duration::from_secs(75) }
    }
}

/// Serves connections until it is stopped, then until each has ended with the answer it was at.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    patience: Patience,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let places = Arc::new(Semaphore::new(patience.most));
    let open = TaskTracker::new();
    let mut was_full = false;
    loop {
        let is_full = places.available_permits() == 0;
        if is_full && !was_full {
            tracing::warn!(connections = patience.most, "As many connections as there may be; new ones wait");
        }
        was_full = is_full;
        let accepting = async {
            let place = Arc::clone(&places).acquire_owned().await.ok()?;
            Some((accept(&listener).await, place))
        };
        let accepted = tokio::select! {
            () = stop.cancelled() => None,
            accepted = accepting => accepted,
        };
        let Some((stream, place)) = accepted else { break };
        open.spawn(converse(stream, router.clone(), patience, stop.clone(), place));
    }
    drop(listener);
    open.close();
    open.wait().await;
    Ok(())
}

/// The next connection. What went wrong with one of them is not for the others to suffer; when the machine has no more
/// to give, a while later it may.
async fn accept(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            Err(error) => {
                let is_theirs = matches!(
                    error.kind(),
                    ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
                );
                if !is_theirs {
                    tracing::error!(%error, "No connection can be accepted");
                    tokio::time::sleep(Duration::from_secs(1)).await;
                }
            }
        }
    }
}

async fn converse(
    stream: TcpStream,
    router: Router,
    patience: Patience,
    stop: CancellationToken,
    _place: OwnedSemaphorePermit,
) {
    let has_greeted = AtomicBool::new(false);
    let service = service_fn(|request: hyper::Request<Incoming>| {
        has_greeted.store(true, Ordering::Relaxed);
        router.clone().call(request.map(Body::new))
    });
    let mut connection = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.silence)
            .serve_connection(TokioIo::new(stream), service)
    );
    let (mut is_greeting, mut is_stopping) = (true, false);
    let mut greeting = std::pin::pin!(tokio::time::sleep(patience.greeting));
    loop {
        tokio::select! {
            // However it ended, there is nobody left to tell.
            _ = connection.as_mut() => return,
            () = greeting.as_mut(), if is_greeting => {
                is_greeting = false;
                if !has_greeted.load(Ordering::Relaxed) {
                    return;
                }
            }
            () = stop.cancelled(), if !is_stopping => {
                is_stopping = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);
    const SOON: Duration = Duration::from_millis(50);

    async fn connect(
        patience: Patience,
    ) -> (TcpStream, CancellationToken, tokio::task::JoinHandle<std::io::Result<()>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let router = Router::new().route("/", get(|| async { "here" }));
        let stop = CancellationToken::new();
        let serving = tokio::spawn(serve(listener, router, patience, stop.clone()));
        (TcpStream::connect(address).await.expect("it listens"), stop, serving)
    }

    async fn rest_of(mut stream: TcpStream) -> String {
        let mut text = String::new();
        // A connection that is closed with something unread may end in a reset.
        let reading = stream.read_to_string(&mut text);
        let _ = tokio::time::timeout(Duration::from_secs(15), reading).await.expect("the server lets go");
        text
    }

    #[tokio::test]
    async fn whoever_sends_nothing_or_half_a_head_loses_the_connection() {
        for sent in ["", "GET / HTTP/1.1\r\nHost: x\r\n"] {
            let (mut stream, ..) = connect(Patience { most: 8, greeting: SOON, silence: HOUR }).await;
            stream.write_all(sent.as_bytes()).await.expect("open");
            assert_eq!(rest_of(stream).await, "", "{sent:?}");
        }
    }

    #[tokio::test]
    async fn a_connection_that_falls_silent_after_an_answer_is_closed() {
        let (mut stream, ..) = connect(Patience { most: 8, greeting: HOUR, silence: SOON }).await;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("open");
        assert!(rest_of(stream).await.ends_with("here"));
    }

    #[tokio::test]
    async fn a_connection_beyond_the_cap_waits_for_a_place() {
        let (first, ..) = connect(Patience { most: 1, greeting: HOUR, silence: HOUR }).await;
        let mut second = TcpStream::connect(first.peer_addr().expect("connected")).await.expect("a queue");
        second.write_all(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").await.expect("open");
        let mut answered = tokio::spawn(rest_of(second));
        assert!(tokio::time::timeout(SOON, &mut answered).await.is_err(), "the only place is taken");
        drop(first);
        assert!(answered.await.expect("it reads").ends_with("here"));
    }

    #[tokio::test]
    async fn a_server_that_is_stopped_closes_silent_connections_and_ends() {
        let (mut stream, stop, serving) = connect(Patience { most: 8, greeting: HOUR, silence: HOUR }).await;
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("open");
        let mut begun = [0; 8];
        stream.read_exact(&mut begun).await.expect("an answer");
        stop.cancel();
        assert!(rest_of(stream).await.ends_with("here"));
        assert!(serving.await.expect("it ends").is_ok());
    }
}
