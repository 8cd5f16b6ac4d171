//! The smallest HTTP client that can see what a real one hides: cut connections and lengths that lie.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// What came back.
#[derive(Debug, PartialEq)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) body: String,
    /// Whether the body is as long as `Content-Length` promised.
    pub(crate) complete: bool,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("the answer is JSON")
    }
}

/// Sends one request on a fresh connection. `None` when the connection closed without an answer.
pub(crate) async fn send(to: SocketAddr, verb: &str, path: &str, kind: &str, body: &str) -> Option<Reply> {
    send_with(to, verb, path, &format!("Content-Type: {kind}"), body)
        .await
        .map(|(reply, _)| reply)
}

/// The same with headers of one's own; returns the head of the answer too.
pub(crate) async fn send_with(
    to: SocketAddr,
    verb: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> Option<(Reply, String)> {
    let mut stream = TcpStream::connect(to).await.expect("the portal listens");
    let head = format!(
        "{verb} {path} HTTP/1.1\r\nHost: {to}\r\n{headers}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream
        .write_all(head.as_bytes())
        .await
        .expect("the head is taken");
    stream
        .write_all(body.as_bytes())
        .await
        .expect("the body is taken");
    let mut bytes = Vec::new();
    // A cut connection may end in a reset; what came before it counts.
    let _ = stream.read_to_end(&mut bytes).await;
    let text = String::from_utf8(bytes).expect("UTF-8");
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok())
        .expect("a status");
    let promised = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, length)| length.parse::<usize>().ok());
    let complete = promised.is_none_or(|length| length == body.len());
    Some((
        Reply {
            status,
            complete,
            body: body.to_owned(),
        },
        head.to_ascii_lowercase(),
    ))
}
