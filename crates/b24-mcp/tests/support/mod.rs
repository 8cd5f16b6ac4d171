//! A running server, and the plainest client there is: what a test sends is what goes over the wire.
#![allow(dead_code, reason = "each test file uses its own part of this")]
#![expect(unreachable_pub, reason = "test files include this as a module of their own")]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, Output, Stdio},
};

use serde_json::{Value, json};

/// A Bearer for tests.
pub const TOKEN: &str = "test-token-0123456789-abcdefghij";
/// Another one.
pub const OTHER: &str = "other-test-token-0123456789-abcd";
/// The current protocol version.
pub const MODERN: &str = "2026-07-28";

/// The program, away from any configuration of this machine.
pub fn program(args: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_b24-mcp"));
    command.args(args).env_clear().envs(environment.iter().copied()).current_dir(std::env::temp_dir());
    command
}

/// Runs the program to its end.
pub fn run(args: &[&str], environment: &[(&str, &str)]) -> Ended {
    Ended::from(program(args, environment).stdin(Stdio::null()).output().expect("the program starts"))
}

/// How the program ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl From<Output> for Ended {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

/// A server on a port of its own. Killed when the test ends.
pub struct Server {
    child: Child,
    address: String,
    stdout: BufReader<ChildStdout>,
    stderr: BufReader<ChildStderr>,
}

impl Server {
    /// Starts `serve` and waits until it listens.
    pub fn start(args: &[&str], environment: &[(&str, &str)]) -> Self {
        let listen = if args.contains(&"--listen") { vec![] } else { vec!["--listen", "127.0.0.1:0"] };
        let args = [&["serve"], listen.as_slice(), args].concat();
        let mut child = program(&args, environment)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        let mut stderr = BufReader::new(child.stderr.take().expect("piped"));
        let sandbox = args.contains(&"--sandbox");
        let line =
            if sandbox { line_with(&mut stdout, "URL ") } else { line_with(&mut stderr, "listening on ") };
        let url = line.split("http://").nth(1).expect("an address");
        let address = url.split('/').next().expect("a host").to_owned();
        Self { child, address, stdout, stderr }
    }

    /// A server with a portal in the box and [`TOKEN`].
    pub fn sandbox(args: &[&str]) -> Self {
        Self::start(&[&["--sandbox"], args].concat(), &[("B24_MCP_TOKEN", TOKEN)])
    }

    /// `127.0.0.1:port`.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Sends bytes, and reads until the server closes the connection.
    pub fn raw(&self, bytes: &[u8]) -> Response {
        exchange(&self.address, bytes)
    }

    /// Sends a request without a Bearer.
    pub fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
        let host = if headers.iter().any(|(name, _)| *name == "Host") {
            String::new()
        } else {
            format!("Host: {}\r\n", self.address)
        };
        let headers: String = headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let length = body.len();
        self.raw(
            format!(
                "{method} {path} HTTP/1.1\r\n{host}{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}"
            )
            .as_bytes(),
        )
    }

    /// Posts a body to `/mcp`, as a client with [`TOKEN`] does.
    pub fn post(&self, headers: &[(&str, &str)], body: &str) -> Response {
        self.post_to("/mcp", headers, body)
    }

    /// Makes a request of the oldest kind: no session, no version.
    pub fn legacy(&self, method: &str, params: Value) -> Value {
        self.post(&[], &message(method, params)).message()
    }

    /// Makes a request of the current protocol version.
    pub fn modern(&self, method: &str, mut params: Value) -> Response {
        params["_meta"] = json!({
            "io.modelcontextprotocol/protocolVersion": MODERN,
            "io.modelcontextprotocol/clientCapabilities": {},
        });
        let name = params["name"].as_str().or(params["uri"].as_str()).unwrap_or_default().to_owned();
        let mut headers = vec![("MCP-Protocol-Version", MODERN), ("Mcp-Method", method)];
        if !name.is_empty() {
            headers.push(("Mcp-Name", &name));
        }
        self.post(&headers, &message(method, params))
    }

    /// Begins a request of the current protocol version, and returns the connection as soon as the answer begins.
    pub fn begin_modern(&self, name: &str, mut params: Value) -> TcpStream {
        let meta = &mut params["_meta"];
        meta["io.modelcontextprotocol/protocolVersion"] = MODERN.into();
        meta["io.modelcontextprotocol/clientCapabilities"] = json!({});
        let head = format!("MCP-Protocol-Version: {MODERN}\r\nMcp-Method: tools/call\r\nMcp-Name: {name}");
        self.open_stream(&head, &message("tools/call", params))
    }

    /// Opens a session, as old clients do, and returns its id.
    pub fn open_session(&self, version: &str) -> String {
        let opened = self.post(&[], &message("initialize", hello(version)));
        opened.header("mcp-session-id").expect("a session").to_owned()
    }

    /// Posts a body to `/mcp` in a session, and returns the connection as soon as the answer begins.
    pub fn begin(&self, session: &str, body: &str) -> TcpStream {
        self.open_stream(&format!("Mcp-Session-Id: {session}"), body)
    }

    fn open_stream(&self, headers: &str, body: &str) -> TcpStream {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        let head = format!(
            "POST /mcp HTTP/1.1\r\nHost: {}\r\nAuthorization: Bearer {TOKEN}\r\n{headers}\r\n\
             Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n\
             Connection: close\r\nContent-Length: {}\r\n\r\n",
            self.address,
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).expect("the server reads");
        stream.read_exact(&mut [0; 8]).expect("an answer begins");
        stream
    }

    /// Posts a body to a path below `/mcp`, or `/mcp` itself.
    pub fn post_to(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Response {
        let bearer = format!("Bearer {TOKEN}");
        let mut all =
            vec![("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")];
        if !headers.iter().any(|(name, _)| *name == "Authorization") {
            all.push(("Authorization", &bearer));
        }
        all.extend_from_slice(headers);
        self.request("POST", path, &all, body)
    }

    /// Sends a notification in a session.
    pub fn notify(&self, session: &str, method: &str, params: Value) -> u16 {
        let body = json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string();
        self.post(&[("Mcp-Session-Id", session)], &body).status
    }

    /// The next line of the log that has this word in it.
    pub fn log_line(&mut self, word: &str) -> String {
        line_with(&mut self.stderr, word)
    }

    /// Asks the server to stop.
    #[cfg(unix)]
    pub fn terminate(&mut self) {
        terminate(&self.child);
    }

    /// Waits for the end, and returns what was left to read.
    pub fn end(mut self) -> Ended {
        let (mut stdout, mut stderr) = (String::new(), String::new());
        self.stdout.read_to_string(&mut stdout).expect("UTF-8");
        self.stderr.read_to_string(&mut stderr).expect("UTF-8");
        let code = self.child.wait().expect("it was started").code();
        Ended { code, stdout, stderr }
    }

    /// Stops the server at once and returns everything that it printed since it listens.
    pub fn kill(mut self) -> Ended {
        self.child.kill().expect("it runs");
        self.end()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The messages of a stream of events, one after the other.
pub fn events(stream: TcpStream) -> impl Iterator<Item = Value> {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.filter_map(|line| serde_json::from_str(line.strip_prefix("data: ")?).ok())
}

/// Sends bytes, and reads until the server closes the connection.
pub fn exchange(address: &str, bytes: &[u8]) -> Response {
    let mut stream = TcpStream::connect(address).expect("the server listens");
    // A server that has heard enough may close before everything is written.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    Response::read(&answer)
}

/// A client that speaks over stdin and stdout.
pub struct Pipe {
    child: Child,
    stdin: Option<ChildStdin>,
    stdout: BufReader<ChildStdout>,
}

impl Pipe {
    /// Starts `stdio`.
    pub fn start(args: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut child = program(&[&["stdio"], args].concat(), environment)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take().expect("piped"));
        Self { child, stdin, stdout: BufReader::new(stdout) }
    }

    /// Writes a line.
    pub fn write(&mut self, line: &str) {
        writeln!(self.stdin.as_mut().expect("open"), "{line}").expect("the program reads");
    }

    /// Reads a line; it must be JSON.
    pub fn read(&mut self) -> Value {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("UTF-8");
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line:?}"))
    }

    /// Writes a request and reads the next line.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        self.write(&message(method, params));
        self.read()
    }

    /// Asks the program to stop while stdin is still open, and returns how it ended.
    #[cfg(unix)]
    pub fn terminate(mut self) -> Option<i32> {
        terminate(&self.child);
        self.child.wait().expect("it was started").code()
    }

    /// Ends stdin, and returns what is left on stdout and how the program ended.
    pub fn end(mut self) -> (String, Option<i32>) {
        drop(self.stdin.take());
        let mut rest = String::new();
        self.stdout.read_to_string(&mut rest).expect("UTF-8");
        (rest, self.child.wait().expect("it was started").code())
    }
}

#[cfg(unix)]
fn terminate(child: &Child) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs").success());
}

/// A JSON-RPC request with id 1.
pub fn message(method: &str, params: Value) -> String {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params }).to_string()
}

/// The parameters of `initialize`.
pub fn hello(version: &str) -> Value {
    json!({ "protocolVersion": version, "capabilities": {}, "clientInfo": { "name": "test", "version": "1" } })
}

/// An HTTP response.
#[derive(Debug)]
pub struct Response {
    pub status: u16,
    pub reason: String,
    headers: Vec<(String, String)>,
    pub body: String,
}

impl Response {
    fn read(bytes: &[u8]) -> Self {
        let text = String::from_utf8(bytes.to_vec()).expect("UTF-8");
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let mut lines = head.split("\r\n");
        let mut first = lines.next().expect("a status line").splitn(3, ' ').skip(1);
        let status = first.next().expect("a status").parse().expect("a number");
        let reason = first.next().unwrap_or_default().to_owned();
        let headers: Vec<_> = lines
            .map(|line| line.split_once(": ").expect("a header"))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let mut response = Self { status, reason, headers, body: body.to_owned() };
        if response.header("transfer-encoding") == Some("chunked") {
            response.body = unchunk(body);
        }
        response
    }

    /// A header, by its lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The JSON of the body.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {:?}", self.body))
    }

    /// The JSON-RPC message, in a body of either kind.
    pub fn message(&self) -> Value {
        if self.header("content-type") != Some("text/event-stream") {
            return self.json();
        }
        let data = self
            .body
            .lines()
            .filter_map(|line| line.strip_prefix("data: "))
            .find(|data| data.starts_with('{'));
        serde_json::from_str(data.expect("an event with a message")).expect("JSON")
    }
}

fn unchunk(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((length, rest)) = body.split_once("\r\n") {
        let length = usize::from_str_radix(length, 16).unwrap_or(0);
        let Some(chunk) = rest.get(..length).filter(|chunk| !chunk.is_empty()) else {
            break;
        };
        whole.push_str(chunk);
        body = rest.get(length + 2..).unwrap_or_default();
    }
    whole
}

fn line_with(reader: &mut impl BufRead, word: &str) -> String {
    let mut line = String::new();
    while reader.read_line(&mut line).expect("UTF-8") > 0 {
        if line.contains(word) {
            return line;
        }
        line.clear();
    }
    panic!("the server ended before it said `{word}`");
}
