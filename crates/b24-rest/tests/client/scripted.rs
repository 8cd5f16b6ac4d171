//! A portal of a few lines: it reads HTTP from a socket, remembers what it was asked, and answers by script.
//! It knows nothing of the client under test, and nothing of what a portal would do.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use b24_model::{effect::EffectKind, secret::WebhookUrl};
use b24_rest::{Call, Deadline, Limits, Options, Params, Patience, Portal};
use serde_json::Value;
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
};

/// The secret of every webhook here.
pub(crate) const SECRET: &str = "tHe0nly5ecretWord";

/// What happens to one request.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// A whole answer.
    Answer { status: u16, headers: Vec<(&'static str, String)>, body: Vec<u8> },
    /// An answer that announces more than it sends.
    Half { status: u16, body: &'static str },
    /// An answer that does not say its length: it ends with the connection.
    Unmeasured { headers: &'static str, body: Vec<u8> },
    /// The request is read, and the connection closed without a word.
    Close,
    /// The request is read, and nothing ever happens.
    Hang,
}

impl Step {
    pub(crate) fn json(status: u16, body: Value) -> Self {
        Self::text(status, body.to_string())
    }

    pub(crate) fn text(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::Answer { status, headers: Vec::new(), body: body.into() }
    }

    pub(crate) fn with(self, name: &'static str, value: impl Into<String>) -> Self {
        match self {
            Self::Answer { status, mut headers, body } => {
                headers.push((name, value.into()));
                Self::Answer { status, headers, body }
            }
            other => other,
        }
    }
}

/// One request, as it came.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    /// With the secret replaced, so that it may stand in snapshots.
    pub(crate) path: String,
    pub(crate) head: String,
    pub(crate) body: Value,
}

impl Seen {
    /// The commands of a batch, in order.
    pub(crate) fn commands(&self) -> Vec<(String, String)> {
        let commands = self.body["cmd"].as_object().cloned().unwrap_or_default();
        commands.into_iter().map(|(key, text)| (key, text.as_str().unwrap_or_default().to_owned())).collect()
    }
}

type Script = dyn Fn(usize, &Seen) -> Step + Send + Sync;

/// A listening portal. It stops with the runtime of its test.
pub(crate) struct Server {
    pub(crate) host: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    /// Answers request number `n` (from 0) with `script(n, request)`.
    pub(crate) async fn new(script: impl Fn(usize, &Seen) -> Step + Send + Sync + 'static) -> Self {
        Self::behind(None, script).await
    }

    /// The same, with every request answered alike.
    pub(crate) async fn always(step: Step) -> Self {
        Self::new(move |_, _| step.clone()).await
    }

    /// The same, behind TLS.
    pub(crate) async fn behind(
        tls: Option<tokio_rustls::TlsAcceptor>,
        script: impl Fn(usize, &Seen) -> Step + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let host = listener.local_addr().expect("an address").to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (script, log): (Arc<Script>, _) = (Arc::new(script), Arc::clone(&seen));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (script, log, tls) = (Arc::clone(&script), Arc::clone(&log), tls.clone());
                tokio::spawn(async move {
                    match tls {
                        None => serve(stream, &script, &log).await,
                        Some(tls) => match tls.accept(stream).await {
                            Ok(stream) => serve(stream, &script, &log).await,
                            Err(_) => None,
                        },
                    }
                });
            }
        });
        Self { host, seen }
    }

    pub(crate) fn seen(&self) -> MutexGuard<'_, Vec<Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was asked, one line for each request.
    pub(crate) fn traffic(&self) -> String {
        self.seen().iter().map(|seen| format!("{} {}", seen.path, seen.body)).collect::<Vec<_>>().join("\n")
    }

    pub(crate) fn portal(&self) -> Portal {
        self.portal_with(options())
    }

    pub(crate) fn portal_with(&self, options: Options) -> Portal {
        portal("http", &self.host, options)
    }
}

pub(crate) fn portal(scheme: &str, host: &str, options: Options) -> Portal {
    let webhook =
        WebhookUrl::parse(&format!("{scheme}://{host}/rest/7/{SECRET}/")).expect("the tests write it well");
    Portal::connect(webhook, options).expect("nothing can go wrong here")
}

/// No limits, and tries that follow each other at once.
pub(crate) fn options() -> Options {
    Options {
        timeout: Duration::from_secs(20),
        limits: Limits::OFF,
        patience: Patience { base: Duration::from_millis(1), ..Patience::default() },
        ..Options::default()
    }
}

/// Options for meeting `step`: patience with everything but a portal that never answers.
pub(crate) fn options_for(step: &Step) -> Options {
    match step {
        Step::Hang => Options { timeout: Duration::from_millis(100), ..options() },
        _ => options(),
    }
}

pub(crate) fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(50))
}

pub(crate) fn call<E: EffectKind>(method: &'static b24_model::Method<E>, params: Value) -> Call {
    Call::new(method, map(params))
}

pub(crate) fn map(value: Value) -> Params {
    match value {
        Value::Object(map) => map,
        other => panic!("{other} is not a map"),
    }
}

/// An error with all that lies under it, as a log would print it.
pub(crate) fn whole(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        next = cause.source();
    }
    text
}

async fn serve(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    script: &Arc<Script>,
    log: &Mutex<Vec<Seen>>,
) -> Option<()> {
    let mut buffer = Vec::new();
    loop {
        let seen = request(&mut stream, &mut buffer).await?;
        let step = {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            log.push(seen.clone());
            script(log.len() - 1, &seen)
        };
        match step {
            Step::Answer { status, headers, body } => {
                let mut head = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                // One write: two would wait for each other's acknowledgement.
                let answer = [format!("{head}\r\n").as_bytes(), &body].concat();
                stream.write_all(&answer).await.ok()?;
            }
            Step::Half { status, body } => {
                let head =
                    format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n\r\n{body}", body.len() + 100);
                stream.write_all(head.as_bytes()).await.ok()?;
                return None;
            }
            Step::Unmeasured { headers, body } => {
                let answer = [format!("HTTP/1.1 200 X\r\n{headers}\r\n").as_bytes(), &body].concat();
                stream.write_all(&answer).await.ok()?;
                return None;
            }
            Step::Close => return None,
            Step::Hang => std::future::pending().await,
        }
    }
}

async fn request(stream: &mut (impl AsyncRead + Unpin), buffer: &mut Vec<u8>) -> Option<Seen> {
    let end = loop {
        if let Some(end) = buffer.windows(4).position(|window| window == b"\r\n\r\n") {
            break end + 4;
        }
        more(stream, buffer).await?;
    };
    let head = String::from_utf8_lossy(&buffer[..end]).to_ascii_lowercase();
    let length: usize = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse().ok())
        .unwrap_or(0);
    while buffer.len() < end + length {
        more(stream, buffer).await?;
    }
    let path =
        String::from_utf8_lossy(&buffer[..end]).split(' ').nth(1).unwrap_or_default().replace(SECRET, "***");
    let body = serde_json::from_slice(&buffer[end..end + length]).unwrap_or(Value::Null);
    buffer.drain(..end + length);
    Some(Seen { path, head, body })
}

async fn more(stream: &mut (impl AsyncRead + Unpin), buffer: &mut Vec<u8>) -> Option<()> {
    let read = stream.read_buf(buffer).await.ok()?;
    (read > 0).then_some(())
}
