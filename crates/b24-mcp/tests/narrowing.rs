//! Less than the server allows: by Bearer, by path, by header, and never more.

mod support;

use serde_json::{Value, json};
use support::{OTHER, Server, TOKEN, hello, message};

const LEGACY: &str = "2025-06-18";

/// A server whose file has two Bearers: one that may do everything, one with `rules`.
fn server(rules: &str, args: &[&str]) -> (Server, tempfile::TempDir) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("b24-mcp.toml");
    let text = format!(
        "[[bearer]]\nlabel = \"all\"\ntoken = \"{TOKEN}\"\n\n[[bearer]]\nlabel = \"less\"\ntoken = \"{OTHER}\"\n{rules}\n"
    );
    std::fs::write(&file, text).expect("written");
    let config = ["--sandbox", "--config", file.to_str().expect("UTF-8")];
    (Server::start(&[&config, args].concat(), &[]), folder)
}

fn bearer(token: &str) -> String {
    format!("Bearer {token}")
}

/// The names that a request lists.
fn listed(server: &Server, path: &str, headers: &[(&str, &str)]) -> String {
    let list = server.post_to(path, headers, &message("tools/list", json!({}))).message();
    let tools = list["result"]["tools"].as_array().unwrap_or_else(|| panic!("{list}")).clone();
    tools.iter().map(|tool| tool["name"].as_str().expect("a name")).collect::<Vec<_>>().join(" ")
}

/// The code of the refusal of a call, or `ok`.
fn code(server: &Server, path: &str, headers: &[(&str, &str)], tool: &str, arguments: Value) -> String {
    let body = message("tools/call", json!({ "name": tool, "arguments": arguments }));
    let answer = server.post_to(path, headers, &body).message();
    let text = answer["result"]["content"][0]["text"].as_str().unwrap_or_else(|| panic!("{answer}"));
    let said: Value = serde_json::from_str(text).expect("JSON");
    said["code"].as_str().unwrap_or("ok").to_owned()
}

/// The tools of the toolset `user`, as the program itself lists them.
fn people() -> String {
    let listed = support::run(&["tools", "--view", "user"], &[]).stdout;
    listed.lines().filter_map(|line| line.split(' ').next()).collect::<Vec<_>>().join(" ")
}

fn task() -> Value {
    json!({ "title": "A", "responsibleId": "me" })
}

#[test]
fn a_bearer_of_the_file_may_do_less_than_the_server_allows_and_others_lose_nothing() {
    let (server, _file) =
        server("read_only = true\ntoolsets = [\"task\"]\nexclude_tools = [\"b24_task_get\"]", &[]);
    let (all, less) = (bearer(TOKEN), bearer(OTHER));
    let (all, less) = ([("Authorization", all.as_str())], [("Authorization", less.as_str())]);
    let shown = listed(&server, "/mcp", &less);
    assert!(shown.split(' ').all(|name| name.starts_with("b24_task_") && name.ends_with("_list")), "{shown}");
    assert!(listed(&server, "/mcp", &all).contains("b24_task_delete"));
    for (tool, arguments, refused) in [
        ("b24_task_create", task(), "READ_ONLY"),
        ("b24_task_rate", json!({ "taskId": 1, "rating": "positive" }), "READ_ONLY"),
        ("b24_user_me", json!({}), "TOOL_DISABLED"),
        ("b24_task_get", json!({ "taskId": 1 }), "TOOL_DISABLED"),
        ("b24_task_list", json!({}), "ok"),
    ] {
        assert_eq!(code(&server, "/mcp", &less, tool, arguments), refused, "{tool}");
    }
    assert_eq!(code(&server, "/mcp", &all, "b24_task_create", task()), "ok");
}

#[test]
fn a_bearer_cannot_have_what_the_server_forbids() {
    let (server, _file) = server("tools = [\"b24_task_create\", \"b24_user_me\"]", &["--read-only"]);
    let less = bearer(OTHER);
    let less = [("Authorization", less.as_str())];
    assert_eq!(listed(&server, "/mcp", &less), "b24_user_me");
    assert_eq!(code(&server, "/mcp", &less, "b24_task_create", task()), "READ_ONLY");
}

#[test]
fn a_path_or_a_header_narrows_one_request_and_shows_all_of_what_it_names() {
    let server = Server::sandbox(&[]);
    assert_eq!(listed(&server, "/mcp/x/user", &[]), people());
    assert_eq!(
        listed(&server, "/mcp", &[("X-MCP-Tools", "b24_user_me,b24_task_rate")]),
        "b24_task_rate b24_user_me"
    );
    let reading = listed(&server, "/mcp/x/task/readonly", &[]);
    assert!(reading.contains("b24_task_checklist_item_list") && !reading.contains("create"), "{reading}");
    assert_eq!(
        listed(&server, "/mcp/x/task,user", &[("X-MCP-Toolsets", "user")]),
        listed(&server, "/mcp/x/user", &[])
    );
    assert!(!listed(&server, "/mcp", &[("X-MCP-Exclude-Tools", "b24_user_me")]).contains("b24_user_me"));

    for (path, headers, refused) in [
        ("/mcp/readonly", &[][..], "READ_ONLY"),
        ("/mcp", &[("X-MCP-Readonly", "yes")], "READ_ONLY"),
        ("/mcp/x/user", &[], "TOOL_DISABLED"),
        ("/mcp", &[("X-MCP-Tools", "b24_user_me")], "TOOL_DISABLED"),
        ("/mcp", &[("X-MCP-Readonly", "false")], "ok"),
        ("/mcp/x/all", &[], "ok"),
    ] {
        assert_eq!(code(&server, path, headers, "b24_task_create", task()), refused, "{path} {headers:?}");
    }
}

#[test]
fn what_nothing_has_is_refused_and_not_ignored() {
    let server = Server::sandbox(&[]);
    let list = message("tools/list", json!({}));
    let told = |path: &str, headers: &[(&str, &str)]| {
        let response = server.post_to(path, headers, &list);
        format!("{} {}", response.status, response.body)
    };
    insta::assert_snapshot!(
        [
            told("/mcp/x/deals", &[]),
            told("/mcp/x/tasks", &[]),
            told("/mcp/readonly/x", &[]),
            told("/mcp", &[("X-MCP-Toolsets", "task,deals")]),
            told("/mcp", &[("X-MCP-Tools", "b24_task_lst")]),
        ]
        .join("\n")
    );
    assert_eq!(server.request("POST", "/mcp/x/deals", &[], &list).status, 401, "the door comes first");
}

#[test]
fn a_session_stays_as_narrow_as_it_was_opened_on_any_path() {
    let server = Server::sandbox(&[]);
    let opened = server.post_to("/mcp/x/user/readonly", &[], &message("initialize", hello(LEGACY)));
    let id = opened.header("mcp-session-id").expect("a session").to_owned();
    let session = [("Mcp-Session-Id", id.as_str())];
    assert_eq!(listed(&server, "/mcp", &session), people());
    assert_eq!(code(&server, "/mcp/x/task", &session, "b24_task_list", json!({})), "TOOL_DISABLED");
    assert_eq!(code(&server, "/mcp", &session, "b24_user_me", json!({})), "ok");
    let wide = server.open_session(LEGACY);
    let wide = [("Mcp-Session-Id", wide.as_str())];
    assert_eq!(code(&server, "/mcp/readonly", &wide, "b24_task_create", task()), "READ_ONLY");
    assert_eq!(code(&server, "/mcp", &wide, "b24_task_create", task()), "ok");
}

#[test]
fn prompts_and_resources_shrink_with_the_tools() {
    let server = Server::sandbox(&[]);
    let names = |path: &str, method: &str, list: &str, key: &str| {
        let told = server.post_to(path, &[], &message(method, json!({}))).message();
        let rows = told["result"][list].as_array().unwrap_or_else(|| panic!("{told}")).clone();
        rows.iter().map(|row| row[key].as_str().expect("a text")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(names("/mcp/readonly", "prompts/list", "prompts", "name"), "attention weekly_report");
    assert_eq!(names("/mcp/x/user", "prompts/list", "prompts", "name"), "");
    assert_eq!(
        names("/mcp/x/user", "resources/templates/list", "resourceTemplates", "uriTemplate"),
        "b24://user/{id}"
    );
    assert_eq!(names("/mcp/x/user", "resources/list", "resources", "uri"), "");
    let read = message("resources/read", json!({ "uri": "b24://task/status" }));
    assert_eq!(server.post_to("/mcp/x/user", &[], &read).message()["error"]["code"], -32002);
    let say = message("prompts/get", json!({ "name": "handover", "arguments": { "from": "5" } }));
    assert_eq!(server.post_to("/mcp/readonly", &[], &say).message()["error"]["code"], -32602);
}

#[test]
fn a_bearer_stands_for_a_person_in_their_own_time_zone_or_the_one_that_is_written() {
    let (server, _file) = server("me = 5\ntime_zone = \"Asia/Vladivostok\"", &[]);
    let call = |token: &str, tool: &str, arguments: Value| {
        let body = message("tools/call", json!({ "name": tool, "arguments": arguments }));
        let answer = server.post(&[("Authorization", &bearer(token))], &body).message();
        answer["result"]["structuredContent"].clone()
    };
    let me = call(OTHER, "b24_user_me", json!({}));
    assert_eq!((&me["id"], &me["actsAs"]["id"]), (&json!(5), &json!(1)), "{me}");
    assert!(me["localTime"].as_str().expect("a time").ends_with("+10:00"), "{me}");
    assert_eq!(call(TOKEN, "b24_user_me", json!({}))["id"], 1);
    let created = call(
        OTHER,
        "b24_task_create",
        json!({ "title": "A", "responsibleId": "me", "deadline": "tomorrow 18:00" }),
    );
    assert_eq!((&created["responsibleId"], &created["timeZone"]), (&json!(5), &json!("Asia/Vladivostok")));
}

#[test]
fn a_mistake_in_a_bearer_of_the_file_is_named_and_stops_the_start() {
    let told = |rules: &str| {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("b24-mcp.toml");
        std::fs::write(&file, format!("[[bearer]]\ntoken = \"{TOKEN}\"\n{rules}\n")).expect("written");
        let ended = support::run(&["tools", "--config", file.to_str().expect("UTF-8")], &[]);
        format!("{:?} {}", ended.code, ended.stderr.replace(file.to_str().expect("UTF-8"), "FILE"))
    };
    insta::assert_snapshot!(
        [
            "toolsets = [\"tasks\"]",
            "tools = \"b24_task_lst\"",
            "exclude_tools = [7]",
            "me = \"Anna\"",
            "me = 0",
            "time_zone = \"Mars/Olympus\"",
            "read_only = \"yes\"",
            "readonly = true",
        ]
        .map(told)
        .join("\n")
    );
}
