//! What the log tells, and what it never does.

mod support;

use insta::Settings;
use serde_json::{Value, json};
use support::{Server, TOKEN, message};

const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

fn context(trace: &str) -> String {
    format!("00-{trace}-00f067aa0ba902b7-01")
}

/// Makes a write that the portal refuses, with something private in it.
fn call(server: &Server, headers: &[(&str, &str)], meta: Value) {
    let arguments = json!({ "title": "Private title", "responsibleId": 1 });
    let params = json!({ "name": "b24_task_create", "arguments": arguments, "_meta": meta });
    assert_eq!(server.post(headers, &message("tools/call", params)).status, 200);
}

/// What a server logs while `work` is done.
fn log(environment: &[(&str, &str)], work: impl FnOnce(&Server)) -> String {
    let environment = [&[("B24_MCP_TOKEN", TOKEN)], environment].concat();
    let server = Server::start(&["--sandbox", "--fault", "tasks.task.add=drop-after*1"], &environment);
    work(&server);
    server.kill().stderr
}

/// The lines of the server and of the client; those of tools are theirs to change.
fn ours(text: &str) -> String {
    let ours = |line: &&str| line.contains("b24_mcp::") || line.contains("b24_rest::");
    text.lines().filter(ours).collect::<Vec<_>>().join("\n")
}

fn filtered() -> Settings {
    let mut settings = Settings::clone_current();
    settings.add_filter(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z", "TIME");
    settings.add_filter(r#"(request\.id)(=|":")[0-9a-f]{16}"#, "${1}${2}ID");
    settings.add_filter(r#"took_ms(=|":)\d+"#, "took_ms${1}N");
    settings.add_filter(r"127\.0\.0\.1:\d+", "HOST");
    settings
}

#[test]
fn lines_for_machines_are_one_flat_object_each_and_name_their_request_and_trace() {
    let text = log(&[("B24_LOG_FORMAT", "json")], |server| {
        call(server, &[], json!({ "traceparent": context(TRACE) }));
        server.request("POST", "/mcp", &[], "");
    });
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).expect("each line is JSON");
        assert!(
            line["time"].is_string() && line["level"].is_string() && line["message"].is_string(),
            "{line}"
        );
    }
    filtered().bind(|| insta::assert_snapshot!(ours(&text), @r#"
    {"time":"TIME","level":"warning","message":"The call failed","target":"b24_rest::portal","caller":"default","request.id":"ID","tool.name":"b24_task_create","trace.id":"0af7651916cd43dd8448eb211c80319c","portal.host":"HOST","rest.method":"tasks.task.add","rest.code":"WRITE_UNSETTLED"}
    {"time":"TIME","level":"info","message":"Tool called","target":"b24_mcp::serve::house","caller":"default","request.id":"ID","tool.name":"b24_task_create","trace.id":"0af7651916cd43dd8448eb211c80319c","tool.effect":"write","outcome":"ok","took_ms":N,"rest.calls":2}
    {"time":"TIME","level":"warning","message":"Door stayed shut","target":"b24_mcp::serve::http","request.id":"ID","status":401,"reason":"Missing Authorization header"}
    "#));
}

#[test]
fn lines_for_people_tell_the_same() {
    let text = log(&[], |server| {
        call(server, &[], json!({ "traceparent": context(TRACE) }));
        server.request("POST", "/mcp", &[], "");
    });
    filtered().bind(|| insta::assert_snapshot!(ours(&text), @r#"
    TIME  WARN call{request.id=ID caller=default trace.id=0af7651916cd43dd8448eb211c80319c tool.name="b24_task_create"}:rest.call{portal.host=HOST rest.method="tasks.task.add"}: b24_rest::portal: The call failed rest.method="tasks.task.add" rest.code="WRITE_UNSETTLED"
    TIME  INFO call{request.id=ID caller=default trace.id=0af7651916cd43dd8448eb211c80319c tool.name="b24_task_create"}: b24_mcp::serve::house: Tool called tool.effect="write" outcome="ok" took_ms=N rest.calls=2
    TIME  WARN http{request.id=ID}: b24_mcp::serve::http: Door stayed shut status=401 reason="Missing Authorization header"
    "#));
}

#[test]
fn no_line_of_any_level_holds_an_argument_or_a_secret() {
    for level in ["info", "trace"] {
        let text = log(&[("B24_LOG", level)], |server| call(server, &[], json!({})));
        for word in ["Private", "/rest/", TOKEN] {
            assert!(!text.contains(word), "{level}: {word}: {text}");
        }
    }
}

#[test]
fn a_line_names_its_request_at_every_level_of_the_log() {
    for level in ["warning", "error,b24_rest=debug", "Debug"] {
        let text = log(&[("B24_LOG", level)], |server| call(server, &[], json!({})));
        let lines: Vec<_> = text.lines().filter(|line| line.contains("b24_rest")).collect();
        assert!(!lines.is_empty(), "{level}: {text}");
        assert!(
            lines.iter().all(|line| line.contains("request.id=") && line.contains("tool.name=")),
            "{text}"
        );
    }
}

#[test]
fn the_trace_in_the_message_comes_before_the_one_in_the_headers() {
    let other = "4bf92f3577b34da6a3ce929d0e0e4736";
    let header = context(other);
    let trace = |meta: Value| {
        let text = log(&[], |server| call(server, &[("traceparent", &header)], meta));
        let line =
            text.lines().find(|line| line.contains("Tool called")).expect("the call is logged").to_owned();
        let id = line.split("trace.id=").nth(1).and_then(|rest| rest.get(..32));
        id.map(str::to_owned)
    };
    assert_eq!(trace(json!({ "traceparent": context(TRACE) })).as_deref(), Some(TRACE));
    assert_eq!(trace(json!({})).as_deref(), Some(other));
    assert_eq!(trace(json!({ "traceparent": "nonsense" })), None);
}

#[test]
fn a_level_that_nobody_knows_is_warned_about_once_and_by_name() {
    let run = support::run(&["call", "b24_nothing"], &[("LOG_LEVEL", "lo\u{7}ud")]);
    let warnings: Vec<_> = run.stderr.lines().filter(|line| line.starts_with("warning")).collect();
    insta::assert_snapshot!(warnings.join("\n"), @"warning: LOG_LEVEL says the log level `lo?ud`, which is none of debug, info, notice, warning, error, critical, alert, emergency; using info");
}
