//! The server at the other end of stdin and stdout. Nothing but JSON-RPC is ever written to stdout.
//!
//! Each line passes the same look as a request over HTTP does, so that what is refused there is refused here.

use std::sync::Arc;

use rmcp::{ServiceExt, service::ServerInitializeError};
use serde_json::json;
use tokio::{
    io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWrite, AsyncWriteExt, BufReader},
    sync::mpsc,
};

use crate::redact;

use super::{
    envelope::{self, Malformed},
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
    let service = match Handler::for_stdio(house).serve(theirs).await {
        Ok(service) => service,
        // Nobody spoke. What was no message has been answered, if anything was said at all.
        Err(ServerInitializeError::ConnectionClosed(_)) => {
            let _ = writer.await;
            return Ok(());
        }
        Err(error) => return Err(error.to_string()),
    };
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
        let is_too_long = !line.ends_with(b"\n") && line.len() as u64 == LONGEST;
        if is_too_long {
            skip_line(&mut input).await?;
        }
        let body = envelope::without_mark(&line).trim_ascii();
        if body.is_empty() {
            continue;
        }
        let looked = if is_too_long { Err(Malformed::TooLong(LONGEST)) } else { envelope::open(body) };
        match looked {
            Ok(_) => {
                requests.write_all(body).await?;
                requests.write_all(b"\n").await?;
            }
            Err(malformed) => {
                let error =
                    json!({ "code": malformed.code(), "message": redact::text(&malformed.to_string()) });
                let refusal = json!({ "jsonrpc": "2.0", "error": error }).to_string() + "\n";
                if refusals.send(refusal.into_bytes()).await.is_err() {
                    return Ok(());
                }
            }
        }
    }
}

/// Throws away what is left of a line.
async fn skip_line(input: &mut (impl AsyncBufRead + Unpin)) -> std::io::Result<()> {
    loop {
        let there = input.fill_buf().await?;
        let end = there.iter().position(|byte| *byte == b'\n');
        let (length, is_over) = (end.map_or(there.len(), |at| at + 1), end.is_some() || there.is_empty());
        input.consume(length);
        if is_over {
            return Ok(());
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
