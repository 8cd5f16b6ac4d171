//! A listener on this machine stands for GitHub: real TLS, real HTTP, one answer for each test.

use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use b24_model::secret::FeedbackToken;

use super::{known::Known, *};

const TOKEN: &str = "not-a-token-of-github-0123456789";

/// The mailbox in front of a listener that answers `answer` once, and what the listener was told.
async fn github(answer: String) -> (GitHub, JoinHandle<String>) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).expect("its key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .expect("a certificate and its key");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let told = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.expect("somebody");
        let mut stream = TlsAcceptor::from(Arc::new(config)).accept(stream).await.expect("a handshake");
        let told = request(&mut stream).await;
        stream.write_all(answer.as_bytes()).await.expect("a listener");
        stream.shutdown().await.ok();
        told
    });
    (mailbox(&format!("https://localhost:{port}"), Some(cert.pem().into_bytes())), told)
}

fn mailbox(api: &str, ca_pem: Option<Vec<u8>>) -> GitHub {
    let place = Place {
        repository: "acme/feedback".parse().expect("a repository"),
        token: FeedbackToken::new(TOKEN),
        known: Known::default(),
    };
    GitHub { place, ca_pem, api: api.to_owned(), outbound: OnceLock::new() }
}

/// Reads one request, its body included.
async fn request(stream: &mut (impl AsyncReadExt + Unpin)) -> String {
    let mut told = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&told).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        let read = stream.read(&mut chunk).await.expect("a request");
        assert!(read > 0, "the request broke off: {text}");
        told.extend_from_slice(&chunk[..read]);
    }
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

fn note() -> Note {
    Note {
        title: "[agent-feedback/problem] Dates".into(),
        body: "1 &lt; 2".into(),
        labels: vec!["agent-feedback".into()],
    }
}

#[tokio::test]
async fn a_note_becomes_an_issue() {
    let body = r#"{"number":7,"html_url":"https://github.com/acme/feedback/issues/7","id":1}"#;
    let (github, told) = github(answer("201 Created", "", body)).await;

    let filed = github.file(&note()).await;

    let url = "https://github.com/acme/feedback/issues/7".to_owned();
    assert_eq!(filed, Ok(Filed { url, number: 7 }));
    let told = told.await.expect("a request");
    let (head, body) = told.split_once("\r\n\r\n").expect("a head");
    let mut lines: Vec<_> =
        head.lines().filter(|line| !line.starts_with("host:")).map(str::to_owned).collect();
    lines[1..].sort_unstable();
    insta::assert_snapshot!(format!("{}\n\n{body}", lines.join("\n")).replace(TOKEN, "<token>"));
}

#[tokio::test]
async fn whatever_github_says_a_model_is_told_one_of_four_words() {
    let elsewhere = r#"{"number":7,"html_url":"https://evil.example/acme/feedback/issues/7"}"#;
    let cases = [
        (answer("401 Unauthorized", "", "{}"), NotFiled::Rejected),
        (answer("403 Forbidden", "", "{}"), NotFiled::Rejected),
        (answer("404 Not Found", "", "{}"), NotFiled::Rejected),
        // Followed, it would carry the token to wherever it points.
        (
            answer("307 Temporary Redirect", "location: https://localhost:1/stolen\r\n", ""),
            NotFiled::Rejected,
        ),
        (answer("422 Unprocessable", "", "{}"), NotFiled::Upstream),
        (answer("503 Unavailable", "", "<html>"), NotFiled::Upstream),
        (answer("201 Created", "", "<html>"), NotFiled::Upstream),
        (answer("201 Created", "", elsewhere), NotFiled::Upstream),
        (answer("201 Created", "", &format!("\"{}\"", "x".repeat(400_000))), NotFiled::Upstream),
        ("HTTP/1.1 201 Created\r\ncontent-length: 50\r\n\r\n{".to_owned(), NotFiled::Network),
        ("no HTTP at all\r\n\r\n".to_owned(), NotFiled::Network),
    ];
    for (answer, expected) in cases {
        let (github, _told) = github(answer.clone()).await;
        assert_eq!(github.file(&note()).await, Err(expected), "{answer:.60}");
    }
}

#[tokio::test]
async fn a_listener_that_nobody_vouches_for_learns_nothing() {
    let (mut github, told) = github(answer("201 Created", "", "{}")).await;
    github.ca_pem = None;

    assert_eq!(github.file(&note()).await, Err(NotFiled::Network));
    assert!(told.await.is_err(), "the handshake has to fail before the token is sent");
}

#[tokio::test]
async fn nobody_there_is_told_as_such_and_the_token_is_never_shown() {
    let gone = mailbox("https://localhost:1", None);

    assert_eq!(gone.file(&note()).await, Err(NotFiled::Network));
    assert!(!format!("{:?}", gone.place).contains(TOKEN));
    assert_eq!(API, "https://api.github.com");
}
