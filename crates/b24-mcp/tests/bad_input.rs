//! Everything that is not a proper message gets a clear refusal, and the server lives on.

mod support;

use std::io::{Read, Write};

use serde_json::{Value, json};
use support::{Server, message};

fn refusal(server: &Server, body: &str) -> String {
    let response = server.post(&[], body);
    let error = &response.json()["error"];
    format!("{} {} {}", response.status, error["code"], error["message"].as_str().unwrap_or_default())
}

#[test]
fn what_is_no_message_is_refused_with_the_codes_of_json_rpc() {
    let server = Server::sandbox(&[]);
    let bodies = [
        "",
        "{",
        "nonsense",
        "[]",
        r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#,
        "7",
        r#"{"id":1,"method":"ping"}"#,
        r#"{"jsonrpc":"1.0","id":1,"method":"ping"}"#,
        r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#,
        r#"{"jsonrpc":"2.0","id":{},"method":"ping"}"#,
        r#"{"jsonrpc":"2.0","id":1}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":5}"#,
        r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}"#,
        r#"{"jsonrpc":"2.0","id":1,"result":{}}"#,
    ];
    let told: Vec<String> =
        bodies.iter().map(|body| format!("{body}\n    {}", refusal(&server, body))).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
        400 -32700 the body is not JSON: EOF while parsing a value at line 1 column 0
    {
        400 -32700 the body is not JSON: EOF while parsing an object at line 1 column 1
    nonsense
        400 -32700 the body is not JSON: expected ident at line 1 column 2
    []
        400 -32600 a batch of messages is not accepted: send each in a request of its own
    [{"jsonrpc":"2.0","id":1,"method":"ping"}]
        400 -32600 a batch of messages is not accepted: send each in a request of its own
    7
        400 -32600 a message is a JSON object
    {"id":1,"method":"ping"}
        400 -32600 `jsonrpc` must be "2.0"
    {"jsonrpc":"1.0","id":1,"method":"ping"}
        400 -32600 `jsonrpc` must be "2.0"
    {"jsonrpc":"2.0","id":null,"method":"ping"}
        400 -32600 `id` must be a text or a whole number that fits into 64 bits with its sign
    {"jsonrpc":"2.0","id":{},"method":"ping"}
        400 -32600 `id` must be a text or a whole number that fits into 64 bits with its sign
    {"jsonrpc":"2.0","id":1}
        400 -32600 the message is neither a request nor a response: it has no `method`, `result` or `error`
    {"jsonrpc":"2.0","id":1,"method":5}
        400 -32600 `method` must be a text
    {"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}
        400 -32600 the message is not a request of the Model Context Protocol
    {"jsonrpc":"2.0","id":1,"result":{}}
        400 -32600 stateless server does not accept JSON-RPC responses
    "#);
    assert_eq!(server.legacy("ping", json!({}))["result"], json!({}));
}

#[test]
fn a_key_that_stands_twice_is_refused_before_anything_runs() {
    let server = Server::sandbox(&[]);
    let body = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"b24_task_complete",
        "arguments":{"taskId":3,"taskId":4}}}"#;
    insta::assert_snapshot!(refusal(&server, body), @r#"400 -32600 the key "taskId" stands twice in one object; parsers silently keep only one of them"#);
}

#[test]
fn deep_nesting_costs_nothing() {
    let server = Server::sandbox(&[]);
    let deep = |levels: usize| {
        let (open, close) = ("{\"a\":".repeat(levels), "}".repeat(levels));
        format!(r#"{{"jsonrpc":"2.0","id":1,"method":"ping","params":{{"x":{open}1{close}}}}}"#)
    };
    insta::assert_snapshot!(refusal(&server, &deep(10_000)), @"400 -32600 the message is nested deeper than 64 levels");
    assert_eq!(server.post(&[], &deep(50)).status, 200);
}

#[test]
fn a_body_of_ten_megabytes_is_refused_announced_or_not() {
    let server = Server::sandbox(&[]);
    let body = message("ping", json!({ "x": "x".repeat(10_000_000) }));
    let announced = server.post(&[], &body);
    insta::assert_snapshot!(format!("{} {}", announced.status, announced.body), @r#"413 {"error":"the request is larger than 4194304 bytes"}"#);
    let chunk = "x".repeat(1_000_000);
    let chunks = format!("f4240\r\n{chunk}\r\n").repeat(10);
    let head = format!(
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Accept: application/json, text/event-stream\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
        support::TOKEN
    );
    assert_eq!(server.raw(format!("{head}{chunks}0\r\n\r\n").as_bytes()).status, 413);
    assert_eq!(server.legacy("ping", json!({}))["result"], json!({}));
}

#[test]
fn a_client_that_does_not_speak_the_transport_is_told_so() {
    let server = Server::sandbox(&[]);
    let bearer = format!("Bearer {}", support::TOKEN);
    let status = |kind: &str, accept: &str| {
        let headers = [("Authorization", bearer.as_str()), ("Content-Type", kind), ("Accept", accept)];
        server.request("POST", "/mcp", &headers, &message("ping", json!({}))).status
    };
    let both = "application/json, text/event-stream";
    assert_eq!(status("text/plain", both), 415);
    assert_eq!(status("application/json", "application/json"), 406);
    assert_eq!(status("application/json", "*/*"), 200);
    assert_eq!(status("application/json", "text/html, */*;q=0.8"), 200);
    let silent = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    assert_eq!(server.request("POST", "/mcp", &silent, &message("ping", json!({}))).status, 200);
    assert_eq!(status("application/json; charset=utf-8", both), 200);
}

#[test]
fn a_client_that_writes_everything_before_it_reads_learns_that_it_was_too_much() {
    let server = Server::sandbox(&[]);
    let body = "x".repeat(10_000_000);
    let head = format!(
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n",
        support::TOKEN,
        body.len()
    );
    let mut stream = std::net::TcpStream::connect(server.address()).expect("it listens");
    stream.write_all(format!("{head}{body}").as_bytes()).expect("it reads on");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("no reset");
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

#[test]
fn a_body_that_ends_early_is_no_large_one() {
    let server = Server::sandbox(&[]);
    let head = format!(
        "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: 100\r\n\r\n{{",
        support::TOKEN
    );
    let mut stream = std::net::TcpStream::connect(server.address()).expect("it listens");
    stream.write_all(head.as_bytes()).expect("it reads");
    stream.shutdown(std::net::Shutdown::Write).expect("open");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("UTF-8");
    assert!(answer.starts_with("HTTP/1.1 400 ") && answer.contains("before its body was whole"), "{answer}");
}

#[test]
fn headers_that_could_be_read_in_two_ways_are_refused() {
    let server = Server::sandbox(&[]);
    let bearer = format!("Bearer {}", support::TOKEN);
    let told = |headers: &[(&str, &str)]| {
        let response = server.request("POST", "/mcp", headers, &message("ping", json!({})));
        format!("{} {}", response.status, response.body)
    };
    let [auth, kind] = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    insta::assert_snapshot!(told(&[auth, ("Authorization", "Bearer other"), kind]), @r#"400 {"error":"More than one Authorization header"}"#);
    insta::assert_snapshot!(told(&[auth, kind, ("Content-Type", "text/plain")]), @r#"400 {"error":"there is more than one Content-Type header"}"#);
}

#[test]
fn whole_numbers_are_ids_however_they_are_written_and_others_are_refused_by_name() {
    let server = Server::sandbox(&[]);
    let told = ["-0", "1.0", "9223372036854775807", "9223372036854775808", "0.5"].map(|id| {
        let body = format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"ping"}}"#);
        format!("{id}: {}", server.post(&[], &body).body)
    });
    insta::assert_snapshot!(told.join("\n"), @r#"
    -0: {"jsonrpc":"2.0","id":0,"result":{}}
    1.0: {"jsonrpc":"2.0","id":1,"result":{}}
    9223372036854775807: {"jsonrpc":"2.0","id":9223372036854775807,"result":{}}
    9223372036854775808: {"jsonrpc":"2.0","error":{"code":-32600,"message":"`id` must be a text or a whole number that fits into 64 bits with its sign"}}
    0.5: {"jsonrpc":"2.0","error":{"code":-32600,"message":"`id` must be a text or a whole number that fits into 64 bits with its sign"}}
    "#);
}

#[test]
fn the_mark_of_utf_8_before_a_message_is_no_part_of_it() {
    let server = Server::sandbox(&[]);
    let marked = format!("\u{feff}{}", message("ping", json!({})));
    assert_eq!(server.post(&[], &marked).message()["result"], json!({}));
}

#[test]
fn bad_arguments_are_refusals_that_a_model_can_read() {
    let server = Server::sandbox(&[]);
    let big = 9_007_199_254_740_993_u64;
    let asks = [
        ("b24_task_get", json!({})),
        ("b24_task_get", json!({ "taskId": "three" })),
        ("b24_task_get", json!({ "taskId": 0 })),
        ("b24_task_get", json!({ "taskId": -3 })),
        ("b24_task_get", json!({ "taskId": big })),
        ("b24_task_get", json!({ "taskId": 3, "taskID": 3 })),
        ("b24_task_complete", json!({ "taskId": [] })),
    ];
    for (name, arguments) in asks {
        let answer = server.legacy("tools/call", json!({ "name": name, "arguments": arguments }));
        let result = &answer["result"];
        let text = result["content"][0]["text"].as_str().unwrap_or_default();
        let refusal: Value = serde_json::from_str(text).unwrap_or_default();
        assert_eq!(
            (&result["isError"], &refusal["code"]),
            (&json!(true), &json!("INVALID_INPUT")),
            "{arguments} {answer}"
        );
    }
}
