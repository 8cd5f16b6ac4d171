//! What is counted, and who may read it.

mod support;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;
use support::{Response, Server, TOKEN, exchange, message};

const ADMIN: &str = "admin-token-0123456789-abcdefghij";
const DOCUMENTED: &str = include_str!("../../../docs/signals.md");

/// A signal: its name, its type, its labels.
type Signal = (String, String, BTreeSet<String>);

/// Where a server of its own serves its metrics.
fn apart(server: &mut Server) -> String {
    let line = server.log_line("metrics at ");
    let address = line.split("http://").nth(1).expect("an address");
    address.split('/').next().expect("a host").to_owned()
}

fn get(address: &str, host: &str, bearer: Option<&str>) -> Response {
    let bearer = bearer.map(|token| format!("Authorization: {token}\r\n")).unwrap_or_default();
    let request = format!("GET /metrics HTTP/1.1\r\nHost: {host}\r\n{bearer}Connection: close\r\n\r\n");
    exchange(address, request.as_bytes())
}

fn scrape(address: &str) -> String {
    let response = get(address, address, None);
    assert_eq!(
        (response.status, response.header("content-type")),
        (200, Some("text/plain; version=0.0.4; charset=utf-8"))
    );
    response.body
}

/// Samples by what stands before the number.
fn samples(text: &str) -> BTreeMap<&str, f64> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.rsplit_once(' '))
        .map(|(key, n)| (key, n.parse().expect("a number")))
        .collect()
}

/// The signals of a scrape.
fn rendered(text: &str) -> BTreeSet<Signal> {
    let types = text.lines().filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '));
    let labels = |name: &str, kind: &str| -> BTreeSet<String> {
        let sample = if kind == "histogram" { format!("{name}_count") } else { name.to_owned() };
        let own = |key: &&str| key.split('{').next() == Some(&sample);
        let keys: Vec<&str> = samples(text).into_keys().filter(own).collect();
        keys.iter()
            .flat_map(|key| key.split(['{', ',']).skip(1))
            .filter_map(|pair| pair.split_once('='))
            .map(|(label, _)| label.to_owned())
            .collect()
    };
    types.map(|(name, kind)| (name.to_owned(), kind.to_owned(), labels(name, kind))).collect()
}

/// The signals of the table in `docs/signals.md`.
fn documented() -> BTreeSet<Signal> {
    let rows = DOCUMENTED.lines().map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let signals = rows.filter(|row| row.len() == 7 && ["counter", "gauge", "histogram"].contains(&row[2]));
    let labels = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    signals.map(|row| (row[1].trim_matches('`').to_owned(), row[2].to_owned(), labels(row[3]))).collect()
}

fn work(server: &Server) {
    let call = |name: &str, arguments| {
        server.legacy("tools/call", json!({ "name": name, "arguments": arguments }));
    };
    call("b24_user_me", json!({}));
    call("b24_task_list", json!({ "filter": {} }));
    call("b24_task_create", json!({ "title": "Private title", "responsibleId": 1 }));
    call("b24_task_get", json!({ "taskId": 0 }));
    call("made_up_by_a_client", json!({}));
    assert_eq!(server.request("POST", "/mcp", &[], "").status, 401);
    let opened = server.post(&[], &message("initialize", support::hello("2025-06-18")));
    assert!(opened.header("mcp-session-id").is_some());
}

#[test]
fn a_scrape_after_a_few_calls_has_every_documented_signal_and_they_move() {
    let args = ["--sandbox", "--metrics-listen", "127.0.0.1:0", "--fault", "tasks.task.add=drop-after*1"];
    let mut server = Server::start(&args, &[("B24_MCP_TOKEN", TOKEN)]);
    let address = apart(&mut server);
    let before = scrape(&address);
    work(&server);
    let after = scrape(&address);

    assert_eq!(rendered(&after), documented());
    let (before, after) = (samples(&before), samples(&after));
    let moved =
        after.iter().filter(|(key, value)| !key.contains("_bucket") && before.get(*key) != Some(value));
    let name = |key: &str| {
        let name = key.split('{').next().unwrap_or_default();
        name.trim_end_matches("_count").trim_end_matches("_sum").to_owned()
    };
    let mut moved: BTreeSet<String> = moved.map(|(key, _)| name(key)).collect();
    // The budget fills up while it is used, and the memory may stay as it was.
    moved.retain(|name| {
        !matches!(name.as_str(), "b24_portal_budget_requests" | "process_resident_memory_bytes")
    });
    insta::assert_snapshot!(moved.into_iter().collect::<Vec<_>>().join("\n"), @r"
    b24_mcp_auth_failures_total
    b24_mcp_sessions_open
    b24_mcp_tool_call_seconds
    b24_mcp_tool_calls_total
    b24_mcp_uptime_seconds
    b24_portal_answer_seconds
    b24_portal_answers_total
    b24_portal_batch_commands
    b24_portal_operating_ratio
    b24_portal_unsettled_writes_total
    b24_portal_verdicts_total
    b24_portal_wait_seconds
    ");
}

#[test]
fn labels_hold_no_secret_no_argument_and_nothing_that_a_client_made_up() {
    let mut server =
        Server::start(&["--sandbox", "--metrics-listen", "127.0.0.1:0"], &[("B24_MCP_TOKEN", TOKEN)]);
    let address = apart(&mut server);
    work(&server);
    let text = scrape(&address);
    for word in ["made_up", "Private", "/rest/", TOKEN, "default"] {
        assert!(!text.contains(word), "{word}");
    }
    let calls: Vec<&str> =
        text.lines().filter(|line| line.starts_with("b24_mcp_tool_calls_total{")).collect();
    let mut calls = calls.join("\n").split('\n').map(str::to_owned).collect::<Vec<_>>();
    calls.sort();
    insta::assert_snapshot!(calls.join("\n"), @r#"
    b24_mcp_tool_calls_total{tool="b24_task_create",effect="write",outcome="ok"} 1
    b24_mcp_tool_calls_total{tool="b24_task_get",effect="read",outcome="INVALID_INPUT"} 1
    b24_mcp_tool_calls_total{tool="b24_task_list",effect="read",outcome="ok"} 1
    b24_mcp_tool_calls_total{tool="b24_user_me",effect="read",outcome="ok"} 1
    b24_mcp_tool_calls_total{tool="unknown",effect="none",outcome="unknown_tool"} 1
    "#);
}

#[test]
fn who_may_read_the_metrics() {
    let wrong = format!("Bearer {}", "x".repeat(ADMIN.len()));
    let (admin, client) = (format!("Bearer {ADMIN}"), format!("Bearer {TOKEN}"));
    let statuses = |address: &str| {
        let asked = [None, Some(wrong.as_str()), Some(client.as_str()), Some(ADMIN), Some(admin.as_str())];
        asked.map(|bearer| get(address, address, bearer).status)
    };
    let token = ("B24_MCP_TOKEN", TOKEN);

    let nowhere = Server::start(&[], &[token]);
    assert_eq!(statuses(nowhere.address()), [404; 5]);
    let weak = Server::start(&[], &[token, ("B24_ADMIN_TOKEN", "short")]);
    assert_eq!(statuses(weak.address()), [404; 5]);
    let beside = Server::start(&[], &[token, ("B24_ADMIN_TOKEN", ADMIN)]);
    assert_eq!(statuses(beside.address()), [401, 401, 401, 401, 200]);
    let refused = get(beside.address(), beside.address(), None);
    assert_eq!(refused.header("www-authenticate"), Some(r#"Bearer realm="b24-mcp metrics""#));

    let mut alone = Server::start(&["--metrics-listen", "127.0.0.1:0"], &[token]);
    assert_eq!(statuses(alone.address()), [404; 5]);
    assert_eq!(statuses(&apart(&mut alone)), [200; 5]);
    let environment = [token, ("B24_ADMIN_TOKEN", ADMIN), ("B24_METRICS_LISTEN", "127.0.0.1:0")];
    let mut both = Server::start(&[], &environment);
    assert_eq!(statuses(both.address()), [404; 5]);
    assert_eq!(statuses(&apart(&mut both)), [401, 401, 401, 401, 200]);
}

#[test]
fn a_web_page_cannot_read_the_metrics_of_this_machine() {
    let mut server = Server::start(&["--metrics-listen", "127.0.0.1:0"], &[]);
    let address = apart(&mut server);
    assert_eq!(get(&address, "evil.example", None).status, 403);
    assert_eq!(get(&address, "localhost", None).status, 200);
    let other = exchange(
        &address,
        format!("GET /mcp HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes(),
    );
    assert_eq!(other.status, 404);
}

#[test]
fn metrics_that_others_can_read_are_warned_about() {
    let mut open = Server::start(&["--metrics-listen", "0.0.0.0:0"], &[]);
    let warning = open.log_line("warning: whoever");
    assert_eq!(warning.trim(), "warning: whoever reaches 0.0.0.0:0 can read the metrics");
}

#[test]
fn sessions_are_counted_while_they_are_open() {
    let mut server =
        Server::start(&["--sandbox", "--metrics-listen", "127.0.0.1:0"], &[("B24_MCP_TOKEN", TOKEN)]);
    let address = apart(&mut server);
    let open = || samples(&scrape(&address)).get("b24_mcp_sessions_open").copied();
    let hello = message("initialize", support::hello("2025-06-18"));
    let session = server.post(&[], &hello).header("mcp-session-id").expect("a session").to_owned();
    assert_eq!(open(), Some(1.0));
    let bearer = format!("Bearer {TOKEN}");
    server.request("DELETE", "/mcp", &[("Authorization", &bearer), ("Mcp-Session-Id", &session)], "");
    assert_eq!(open(), Some(0.0));
}
