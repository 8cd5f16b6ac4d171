//! The smallest HTTP client that can see what a real one hides: cut connections and lengths that lie.

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
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
    send_with(to, verb, path, &format!("Content-Type: {kind}"), body).await.map(|(reply, _)| reply)
}

/// The same with headers of one's own; returns the head of the answer too.
pub(crate) async fn send_with(
    to: SocketAddr,
    verb: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> Option<(Reply, String)> {
    let (head, bytes) = exchange(to, verb, path, headers, body.as_bytes()).await?;
    let body = String::from_utf8(bytes).expect("UTF-8");
    Some((reply(&head, body), head.to_ascii_lowercase()))
}

/// The head of the answer and the bytes behind it, whatever they are.
pub(crate) async fn exchange(
    to: SocketAddr,
    verb: &str,
    path: &str,
    headers: &str,
    body: &[u8],
) -> Option<(String, Vec<u8>)> {
    let stream = TcpStream::connect(to).await.expect("the portal listens");
    exchange_over(stream, &to.to_string(), verb, path, headers, body).await
}

/// The same over a connection that exists, to a host of one's own choice.
pub(crate) async fn exchange_over(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    host: &str,
    verb: &str,
    path: &str,
    headers: &str,
    body: &[u8],
) -> Option<(String, Vec<u8>)> {
    let headers = if headers.is_empty() { String::new() } else { format!("{headers}\r\n") };
    let head = format!(
        "{verb} {path} HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.expect("the head is taken");
    stream.write_all(body).await.expect("the body is taken");
    stream.flush().await.expect("the body is sent");
    let mut bytes = Vec::new();
    // A cut connection may end in a reset; what came before it counts.
    let _ = stream.read_to_end(&mut bytes).await;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let body = bytes.split_off(end + 4);
    bytes.truncate(end);
    Some((String::from_utf8(bytes).expect("UTF-8"), body))
}

/// The status in a head.
pub(crate) fn status(head: &str) -> u16 {
    head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status")
}

/// The value of a header.
pub(crate) fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(found, _)| found.eq_ignore_ascii_case(name))
        .map(|(_, value)| value)
}

fn reply(head: &str, body: String) -> Reply {
    let promised = header(head, "content-length").and_then(|length| length.parse::<usize>().ok());
    Reply { status: status(head), complete: promised.is_none_or(|length| length == body.len()), body }
}
