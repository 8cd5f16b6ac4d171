//! The server at the other end of a pipe.

mod support;

use serde_json::json;
use support::{MODERN, Pipe, hello};

#[test]
fn an_old_client_works_over_the_pipe_and_stdout_holds_nothing_but_messages() {
    let mut pipe = Pipe::start(&["--sandbox"], &[("B24_LOG", "trace")]);
    assert_eq!(pipe.ask("initialize", hello("2025-06-18"))["result"]["protocolVersion"], "2025-06-18");
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    let answer = pipe.ask("tools/call", json!({ "name": "b24_user_me", "arguments": {} }));
    assert_eq!(answer["result"]["structuredContent"]["id"], 1);
    assert_eq!(pipe.end(), (String::new(), Some(0)));
}

#[test]
fn a_new_client_needs_no_greeting() {
    let mut pipe = Pipe::start(&["--sandbox"], &[]);
    let meta = json!({
        "io.modelcontextprotocol/protocolVersion": MODERN,
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    assert_eq!(pipe.ask("server/discover", json!({ "_meta": meta }))["result"]["resultType"], "complete");
    let params = json!({ "name": "b24_user_me", "arguments": {}, "_meta": meta });
    assert_eq!(pipe.ask("tools/call", params)["result"]["structuredContent"]["id"], 1);
}

#[test]
fn a_line_that_is_no_message_is_answered_and_the_next_one_is_served() {
    let mut pipe = Pipe::start(&["--sandbox"], &[]);
    pipe.ask("initialize", hello("2025-11-25"));
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    let mut told = Vec::new();
    for line in ["nonsense", "[]", r#"{"jsonrpc":"2.0","id":1,"method":"ping","method":"ping"}"#] {
        pipe.write(line);
        told.push(pipe.read().to_string());
    }
    insta::assert_snapshot!(told.join("\n"), @r#"
    {"jsonrpc":"2.0","error":{"code":-32700,"message":"the body is not JSON: expected ident at line 1 column 2"}}
    {"jsonrpc":"2.0","error":{"code":-32600,"message":"a batch of messages is not accepted: send each in a request of its own"}}
    {"jsonrpc":"2.0","error":{"code":-32600,"message":"the key \"method\" stands twice in one object; parsers silently keep only one of them"}}
    "#);
    assert_eq!(pipe.ask("ping", json!({}))["result"], json!({}));
}

#[test]
fn a_line_without_end_is_refused_once_and_the_next_one_is_served() {
    let mut pipe = Pipe::start(&["--sandbox"], &[]);
    pipe.ask("initialize", hello("2025-11-25"));
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    pipe.write(&"x".repeat(40 * 1024 * 1024));
    insta::assert_snapshot!(pipe.read(), @r#"{"jsonrpc":"2.0","error":{"code":-32600,"message":"the message is longer than 16777216 bytes"}}"#);
    assert_eq!(pipe.ask("ping", json!({}))["result"], json!({}));
}

#[test]
fn the_mark_of_utf_8_before_a_line_is_no_part_of_it() {
    let mut pipe = Pipe::start(&["--sandbox"], &[]);
    pipe.write(&format!("\u{feff}{}", support::message("initialize", hello("2025-11-25"))));
    assert_eq!(pipe.read()["id"], 1);
}

#[test]
fn with_nobody_at_the_other_end_the_program_ends_quietly() {
    let ended = support::run(&["stdio", "--sandbox"], &[]);
    assert_eq!((ended.code, ended.stdout.as_str()), (Some(0), ""), "{ended:?}");
    assert!(!ended.stderr.contains("error"), "{ended:?}");
}

#[test]
fn without_a_portal_every_tool_refuses_and_says_what_is_missing() {
    let mut pipe = Pipe::start(&[], &[]);
    pipe.ask("initialize", hello("2025-11-25"));
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    let answer = pipe.ask("tools/call", json!({ "name": "b24_user_me", "arguments": {} }));
    insta::assert_snapshot!(answer["result"]["content"][0]["text"].as_str().unwrap_or_default(), @r#"{"code":"NOT_CONFIGURED","message":"no Bitrix24 portal is configured: B24_WEBHOOK_URL is not set","hint":"tell the admin to set B24_WEBHOOK_URL to the address of an inbound webhook (https://your-portal/rest/1/your-secret/) and to run `b24-mcp doctor`"}"#);
}

#[cfg(unix)]
#[test]
fn a_process_that_is_told_to_stop_does_so_without_waiting_for_the_end_of_stdin() {
    let mut pipe = Pipe::start(&["--sandbox"], &[]);
    pipe.ask("initialize", hello("2025-11-25"));
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    pipe.ask("ping", json!({}));
    assert_eq!(pipe.terminate(), Some(0));
}
