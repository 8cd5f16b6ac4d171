//! `health`: asks a running server whether it lives. For container checks in images without a shell.

use std::time::Duration;

use clap::Args;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::{exit::Exit, flags::Shared, say};
use crate::config::{Environment, Key, Listen, Source};

/// How long the server may take.
const PATIENCE: Duration = Duration::from_secs(3);
/// The largest answer that is read.
const LARGEST: u64 = 4096;

/// The arguments of `health`.
#[derive(Args)]
pub(crate) struct Health {
    /// Where the server listens [default: as configured]
    #[arg(long, value_name = "ADDRESS")]
    listen: Option<String>,
    #[command(flatten)]
    shared: Shared,
}

impl Health {
    /// Asks, and prints the answer.
    pub(crate) async fn run(self, environment: &Environment) -> Exit {
        let settings = self.shared.settle(environment, |written| {
            if let Some(listen) = &self.listen {
                written.say(Key::Listen, listen.as_str(), Source::Flag("--listen"));
            }
        });
        let listen = match settings {
            Ok(settings) => settings.listen,
            Err(exit) => return exit,
        };
        match tokio::time::timeout(PATIENCE, ask(&listen)).await {
            Ok(Ok(body)) => {
                say::data(&body);
                Exit::Done
            }
            Ok(Err(why)) => unhealthy(&listen, &why),
            Err(_) => unhealthy(&listen, "it does not answer"),
        }
    }
}

fn unhealthy(listen: &Listen, why: &str) -> Exit {
    say::talk(&format!("error: the server at {listen} is not healthy: {why}"));
    Exit::Failed
}

/// One request is not worth an HTTP client.
async fn ask(listen: &Listen) -> Result<String, String> {
    // A server that listens on every interface is also there on this one.
    let host = match listen.host.as_str() {
        "0.0.0.0" => "127.0.0.1",
        "::" => "::1",
        host => host,
    };
    let mut stream = TcpStream::connect((host, listen.port)).await.map_err(|error| error.to_string())?;
    let request = "GET /api/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    stream.write_all(request.as_bytes()).await.map_err(|error| error.to_string())?;
    let mut answer = String::new();
    stream.take(LARGEST).read_to_string(&mut answer).await.map_err(|error| error.to_string())?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("it did not answer in HTTP")?;
    let status = head.split(' ').nth(1).unwrap_or_default();
    if status == "200" { Ok(body.to_owned()) } else { Err(format!("it answered {status}")) }
}
