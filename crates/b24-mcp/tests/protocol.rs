//! Old clients and new ones at one address.

mod support;

use serde_json::{Value, json};
use support::{MODERN, OTHER, Response, Server, TOKEN, hello, message};

const LEGACY: [&str; 3] = ["2025-11-25", "2025-06-18", "2025-03-26"];

fn me() -> Value {
    json!({ "name": "b24_user_me", "arguments": {} })
}

fn names(list: &Value) -> Vec<&str> {
    let tools = list["result"]["tools"].as_array().expect("a list of tools");
    tools.iter().map(|tool| tool["name"].as_str().expect("a name")).collect()
}

fn open_session(server: &Server, version: &str) -> Response {
    server.post(&[], &message("initialize", hello(version)))
}

#[test]
fn a_legacy_request_without_a_session_is_served() {
    let server = Server::sandbox(&[]);
    for version in LEGACY {
        let headers = [("MCP-Protocol-Version", version)];
        let list = server.post(&headers, &message("tools/list", json!({}))).message();
        assert!(names(&list).contains(&"b24_task_list"), "{version}");
        assert_eq!(list["result"].as_object().map(|result| result.len()), Some(1), "{version}: {list}");
        let answer = server.post(&headers, &message("tools/call", me())).message();
        assert_eq!(answer["result"]["structuredContent"]["id"], 1, "{version}");
    }
    assert_eq!(server.legacy("tools/call", me())["result"]["isError"], false);
}

#[test]
fn an_old_client_gets_the_version_it_asked_for_and_a_session() {
    let server = Server::sandbox(&[]);
    for version in LEGACY {
        let opened = open_session(&server, version);
        assert_eq!(opened.message()["result"]["protocolVersion"], version);
        let id = opened.header("mcp-session-id").expect("a session").to_owned();
        let headers = [("Mcp-Session-Id", id.as_str()), ("MCP-Protocol-Version", version)];
        let greeted = json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }).to_string();
        assert_eq!(server.post(&headers, &greeted).status, 202);
        let answer = server.post(&headers, &message("tools/call", me())).message();
        assert_eq!(answer["result"]["structuredContent"]["id"], 1, "{version}");
    }
    let unknown = open_session(&server, "1999-01-01").message();
    assert_eq!(unknown["result"]["protocolVersion"], LEGACY[0]);
}

#[test]
fn a_session_exists_for_the_caller_that_opened_it_and_for_nobody_else() {
    let tokens = format!("anna={TOKEN},boris={OTHER}");
    let server = Server::start(&["--sandbox"], &[("B24_MCP_TOKEN", &tokens)]);
    let opened = open_session(&server, LEGACY[0]);
    let id = opened.header("mcp-session-id").expect("a session").to_owned();
    let boris = format!("Bearer {OTHER}");
    let list = message("tools/list", json!({}));
    let stolen = server.post(&[("Authorization", &boris), ("Mcp-Session-Id", &id)], &list);
    insta::assert_snapshot!(format!("{} {}", stolen.status, stolen.body), @r#"404 {"jsonrpc":"2.0","error":{"code":-32001,"message":"Session not found"}}"#);
    assert_eq!(server.post(&[("Mcp-Session-Id", "made-up")], &list).status, 404);
    assert_eq!(server.post(&[("Mcp-Session-Id", &id)], &list).status, 200);

    let anna = format!("Bearer {TOKEN}");
    let delete = |bearer: &str| {
        server.request("DELETE", "/mcp", &[("Authorization", bearer), ("Mcp-Session-Id", &id)], "").status
    };
    assert_eq!([delete(&boris), delete(&anna), delete(&anna)], [404, 204, 404]);
}

#[test]
fn of_two_requests_with_one_id_in_a_session_the_second_is_refused_and_the_first_is_answered() {
    let server = Server::sandbox(&["--fault", "any=delay:1500"]);
    let session = server.open_session("2025-06-18");
    let mut first = server.begin(&session, &message("tools/call", me()));
    let second = server.post(&[("Mcp-Session-Id", &session)], &message("ping", json!({})));
    insta::assert_snapshot!(format!("{} {}", second.status, second.body), @r#"400 {"jsonrpc":"2.0","error":{"code":-32600,"message":"this id is in flight: each request of a session has an id of its own"}}"#);
    let mut answer = String::new();
    std::io::Read::read_to_string(&mut first, &mut answer).expect("an answer");
    assert!(answer.contains(r#""id":1,"result""#), "{answer}");
    assert_eq!(server.post(&[("Mcp-Session-Id", &session)], &message("ping", json!({}))).status, 200);
}

#[test]
fn a_new_client_gets_everything_in_one_request() {
    let server = Server::sandbox(&[]);
    let discovered = server.modern("server/discover", json!({})).json();
    assert_eq!(
        discovered["result"]["supportedVersions"],
        json!(["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25", "2026-07-28"])
    );
    let list = server.modern("tools/list", json!({})).json();
    assert!(names(&list).contains(&"b24_task_list"));
    let about: Vec<&Value> = ["resultType", "ttlMs", "cacheScope"].map(|key| &list["result"][key]).to_vec();
    assert_eq!(about, [&json!("complete"), &json!(300_000), &json!("private")]);
    let answer = server.modern("tools/call", me()).json();
    assert_eq!(answer["result"]["structuredContent"]["id"], 1);
    assert_eq!(answer["result"]["_meta"]["io.modelcontextprotocol/serverInfo"]["name"], "b24-mcp");
}

#[test]
fn a_session_id_left_over_from_older_days_does_not_disturb_a_new_client() {
    let server = Server::sandbox(&[]);
    let mut params = me();
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": MODERN,
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let headers = [
        ("MCP-Protocol-Version", MODERN),
        ("Mcp-Method", "tools/call"),
        ("Mcp-Name", "b24_user_me"),
        ("Mcp-Session-Id", "left-over"),
    ];
    assert_eq!(server.post(&headers, &message("tools/call", params)).status, 200);
}

#[test]
fn a_version_that_nobody_knows_is_refused_with_those_that_are() {
    let server = Server::sandbox(&[]);
    let header_only =
        server.post(&[("MCP-Protocol-Version", "2031-01-01")], &message("tools/list", json!({})));
    insta::assert_snapshot!(format!("{} {}", header_only.status, header_only.body), @r#"400 {"jsonrpc":"2.0","error":{"code":-32022,"message":"unsupported protocol version","data":{"supported":["2024-11-05","2025-03-26","2025-06-18","2025-11-25","2026-07-28"],"requested":"2031-01-01"}}}"#);
    let params = json!({ "_meta": {
        "io.modelcontextprotocol/protocolVersion": "2031-01-01",
        "io.modelcontextprotocol/clientCapabilities": {},
    } });
    let headers = [("MCP-Protocol-Version", "2031-01-01"), ("Mcp-Method", "tools/list")];
    let both = server.post(&headers, &message("tools/list", params));
    assert_eq!((both.status, &both.json()["error"]["code"]), (400, &json!(-32022)));
}

#[test]
fn headers_that_contradict_the_message_are_refused_from_new_clients() {
    let server = Server::sandbox(&[]);
    let mut params = me();
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": MODERN,
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let headers =
        [("MCP-Protocol-Version", MODERN), ("Mcp-Method", "tools/call"), ("Mcp-Name", "b24_task_delete")];
    let refused = server.post(&headers, &message("tools/call", params));
    assert_eq!((refused.status, &refused.json()["error"]["code"]), (400, &json!(-32020)));
}

#[test]
fn an_unknown_tool_is_told_its_nearest_neighbour() {
    let server = Server::sandbox(&[]);
    let refused = server.legacy("tools/call", json!({ "name": "b24_task_lst", "arguments": {} }));
    insta::assert_snapshot!(refused, @r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"there is no tool `b24_task_lst`; did you mean `b24_task_list`?","data":{"nearest":"b24_task_list"}}}"#);
}

#[test]
fn an_unknown_tool_is_unknown_in_front_of_any_portal_or_none() {
    let server = Server::start(&[], &[("B24_MCP_TOKEN", TOKEN)]);
    let code = |name: &str| {
        let answer = server.legacy("tools/call", json!({ "name": name, "arguments": {} }));
        (answer["error"]["code"].as_i64(), answer["result"]["isError"].as_bool())
    };
    assert_eq!([code("b24_nothing"), code("b24_user_me")], [(Some(-32602), None), (None, Some(true))]);
}

#[test]
fn an_unknown_method_is_named() {
    let server = Server::sandbox(&[]);
    insta::assert_snapshot!(server.legacy("tools/cal", json!({})), @r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"there is no method `tools/cal`; this server serves completion/complete, prompts/get, prompts/list, resources/list, resources/read, resources/templates/list, server/discover, tools/call, tools/list"}}"#);
    assert_eq!(server.modern("tools/cal", json!({})).status, 404);
    insta::assert_snapshot!(server.legacy("tools/call", json!({ "name": 7 })), @r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32602,"message":"the parameters of `tools/call` do not have its shape"}}"#);
    assert_eq!(server.legacy("tools/list", json!({ "cursor": "x" }))["error"]["code"], -32602);
}

#[test]
fn every_listed_tool_says_what_it_does_to_the_portal() {
    let list = Server::sandbox(&["--view", "full"]).legacy("tools/list", json!({}));
    let lines: Vec<String> = list["result"]["tools"]
        .as_array()
        .expect("tools")
        .iter()
        .map(|tool| format!("{} {} {}", tool["name"], tool["title"], tool["annotations"]))
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn without_a_session_there_is_no_stream_and_nothing_to_delete() {
    let server = Server::sandbox(&[]);
    let bearer = format!("Bearer {TOKEN}");
    let status = |method| {
        let headers = [("Authorization", bearer.as_str()), ("Accept", "text/event-stream")];
        let response = server.request(method, "/mcp", &headers, "");
        (response.status, response.header("allow").map(str::to_owned))
    };
    for method in ["GET", "DELETE", "PUT"] {
        assert_eq!(status(method), (405, Some("POST".into())), "{method}");
    }
}

#[test]
fn a_server_configured_only_by_the_names_of_the_reference_system_bears_its_name() {
    let server = Server::start(
        &[],
        &[
            ("NUXT_MCP_AUTH_TOKEN", TOKEN),
            ("NUXT_BITRIX24_WEBHOOK_URL", "http://127.0.0.1:9/rest/1/not-a-secret/"),
        ],
    );
    let opened = open_session(&server, LEGACY[0]).message();
    assert_eq!(opened["result"]["serverInfo"]["name"], "bx24-template-mcp");
}
