//! Prompts, resources and completions, for old clients and new ones.

mod support;

use serde_json::{Value, json};
use support::{MODERN, Pipe, Server};

fn modern(server: &Server, method: &str, key: &str, params: Value) -> Value {
    let mut params = params;
    let name = params[key].as_str().unwrap_or_default().to_owned();
    params["_meta"] = json!({
        "io.modelcontextprotocol/protocolVersion": MODERN,
        "io.modelcontextprotocol/clientCapabilities": {},
    });
    let mut headers = vec![("MCP-Protocol-Version", MODERN), ("Mcp-Method", method)];
    if !name.is_empty() {
        headers.push(("Mcp-Name", &name));
    }
    server.post(&headers, &support::message(method, params)).message()
}

#[test]
fn what_is_offered_beside_tools_is_declared_and_listed() {
    let server = Server::sandbox(&[]);
    let discovered = server.modern("server/discover", json!({})).json();
    assert_eq!(
        discovered["result"]["capabilities"],
        json!({ "completions": {}, "prompts": {}, "resources": {}, "tools": {} })
    );
    let list = |method: &str| modern(&server, method, "-", json!({}))["result"].clone();
    insta::assert_json_snapshot!([
        list("prompts/list")["prompts"][0].clone(),
        list("resources/list"),
        list("resources/templates/list"),
    ], { "[].**.version" => "VERSION" });
}

#[test]
fn a_prompt_is_said_in_either_language_and_its_mistakes_are_errors_of_the_protocol() {
    let server = Server::sandbox(&[]);
    let get = |params: Value| server.legacy("prompts/get", params);
    let said = get(json!({ "name": "weekly_report", "arguments": { "person": "Anna", "language": "ru" } }));
    let message = &said["result"]["messages"][0];
    assert_eq!((&message["role"], &message["content"]["type"]), (&json!("user"), &json!("text")));
    assert!(message["content"]["text"].as_str().expect("a text").starts_with("Напиши отчёт о работе «Anna»"));
    assert_eq!(said["result"]["description"].as_str().map(|text| text.chars().count() > 20), Some(true));
    for wrong in [json!({ "name": "nonsense" }), json!({ "name": "handover" }), json!({ "name": 7 })] {
        assert_eq!(get(wrong.clone())["error"]["code"], -32602, "{wrong}");
    }
    let said = modern(&server, "prompts/get", "name", json!({ "name": "attention" }));
    assert_eq!(said["result"]["resultType"], "complete");
    let server = Server::start(&["--sandbox"], &[("B24_MCP_TOKEN", support::TOKEN), ("B24_LANGUAGE", "ru")]);
    let list = server.legacy("prompts/list", json!({}));
    assert_eq!(list["result"]["prompts"][0]["title"], "Что требует внимания прямо сейчас");
}

#[test]
fn a_resource_is_read_by_its_address_with_what_a_cache_has_to_know() {
    let server = Server::sandbox(&[]);
    let read = |uri: &str| modern(&server, "resources/read", "uri", json!({ "uri": uri }));
    let task = read("b24://task/1")["result"].clone();
    assert_eq!((&task["ttlMs"], &task["cacheScope"]), (&json!(30_000), &json!("private")));
    let contents = &task["contents"][0];
    assert_eq!(
        (&contents["uri"], &contents["mimeType"]),
        (&json!("b24://task/1"), &json!("application/json"))
    );
    let inside: Value = serde_json::from_str(contents["text"].as_str().expect("a text")).expect("JSON");
    assert_eq!(inside["id"], 1);
    for nothing in ["b24://task/99999", "b24://task/x", "b24://nonsense", "b24://user/99999"] {
        assert_eq!(read(nothing)["error"]["code"], -32602, "{nothing}");
    }
    let old = server.legacy("resources/read", json!({ "uri": "b24://task/99999" }));
    insta::assert_snapshot!(old, @r#"{"jsonrpc":"2.0","id":1,"error":{"code":-32002,"message":"task 99999 does not exist, or the acting person may not see it","data":{"code":"NOT_FOUND","message":"task 99999 does not exist, or the acting person may not see it","hint":"look for it with `b24_task_list`","uri":"b24://task/99999"}}}"#);
    let old = server.legacy("resources/read", json!({ "uri": "b24://task/status" }));
    assert_eq!(old["result"].as_object().map(|result| result.len()), Some(1), "{old}");
}

#[test]
fn a_portal_that_cannot_be_asked_makes_a_resource_fail_with_the_reason() {
    let server = Server::start(&[], &[("B24_MCP_TOKEN", support::TOKEN)]);
    let answer = server.legacy("resources/read", json!({ "uri": "b24://user/5" }));
    assert_eq!(
        (&answer["error"]["code"], &answer["error"]["data"]["code"]),
        (&json!(-32603), &json!("NOT_CONFIGURED"))
    );
}

#[test]
fn arguments_are_completed_and_what_is_unknown_is_completed_with_nothing() {
    let server = Server::sandbox(&[]);
    let complete = |reference: Value, name: &str, value: &str| {
        let params = json!({ "ref": reference, "argument": { "name": name, "value": value } });
        server.legacy("completion/complete", params)["result"]["completion"]["values"].clone()
    };
    let prompt = |name: &str| json!({ "type": "ref/prompt", "name": name });
    assert_eq!(complete(prompt("attention"), "person", "Ив"), json!(["Иван Берёзкин"]));
    assert_eq!(complete(prompt("attention"), "language", ""), json!(["en", "ru"]));
    assert_eq!(
        complete(json!({ "type": "ref/resource", "uri": "b24://user/{id}" }), "id", "Ив"),
        json!(["5"])
    );
    assert_eq!(complete(prompt("nonsense"), "person", "Ив"), json!([]));
    let stages = server.legacy("completion/complete", json!({
        "ref": prompt("meeting_plan"), "argument": { "name": "stage", "value": "" }, "context": { "arguments": { "project": "1" } },
    }));
    assert_eq!(stages["result"]["completion"]["hasMore"], false, "{stages}");
}

#[test]
fn a_client_over_a_pipe_has_them_too() {
    let mut pipe = Pipe::start(&["--sandbox"], &[]);
    pipe.ask("initialize", support::hello("2025-06-18"));
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    let read = pipe.ask("resources/read", json!({ "uri": "b24://user/5" }));
    assert_eq!(read["result"]["contents"][0]["uri"], "b24://user/5");
    let said = pipe.ask("prompts/get", json!({ "name": "attention", "arguments": {} }));
    assert!(said["result"]["messages"][0]["content"]["text"].is_string());
}
