//! The same write made twice while the first is under way: what a client does whose stream broke.

mod support;

use std::thread;

use serde_json::{Value, json};
use support::Server;

fn call(server: &Server, tool: &str, arguments: Value) -> Value {
    let answer = server.modern("tools/call", json!({ "name": tool, "arguments": arguments })).message();
    answer["result"]["structuredContent"].clone()
}

#[test]
fn the_same_write_made_again_while_it_runs_is_written_once_and_told_twice() {
    let server = Server::sandbox(&["--fault", "tasks.task.add=delay:2000"]);
    let create = || call(&server, "b24_task_create", json!({ "title": "Only once", "responsibleId": 1 }));

    let told = thread::scope(|scope| {
        let both = [scope.spawn(create), scope.spawn(create)];
        both.map(|thread| thread.join().expect("an answer"))
    });

    let replayed = told.iter().filter(|answer| answer["replayed"] == true).count();
    assert_eq!(replayed, 1, "{told:?}");
    assert_eq!(told[0]["id"], told[1]["id"]);
    let listed = call(&server, "b24_task_list", json!({ "filter": { "TITLE": "Only once" } }));
    assert_eq!(listed["total"], 1, "{listed}");
}

#[test]
fn the_same_write_meant_twice_is_written_twice() {
    let server = Server::sandbox(&[]);
    let create = || call(&server, "b24_task_create", json!({ "title": "Twice", "responsibleId": 1 }));

    let told = [create(), create()];

    assert_ne!(told[0]["id"], told[1]["id"]);
    assert!(told.iter().all(|answer| answer.get("replayed").is_none()), "{told:?}");
}

fn creation(id: u64, title: &str) -> String {
    let params = json!({ "name": "b24_task_create", "arguments": { "title": title, "responsibleId": 1 } });
    json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params }).to_string()
}

fn create_in(server: &Server, session: &str, id: u64, title: &str) -> Value {
    let answer = server.post(&[("Mcp-Session-Id", session)], &creation(id, title)).message();
    answer["result"]["structuredContent"].clone()
}

#[test]
fn a_write_of_a_session_whose_stream_broke_is_told_to_the_same_call_after_it_has_ended() {
    let mut server = Server::sandbox(&["--fault", "tasks.task.add=delay:1500"]);
    let session = server.open_session("2025-06-18");

    drop(server.begin(&session, &creation(7, "Only once")));
    server.log_line("Tool called");
    let told = create_in(&server, &session, 8, "Only once");

    assert_eq!(told["replayed"], true, "{told}");
    let listed = call(&server, "b24_task_list", json!({ "filter": { "TITLE": "Only once" } }));
    assert_eq!(listed["total"], 1, "{listed}");
    // Now it was taken.
    assert_ne!(create_in(&server, &session, 9, "Only once")["id"], told["id"]);
}

#[test]
fn the_same_write_meant_twice_in_a_session_is_written_twice() {
    let server = Server::sandbox(&[]);
    let session = server.open_session("2025-06-18");

    let told = [7, 8].map(|id| create_in(&server, &session, id, "Twice"));

    assert_ne!(told[0]["id"], told[1]["id"]);
    assert!(told.iter().all(|answer| answer.get("replayed").is_none()), "{told:?}");
}

#[test]
fn bearers_without_labels_are_callers_of_their_own() {
    let tokens = format!("{},{}", support::TOKEN, support::OTHER);
    let server =
        Server::start(&["--sandbox", "--fault", "tasks.task.add=delay:1500"], &[("B24_MCP_TOKEN", &tokens)]);
    let session = server.open_session("2025-06-18");

    drop(server.begin(&session, &creation(7, "One each")));
    let other = format!("Bearer {}", support::OTHER);
    let told = server.post(&[("Authorization", &other)], &creation(8, "One each")).message();

    assert!(told["result"]["structuredContent"].get("replayed").is_none(), "{told}");
    let stolen = server.post(&[("Authorization", &other), ("Mcp-Session-Id", &session)], &creation(9, "x"));
    assert_eq!(stolen.status, 404);
}
