//! What a collector of OpenTelemetry receives, over real HTTP.

mod support;

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
    time::Duration,
};

use serde_json::{Value, json};
use support::{Server, TOKEN, message};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
/// So long that only a fault reaches it.
const EVER: Duration = Duration::from_secs(30);

/// A message: where it was posted, and its body.
type Posted = (String, String);

/// A collector that takes everything.
fn collector() -> (String, Receiver<Posted>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("bound"));
    let (sender, posted) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let sender = sender.clone();
            thread::spawn(move || take(stream, &sender));
        }
    });
    (address, posted)
}

/// Reads requests until the connection ends.
fn take(stream: TcpStream, sender: &Sender<Posted>) -> Option<()> {
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    loop {
        let mut first = String::new();
        reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).ok()?;
            let line = line.trim().to_ascii_lowercase();
            if line.is_empty() {
                break;
            }
            length = line.strip_prefix("content-length: ").map_or(Some(length), |n| n.parse().ok())?;
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        (&stream).write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").ok()?;
        let path = first.split(' ').nth(1)?.to_owned();
        sender.send((path, String::from_utf8(body).ok()?)).ok()?;
    }
}

/// The next message to `path`.
fn next(posted: &Receiver<Posted>, path: &str) -> String {
    loop {
        let (to, body) = posted.recv_timeout(EVER).expect("something is posted");
        if to == path {
            return body;
        }
    }
}

fn call(server: &Server, flags: &str) {
    let meta =
        json!({ "traceparent": format!("00-{TRACE}-00f067aa0ba902b7-{flags}"), "tracestate": "acme=1" });
    let arguments = json!({ "title": "Private title", "responsibleId": 1 });
    let params = json!({ "name": "b24_task_create", "arguments": arguments, "_meta": meta });
    assert_eq!(server.post(&[], &message("tools/call", params)).status, 200);
}

fn start(address: &str) -> Server {
    let args = ["--sandbox", "--fault", "tasks.task.add=drop-after*1"];
    Server::start(&args, &[("B24_MCP_TOKEN", TOKEN), ("B24_OTLP_ENDPOINT", address)])
}

/// Spans as they arrive, until the call itself, which ends after everything below it.
fn spans(posted: &Receiver<Posted>) -> Vec<Value> {
    let mut all: Vec<Value> = Vec::new();
    while !all.iter().any(|span| span["name"] == "call") {
        let body = next(posted, "/v1/traces");
        for word in ["Private", "/rest/", TOKEN] {
            assert!(!body.contains(word), "{word}: {body}");
        }
        let message: Value = serde_json::from_str(&body).expect("JSON");
        let more = message["resourceSpans"][0]["scopeSpans"][0]["spans"].as_array().expect("spans");
        all.extend(more.iter().cloned());
    }
    all
}

fn attribute<'a>(span: &'a Value, name: &str) -> &'a str {
    let said = span["attributes"].as_array().into_iter().flatten().find(|said| said["key"] == name);
    said.and_then(|said| said["value"]["stringValue"].as_str()).unwrap_or_default()
}

#[test]
fn a_call_is_a_span_under_the_client_s_own_with_its_requests_below_and_nothing_private() {
    let (address, posted) = collector();
    let server = start(&address);
    call(&server, "01");
    let spans = spans(&posted);
    let (root, below): (Vec<_>, Vec<_>) = spans.iter().partition(|span| span["name"] == "call");
    assert!(
        below.iter().all(|span| span["parentSpanId"] == root[0]["spanId"] && span["name"] == "rest.call")
    );
    assert!(spans.iter().all(|span| span["traceId"] == TRACE && span["traceState"] == "acme=1"));
    assert_eq!(
        (&root[0]["parentSpanId"], &root[0]["kind"], attribute(root[0], "tool.name")),
        (&json!("00f067aa0ba902b7"), &json!(2), "b24_task_create")
    );
    let lost =
        below.iter().find(|span| attribute(span, "rest.method") == "tasks.task.add").expect("it was sent");
    assert_eq!((&lost["kind"], &lost["status"]), (&json!(3), &json!({ "code": 2 })));
}

#[test]
fn what_is_left_is_sent_at_the_end_and_a_trace_that_the_client_does_not_keep_is_not() {
    let (address, posted) = collector();
    let mut server = start(&address);
    call(&server, "00");
    server.terminate();
    let metrics: Value = serde_json::from_str(&next(&posted, "/v1/metrics")).expect("JSON");
    assert_eq!(server.end().code, Some(0));
    let metrics =
        metrics["resourceMetrics"][0]["scopeMetrics"][0]["metrics"].as_array().expect("a list").clone();
    let calls =
        metrics.iter().find(|metric| metric["name"] == "b24_mcp_tool_calls_total").expect("the calls");
    assert_eq!(calls["sum"]["dataPoints"][0]["asDouble"], json!(1.0));
    assert!(posted.try_iter().all(|(path, _)| path != "/v1/traces"));
}

#[test]
fn a_collector_that_is_down_holds_nobody_up() {
    let mut server = start("http://127.0.0.1:9");
    call(&server, "01");
    server.terminate();
    let ended = server.end();
    assert_eq!(ended.code, Some(0));
    assert!(ended.stderr.contains("The OTLP collector does not take what is sent"), "{}", ended.stderr);
}
