//! The seventeen surprises of the protocol library, measured again: what our server does, and what the library still
//! does by itself.
//!
//! Where the second half of a test fails, the library has changed: the workaround that the test names can go.
//!
//! They are measured on the product, not on the build that has fixtures beside it.
#![cfg(not(feature = "conformance"))]

mod support;
mod upstream;

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use rmcp::transport::StreamableHttpServerConfig;
use serde_json::{Value, json};
use support::{OTHER, Response, Server, TOKEN, hello, message};
use upstream::{SENTINEL, Upstream, modern, written};

const LEGACY: &str = "2025-11-25";

fn list() -> String {
    message("tools/list", json!({}))
}

fn opened(response: &Response) -> String {
    response.header("mcp-session-id").expect("a session").to_owned()
}

/// Posts a message of the current version to the library alone.
fn modern_upstream(upstream: &Upstream, method: &'static str, params: Value) -> Response {
    let (headers, body) = modern(method, params);
    upstream.post(&headers.each_ref().map(|(name, value)| (*name, value.as_str())), &body)
}

#[test]
fn gotcha_01_a_page_of_another_origin_is_turned_away_by_our_door() {
    let evil = [("Origin", "https://evil.example")];
    assert_eq!(Server::sandbox(&[]).post(&evil, &list()).status, 403);
    // The workaround: door/address.rs.
    assert_eq!(Upstream::start().post(&evil, &message("initialize", hello(LEGACY))).status, 200);
}

#[test]
fn gotcha_02_every_output_schema_describes_an_object_since_old_clients_reject_the_whole_list_otherwise() {
    let list = Server::sandbox(&["--view", "full"]).legacy("tools/list", json!({}));
    let tools = list["result"]["tools"].as_array().expect("tools");
    let kinds: Vec<_> = tools.iter().map(|tool| &tool["outputSchema"]["type"]).collect();
    assert_eq!(kinds, vec!["object"; tools.len()]);
}

#[test]
fn gotcha_03_a_panic_in_a_tool_is_answered_by_the_house_because_the_library_never_answers_it() {
    // Our half cannot be provoked from outside: no tool panics. serve/house.rs tests it.
    let upstream = Upstream::start();
    let (headers, body) = modern("tools/call", json!({ "name": "panic" }));
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let mut stream = TcpStream::connect(upstream.address()).expect("it listens");
    // An answer would come at once. Nothing has to be fast here: what never comes is never early.
    stream.set_read_timeout(Some(Duration::from_millis(500))).expect("a time");
    stream.write_all(written(upstream.address(), "POST", &headers, &body).as_bytes()).expect("it reads");
    let mut told = String::new();
    let _ = stream.read_to_string(&mut told);
    // The workaround: the supervision of serve/house.rs.
    assert!(!told.contains("\"error\"") && !told.contains("\"result\""), "{told}");
}

#[test]
fn gotcha_04_a_malformed_message_is_an_error_of_json_rpc_and_not_a_wrong_media_type() {
    let server = Server::sandbox(&[]);
    let (ours, library) = (|body: &str| server.post(&[], body), Upstream::start());
    for (body, code) in [
        ("{", -32700),
        ("[]", -32600),
        (r#"{"id":1,"method":"ping"}"#, -32600),
        (r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#, -32600),
    ] {
        let refused = ours(body);
        assert_eq!((refused.status, &refused.json()["error"]["code"]), (400, &json!(code)), "{body}");
        assert_eq!(refused.json().get("id"), None, "{body}");
        // The workaround: serve/envelope.rs, and serve/mend.rs for what only the library can see.
        assert_eq!(library.post(&[], body).status, 415, "{body}");
    }
}

#[test]
fn gotcha_05_a_read_whose_client_has_gone_is_dropped() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let portal = runtime.block_on(b24_sim::Portal::start(b24_sim::Settings::default())).expect("a portal");
    portal.faults().plan("user.current=delay:60000*forever".parse().expect("a fault"));
    let webhook = portal.expose_webhook_url();
    let mut server = Server::start(&[], &[("B24_MCP_TOKEN", TOKEN), ("B24_WEBHOOK_URL", &webhook)]);
    let (headers, body) = modern("tools/call", json!({ "name": "b24_user_me", "arguments": {} }));
    let bearer = format!("Bearer {TOKEN}");
    let mut headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    headers.push(("Authorization", &bearer));
    let mut stream = TcpStream::connect(server.address()).expect("it listens");
    stream.write_all(written(server.address(), "POST", &headers, &body).as_bytes()).expect("it reads");
    // The house asks for the time zone first: when that is seen, the call has begun.
    while portal.traffic().is_empty() {
        std::thread::yield_now();
    }
    drop(stream);
    let line = server.log_line("Tool called");
    assert!(line.contains("CANCELLED"), "{line}");

    // The workaround: the supervision of serve/house.rs. The library tells a tool that its client has gone, and
    // lets it run on.
    let upstream = Upstream::start();
    let (headers, body) = modern("tools/call", json!({ "name": "hang" }));
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    let mut stream = TcpStream::connect(upstream.address()).expect("it listens");
    stream.write_all(written(upstream.address(), "POST", &headers, &body).as_bytes()).expect("it reads");
    assert_eq!(upstream.told.recv(), Ok("begun"));
    drop(stream);
    assert_eq!(upstream.told.recv(), Ok("outlived its client"));
}

#[test]
fn gotcha_06_a_session_belongs_to_its_caller_and_nobody_has_more_than_sixty_four() {
    let tokens = format!("anna={TOKEN},boris={OTHER}");
    let server = Server::start(&["--sandbox"], &[("B24_MCP_TOKEN", &tokens)]);
    let open = || opened(&server.post(&[], &message("initialize", hello(LEGACY))));
    let status = |bearer: &str, id: &str| {
        let bearer = format!("Bearer {bearer}");
        server.post(&[("Authorization", &bearer), ("Mcp-Session-Id", id)], &list()).status
    };
    let first = open();
    assert_eq!([status(TOKEN, &first), status(OTHER, &first)], [200, 404]);
    let others: Vec<String> = (0..64).map(|_| open()).collect();
    assert_eq!(
        [status(TOKEN, &first), status(TOKEN, &others[0]), status(TOKEN, &others[63])],
        [404, 200, 200]
    );

    // The workaround: serve/sessions.rs.
    let upstream = Upstream::start();
    let open =
        || opened(&upstream.post(&[("Authorization", "Bearer a")], &message("initialize", hello(LEGACY))));
    let first = open();
    for _ in 0..64 {
        open();
    }
    assert_eq!(
        upstream.post(&[("Authorization", "Bearer b"), ("Mcp-Session-Id", &first)], &list()).status,
        200
    );
}

#[test]
fn gotcha_07_a_client_that_cannot_be_asked_is_not_asked() {
    let server = Server::sandbox(&[]);
    let call = json!({ "name": "b24_task_delete", "arguments": { "taskId": 1 } });
    let answer = server.modern("tools/call", call).message();
    let result = &answer["result"];
    assert_eq!((&result["resultType"], &result["isError"]), (&json!("complete"), &json!(true)), "{answer}");
    // Nobody in the library checks that the client has declared what it is asked for: whoever asks has to.
    let asked = modern_upstream(&Upstream::start(), "tools/call", json!({ "name": "ask" }));
    assert_eq!(asked.message()["result"]["resultType"], "input_required");
}

#[test]
fn gotcha_08_a_list_is_private_may_be_kept_for_a_while_and_has_one_page() {
    let server = Server::sandbox(&[]);
    for method in ["tools/list", "prompts/list", "resources/list", "resources/templates/list"] {
        let list = server.modern(method, json!({})).message();
        let told = ["ttlMs", "cacheScope"].map(|key| &list["result"][key]);
        assert_eq!(told, [&json!(300_000), &json!("private")], "{method}");
        let next = server.legacy(method, json!({ "cursor": "next" }));
        assert_eq!(next["error"]["code"], -32602, "{method}");
    }
    // What surprises is a macro of the library; the server does not use it, so there is nothing to go.
}

#[test]
fn gotcha_09_every_result_says_who_answered() {
    let server = Server::sandbox(&[]);
    let name = |answer: &Value| {
        answer["result"]["_meta"]["io.modelcontextprotocol/serverInfo"]["name"].as_str().map(str::to_owned)
    };
    let call = json!({ "name": "b24_user_me", "arguments": {} });
    for (method, params) in [
        ("server/discover", json!({})),
        ("tools/list", json!({})),
        ("prompts/list", json!({})),
        ("resources/list", json!({})),
        ("resources/templates/list", json!({})),
        ("tools/call", call),
    ] {
        assert_eq!(name(&server.modern(method, params).message()).as_deref(), Some("b24-mcp"), "{method}");
    }
    // The workaround: `signature` of serve/handler.rs.
    let list = modern_upstream(&Upstream::start(), "tools/list", json!({})).message();
    assert_eq!((list["result"]["tools"].as_array().map(Vec::len), name(&list)), (Some(1), None));
}

#[test]
fn gotcha_10_schemas_carry_nothing_that_costs_tokens_or_that_some_client_does_not_understand() {
    let list = Server::sandbox(&["--view", "full"]).legacy("tools/list", json!({}));
    let mut noise = Vec::new();
    for tool in list["result"]["tools"].as_array().expect("tools") {
        for schema in ["inputSchema", "outputSchema"] {
            find_noise(&tool[schema], &format!("{} {schema}", tool["name"]), &mut noise);
        }
    }
    assert_eq!(noise, [""; 0]);
    // The workaround: b24-tools makes its schemas slim. The library's own are not.
    let own = rmcp::handler::server::tool::schema_for_type::<std::collections::BTreeMap<String, u64>>();
    let own = Value::Object((*own).clone());
    find_noise(&own, "own", &mut noise);
    assert_eq!(noise, ["own/$schema", "own/additionalProperties/format uint64"]);
}

/// What formats of numbers begin with; some validators do not know them.
const NUMERIC: [&str; 4] = ["uint", "int", "double", "float"];

fn find_noise(schema: &Value, place: &str, noise: &mut Vec<String>) {
    match schema {
        Value::Object(object) => {
            for (key, value) in object {
                let here = format!("{place}/{key}");
                match (key.as_str(), value) {
                    ("$schema" | "$defs" | "$ref" | "oneOf", _) | ("default", Value::Null) => {
                        noise.push(here)
                    }
                    // What may be left out is left out: only answers have a null where nothing is known.
                    ("type", Value::Array(types))
                        if !here.contains("output") && types.contains(&json!("null")) =>
                    {
                        noise.push(here);
                    }
                    ("format", Value::String(format))
                        if NUMERIC.iter().any(|word| format.starts_with(word)) =>
                    {
                        noise.push(format!("{here} {format}"));
                    }
                    _ => find_noise(value, &here, noise),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| find_noise(item, place, noise)),
        _ => {}
    }
}

#[test]
fn gotcha_11_a_misspelt_argument_is_refused_and_the_schema_says_so() {
    let server = Server::sandbox(&["--view", "full"]);
    let list = server.legacy("tools/list", json!({}));
    for tool in list["result"]["tools"].as_array().expect("tools") {
        assert_eq!(tool["inputSchema"]["additionalProperties"], false, "{}", tool["name"]);
    }
    let call = json!({ "name": "b24_task_get", "arguments": { "taskId": 1, "taskid": 1 } });
    assert_eq!(server.legacy("tools/call", call)["result"]["isError"], true);
    // The other surprises of the macro are met at compile time, and the server does not use it.
}

#[test]
fn gotcha_12_an_unknown_method_is_told_what_there_is_and_no_failure_is_quoted() {
    let server = Server::sandbox(&[]);
    let unknown = server.legacy("tools/cal", json!({}));
    assert!(
        unknown["error"]["message"].as_str().is_some_and(|told| told.contains("tools/list")),
        "{unknown}"
    );
    let bad = json!({ "name": "b24_task_get", "arguments": { "taskId": "x" } });
    assert_eq!(server.legacy("tools/call", bad)["result"]["isError"], true);

    // The workarounds: `on_custom_request` of serve/handler.rs, and refusals in the house's own words only.
    let upstream = Upstream::start();
    let unknown = modern_upstream(&upstream, "tools/cal", json!({})).message();
    assert_eq!(unknown["error"]["message"], "tools/cal");
    let failed = modern_upstream(&upstream, "tools/call", json!({ "name": "fail" }));
    assert!(failed.body.contains(SENTINEL), "{failed:?}");
}

#[test]
fn gotcha_13_no_level_of_the_log_shows_what_a_call_carries() {
    let server = Server::start(
        &["--sandbox"],
        &[("B24_MCP_TOKEN", TOKEN), ("B24_LOG", "trace,rmcp=trace,hyper=trace")],
    );
    let call = json!({ "name": "b24_user_find", "arguments": { "name": SENTINEL } });
    server.legacy("tools/call", call.clone());
    server.modern("tools/call", call);
    server.modern("tools/call", json!({ "name": "b24_user_me", "arguments": { "unknown": SENTINEL } }));
    let log = server.kill().stderr;
    assert!(log.contains("Tool called") && !log.contains(SENTINEL), "{log}");

    // The workaround: telemetry.rs keeps the library above DEBUG, where it prints whole calls.
    let seen = upstream_log(|| {
        let call = json!({ "name": "other", "arguments": { "name": SENTINEL } });
        modern_upstream(&Upstream::start(), "tools/call", call);
    });
    assert!(seen.contains(SENTINEL), "{seen}");
}

/// What the library logs at its finest level while something is done.
fn upstream_log(act: impl FnOnce()) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log");
    let file = std::fs::File::create(&path).expect("a file");
    let lines = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(file).finish();
    // The library's threads are not this one, so the subscriber is that of the whole process.
    let _ = tracing::subscriber::set_global_default(lines);
    act();
    std::fs::read_to_string(path).expect("UTF-8")
}

#[test]
fn gotcha_14_a_closed_session_is_gone_and_what_is_not_offered_is_refused() {
    let server = Server::sandbox(&[]);
    let id = opened(&server.post(&[], &message("initialize", hello(LEGACY))));
    let bearer = format!("Bearer {TOKEN}");
    let headers = [("Authorization", bearer.as_str()), ("Mcp-Session-Id", id.as_str())];
    assert_eq!(server.request("DELETE", "/mcp", &headers, "").status, 204);
    assert_eq!(server.legacy("logging/setLevel", json!({ "level": "info" }))["error"]["code"], -32601);

    // The workaround: `session_only` of serve/mcp_route.rs.
    let upstream = Upstream::start();
    let id = opened(&upstream.post(&[], &message("initialize", hello(LEGACY))));
    assert_eq!(upstream.request("DELETE", &[("Mcp-Session-Id", &id)], "").status, 202);
}

#[test]
fn gotcha_15_a_public_name_does_not_shut_out_health_checks_of_this_machine() {
    let server = Server::start(&["--public-url", "https://mcp.acme.example"], &[("B24_MCP_TOKEN", TOKEN)]);
    let status = |host| server.post(&[("Host", host)], &list()).status;
    assert_eq!(["mcp.acme.example", "localhost", "evil.example"].map(status), [200, 200, 403]);
    // The workaround: the library's own list is off, and door/address.rs has both.
    let config = StreamableHttpServerConfig::default().with_allowed_hosts(["mcp.acme.example"]);
    let upstream = Upstream::with(config);
    assert_eq!(upstream.post(&[], &message("initialize", hello(LEGACY))).status, 403);
}

#[test]
fn gotcha_16_what_an_old_client_writes_into_mcp_name_decides_nothing() {
    let server = Server::sandbox(&["--read-only"]);
    let body = message("tools/call", json!({ "name": "b24_task_delete", "arguments": { "taskId": 1 } }));
    let harmless = [("Mcp-Method", "tools/call"), ("Mcp-Name", "b24_user_me")];
    let refused = server.post(&harmless, &body).message();
    assert_eq!(refused["result"]["isError"], true, "{refused}");
    // The library compares them for the current version only, so nothing of ours may rely on the header.
    let upstream = Upstream::start();
    let id = opened(&upstream.post(&[], &message("initialize", hello(LEGACY))));
    let body = message("tools/call", json!({ "name": "other" }));
    let [method, name] = harmless;
    assert_eq!(upstream.post(&[method, name, ("Mcp-Session-Id", &id)], &body).status, 200);
}

#[test]
fn gotcha_17_a_version_that_nobody_knows_is_refused_in_a_way_that_new_clients_recognise() {
    let future = [("MCP-Protocol-Version", "2031-01-01")];
    let refused = Server::sandbox(&[]).post(&future, &list());
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (400, &json!(-32022)));
    // The workaround: `check_version` of serve/mcp_route.rs.
    let plain = Upstream::start().post(&future, &list());
    assert_eq!((plain.status, plain.body.starts_with('{')), (400, false), "{}", plain.body);
}
