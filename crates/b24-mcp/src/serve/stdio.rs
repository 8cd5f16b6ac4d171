//! The server at the other end of stdin and stdout. Nothing but JSON-RPC is ever written to stdout.
//!
//! Each line passes the same look as a request over HTTP does, so that what is refused there is refused here.

use std::sync::Arc;

use rmcp::ServiceExt;
use serde_json::json;
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    sync::mpsc,
};

use super::{
    envelope,
    handler::Handler,
    house::House,
    shutdown::{self, Draining},
};

/// The longest line that is read.
const LONGEST: u64 = 16 * 1024 * 1024;
/// Bytes between us and the protocol library.
const PIPE: usize = 64 * 1024;

/// Serves until stdin ends, or the process is told to stop; then until what runs has ended.
pub(crate) async fn serve(house: Arc<House>) -> Result<(), String> {
    serve_over(house, tokio::io::stdin(), tokio::io::stdout()).await
}

async fn serve_over(
    house: Arc<House>,
    input: impl AsyncRead + Send + Unpin + 'static,
    output: impl AsyncWrite + Send + Unpin + 'static,
) -> Result<(), String> {
    let running = house.running.clone();
    let (ours, theirs) = tokio::io::duplex(PIPE);
    let (answers, requests) = tokio::io::split(ours);
    let (refusals, refused) = mpsc::channel(16);
    let reader = tokio::spawn(pass_requests(input, requests, refusals));
    let writer = tokio::spawn(pass_answers(answers, refused, output));
    let service = Handler::for_stdio(house).serve(theirs).await.map_err(|error| error.to_string())?;
    let ended = tokio::select! {
        ended = service.waiting() => ended.map(|_| ()).map_err(|error| error.to_string()),
        () = shutdown::asked() => Ok(()),
    };
    reader.abort();
    shutdown::drain(Draining::default(), running).await;
    let _ = writer.await;
    ended
}

/// Hands on what is a message; answers what is none.
async fn pass_requests(
    input: impl AsyncRead + Unpin,
    mut requests: impl AsyncWrite + Unpin,
    refusals: mpsc::Sender<Vec<u8>>,
) -> std::io::Result<()> {
    use tokio::io::AsyncReadExt;
    let mut input = BufReader::new(input);
    let mut line = Vec::new();
    loop {
        line.clear();
        if (&mut input).take(LONGEST).read_until(b'\n', &mut line).await? == 0 {
            return requests.shutdown().await;
        }
        let body = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&line).trim_ascii();
        if body.is_empty() {
            continue;
        }
        match envelope::open(body) {
            Ok(_) => {
                requests.write_all(body).await?;
                requests.write_all(b"\n").await?;
            }
            Err(malformed) => {
                let error = json!({ "code": malformed.code(), "message": malformed.to_string() });
                let refusal = json!({ "jsonrpc": "2.0", "error": error }).to_string() + "\n";
                if refusals.send(refusal.into_bytes()).await.is_err() {
                    return Ok(());
                }
            }
        }
    }
}

/// Writes whole lines, from either side.
async fn pass_answers(
    answers: impl AsyncRead + Unpin,
    mut refused: mpsc::Receiver<Vec<u8>>,
    mut output: impl AsyncWrite + Unpin,
) -> std::io::Result<()> {
    let mut answers = BufReader::new(answers);
    let mut line = Vec::new();
    loop {
        // `read_until` keeps what it has read in `line` when the other branch wins.
        tokio::select! {
            read = answers.read_until(b'\n', &mut line) => {
                if read? == 0 && line.is_empty() {
                    return Ok(());
                }
                output.write_all(&line).await?;
                line.clear();
            }
            Some(refusal) = refused.recv() => output.write_all(&refusal).await?,
        }
        output.flush().await?;
    }
}
