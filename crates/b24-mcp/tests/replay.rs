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
