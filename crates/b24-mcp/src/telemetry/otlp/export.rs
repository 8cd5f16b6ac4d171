//! Sends what was collected, in the background: spans a second after they closed, metrics twice a minute, and both
//! once more at the end.

use std::{sync::Arc, time::Duration};

use b24_rest::ConnectError;
use bytes::Bytes;
use tokio::{sync::mpsc, task::JoinSet, time::Instant};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::{
    Endpoint, encode, prometheus,
    span::{Kept, Spans},
};
use crate::{clock, outbound::Outbound, redact, serve::metrics::Meter, signals};

/// Closed spans that wait to be sent. What comes when they are all waiting is lost.
const QUEUE: usize = 1024;
/// Spans in one message.
const MOST: usize = 256;
/// How long a span waits for company.
const LINGER: Duration = Duration::from_secs(1);
/// How often metrics are sent.
const EVERY: Duration = Duration::from_secs(30);
/// How long the last messages may take.
const GOODBYE: Duration = Duration::from_secs(2);

/// The way to a collector.
pub(crate) struct Exporter {
    outbound: Outbound,
    endpoint: Endpoint,
    tasks: JoinSet<()>,
    end: CancellationToken,
}

impl Exporter {
    /// Begins to send spans. Speaks to nobody before the first of them.
    pub(crate) fn start(endpoint: Endpoint, ca_pem: Option<&[u8]>) -> Result<(Self, Spans), ConnectError> {
        let outbound = Outbound::new(ca_pem)?;
        let (sender, closed) = mpsc::channel(QUEUE);
        let mut exporter = Self { outbound, endpoint, tasks: JoinSet::new(), end: CancellationToken::new() };
        let way = exporter.way("traces");
        exporter.tasks.spawn(send_spans(way, closed, exporter.end.clone()));
        Ok((exporter, Spans::to(sender)))
    }

    /// Begins to send metrics too.
    pub(crate) fn watch(&mut self, meter: Arc<Meter>) {
        let way = self.way("metrics");
        self.tasks.spawn(send_metrics(way, meter, self.end.clone()));
    }

    /// Sends what is left, if that does not take too long.
    pub(crate) async fn end(mut self) {
        self.end.cancel();
        let _ =
            tokio::time::timeout(GOODBYE, async { while self.tasks.join_next().await.is_some() {} }).await;
    }

    fn way(&self, signal: &'static str) -> Way {
        Way { outbound: self.outbound.clone(), url: self.endpoint.of(signal), signal, failed: false }
    }
}

/// The way of one signal.
struct Way {
    outbound: Outbound,
    url: Url,
    signal: &'static str,
    failed: bool,
}

impl Way {
    /// Sends a message. Complains once, until a message arrives again.
    async fn send(&mut self, body: Bytes) {
        let body = redact::bytes(body);
        let sent = self.outbound.post_json(&self.url, body).await;
        signals::exported(self.signal, sent.is_ok());
        match sent {
            Ok(()) => self.failed = false,
            Err(_) if self.failed => {}
            Err(error) => {
                self.failed = true;
                tracing::warn!(signal = self.signal, reason = %error, "The OTLP collector does not take what is sent");
            }
        }
    }
}

async fn send_spans(mut way: Way, mut closed: mpsc::Receiver<Kept>, end: CancellationToken) {
    let mut spans = Vec::with_capacity(MOST);
    loop {
        tokio::select! {
            _ = closed.recv_many(&mut spans, MOST) => {}
            () = end.cancelled() => {
                closed.close();
            }
        }
        if !closed.is_closed() {
            tokio::select! {
                () = tokio::time::sleep(LINGER) => {}
                () = end.cancelled() => {}
            }
        }
        while spans.len() < MOST
            && let Ok(span) = closed.try_recv()
        {
            spans.push(span);
        }
        if spans.is_empty() {
            return;
        }
        way.send(encode::traces(&spans)).await;
        spans.clear();
    }
}

async fn send_metrics(mut way: Way, meter: Arc<Meter>, end: CancellationToken) {
    let began = clock::now();
    let mut ticks = tokio::time::interval_at(Instant::now() + EVERY, EVERY);
    loop {
        let last = tokio::select! {
            _ = ticks.tick() => false,
            () = end.cancelled() => true,
        };
        way.send(prometheus::metrics(&meter.text(), began, clock::now())).await;
        if last {
            return;
        }
    }
}
