//! Just enough of an MCP client to time a server with: newline-delimited JSON over stdio, and HTTP by hand.
//! Correctness is for the official clients to prove; nothing here is a second opinion on the protocol.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{ChildStdin, ChildStdout};
use std::time::Duration;

use serde_json::{Value, json};

/// A call that takes longer is an error.
const PATIENCE: Duration = Duration::from_secs(30);

fn initialize() -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {
        "protocolVersion": "2025-11-25",
        "capabilities": {},
        "clientInfo": { "name": "xtask", "version": "0" },
    } })
}

fn initialized() -> Value {
    json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })
}

fn who_am_i() -> Value {
    json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": { "name": "b24_user_me", "arguments": {} } })
}

/// Opens a conversation over stdio and calls one tool. Returns once the call has succeeded.
pub(crate) fn call_over_stdio(
    input: &mut ChildStdin,
    output: &mut BufReader<ChildStdout>,
) -> Result<(), String> {
    let mut ask = |message: Value, answered: bool| {
        writeln!(input, "{message}").map_err(|e| format!("the server takes no input: {e}"))?;
        let mut line = String::new();
        if answered {
            output.read_line(&mut line).map_err(|e| format!("the server gives no output: {e}"))?;
        }
        Ok::<_, String>(line)
    };
    ask(initialize(), true)?;
    ask(initialized(), false)?;
    succeeded(&ask(who_am_i(), true)?)
}

/// Opens a conversation over HTTP and calls one tool. Returns once the call has succeeded.
pub(crate) fn call_over_http(url: &str, token: &str) -> Result<(), String> {
    let opened = post(url, token, None, &initialize())?;
    let session = opened.header("mcp-session-id");
    post(url, token, session, &initialized())?;
    let called = post(url, token, session, &who_am_i())?;
    // The answer is either plain JSON or one event of a stream.
    let answer = called.body.lines().rfind(|line| line.contains("\"jsonrpc\""));
    succeeded(answer.unwrap_or_default().trim_start_matches("data:"))
}

fn succeeded(answer: &str) -> Result<(), String> {
    let value: Value = serde_json::from_str(answer).map_err(|e| format!("`{answer}` is no answer: {e}"))?;
    if value["result"]["content"].is_array() && value["result"]["isError"] != true {
        Ok(())
    } else {
        Err(format!("the call did not succeed: {answer}"))
    }
}

struct Response {
    head: String,
    body: String,
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find_map(|(key, value)| key.eq_ignore_ascii_case(name).then(|| value.trim()))
    }
}

fn post(url: &str, token: &str, session: Option<&str>, message: &Value) -> Result<Response, String> {
    let rest = url.strip_prefix("http://").ok_or("an address starts with http://")?;
    let (host, path) = rest.split_once('/').ok_or("an address has a path")?;
    let body = message.to_string();
    let session = session.map(|id| format!("Mcp-Session-Id: {id}\r\n")).unwrap_or_default();
    let request = format!(
        "POST /{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\
         Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n\
         MCP-Protocol-Version: 2025-11-25\r\n{session}Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let exchange = || {
        let mut stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok::<_, std::io::Error>(String::from_utf8_lossy(&answer).into_owned())
    };
    let answer = exchange().map_err(|e| format!("{host} does not answer: {e}"))?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("an answer without a head")?;
    let status = head.split(' ').nth(1).unwrap_or_default();
    if !status.starts_with('2') {
        return Err(format!("{host} answered {status}: {body}"));
    }
    Ok(Response { head: head.to_owned(), body: body.to_owned() })
}
