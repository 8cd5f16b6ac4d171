//! Long batches: how far they are, how they are cancelled, and what a broken stream does not do.

mod support;

use serde_json::{Value, json};
use support::{Pipe, Server, events, hello};

const LEGACY: &str = "2025-06-18";
const SLOW: [&str; 6] =
    ["--limits", "off", "--tasks", "140", "--fault", "tasks.task.update=delay:2000*forever"];

fn rate(many: u64) -> Value {
    rate_as("positive", many)
}

fn rate_as(rating: &str, many: u64) -> Value {
    let ids: Vec<u64> = (1..=many).collect();
    let arguments = json!({ "taskId": ids, "rating": rating, "force": true, "confirmChange": true });
    json!({ "name": "b24_task_rate", "arguments": arguments })
}

fn with_progress(mut params: Value) -> Value {
    params["_meta"] = json!({ "progressToken": "p" });
    params
}

fn call(id: u64, params: &Value) -> String {
    json!({ "jsonrpc": "2.0", "id": id, "method": "tools/call", "params": params }).to_string()
}

fn rated(server: &Server) -> usize {
    let asked = json!({ "name": "b24_task_list", "arguments": { "filter": { "MARK": "P" } } });
    let listed = server.modern("tools/call", asked).message();
    let total = listed["result"]["structuredContent"]["total"].as_u64().unwrap_or_else(|| panic!("{listed}"));
    usize::try_from(total).expect("not that many")
}

/// What was told before the answer, and the answer.
fn told(messages: impl Iterator<Item = Value>) -> (Vec<String>, Value) {
    let mut progress = Vec::new();
    for message in messages {
        if message.get("id").is_some() {
            return (progress, message);
        }
        let params = &message["params"];
        progress.push(format!("{} {}/{}", params["progressToken"], params["progress"], params["total"]));
    }
    panic!("no answer came, only {progress:?}");
}

#[test]
fn a_long_batch_tells_how_far_it_is_to_who_asked_in_every_transport() {
    let expected = [r#""p" 50.0/120.0"#, r#""p" 100.0/120.0"#, r#""p" 120.0/120.0"#];
    let args = ["--limits", "off", "--tasks", "130"];
    let server = Server::sandbox(&args);
    let (progress, answer) = told(events(server.begin_modern("b24_task_rate", with_progress(rate(120)))));
    assert_eq!(
        (progress.as_slice(), &answer["result"]["structuredContent"]["ok"]),
        (&expected.map(String::from)[..], &json!(120))
    );

    let session = server.open_session(LEGACY);
    // Another call: the same one would get the answer of the first, should that not have been read to its end.
    let params = with_progress(rate_as("negative", 120));
    let (progress, _) = told(events(server.begin(&session, &call(7, &params))));
    assert_eq!(progress, expected);

    let mut pipe = Pipe::start(&[&["--sandbox"], &args[..]].concat(), &[]);
    pipe.ask("initialize", hello(LEGACY));
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    pipe.write(&call(7, &with_progress(rate(120))));
    let (progress, _) = told(std::iter::from_fn(|| Some(pipe.read())));
    assert_eq!(progress, expected);
}

#[test]
fn who_did_not_ask_gets_plain_json_and_nothing_before_it() {
    let server = Server::sandbox(&["--limits", "off", "--tasks", "130"]);
    let answer = server.modern("tools/call", rate(120));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.json()["result"]["structuredContent"]["ok"], 120);
}

#[test]
fn a_batch_that_its_session_cancels_stops_and_the_same_call_is_told_what_ran() {
    let mut server = Server::sandbox(&SLOW);
    let session = server.open_session(LEGACY);
    let mut messages = events(server.begin(&session, &call(7, &with_progress(rate(130)))));
    assert_eq!(messages.next().expect("a chunk is told")["params"]["progress"], 50.0);
    assert_eq!(server.notify(&session, "notifications/cancelled", json!({ "requestId": 7 })), 202);
    server.log_line("Change settled");

    let ran = rated(&server);
    assert!((50..130).contains(&ran) && ran.is_multiple_of(50), "{ran}");
    // Nobody was told: a cancelled request has no answer. Whoever asks again learns it, and nothing is doubled.
    let told = server.post(&[("Mcp-Session-Id", &session)], &call(8, &rate(130))).message();
    let again = &told["result"]["structuredContent"];
    assert_eq!((&again["replayed"], &again["ok"]), (&json!(true), &json!(ran)), "{told}");
    let row = &again["results"][ran];
    assert!(row["error"].as_str().is_some_and(|error| error.starts_with("CANCELLED")), "{row}");
    assert_eq!(rated(&server), ran);
}

#[test]
fn a_batch_over_a_pipe_that_is_cancelled_stops() {
    let mut pipe = Pipe::start(&[&["--sandbox"], &SLOW[..]].concat(), &[]);
    pipe.ask("initialize", hello(LEGACY));
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    pipe.write(&call(7, &with_progress(rate(130))));
    assert_eq!(pipe.read()["params"]["progress"], 50.0);
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}}"#);
    // The same call waits for the first to end, and is told what it did.
    pipe.write(&call(8, &rate(130)));
    let (_, answer) = told(std::iter::from_fn(|| Some(pipe.read())));
    let answer = &answer["result"]["structuredContent"];
    let ran = answer["ok"].as_u64().unwrap_or_default();
    assert!(answer["replayed"] == true && (50..130).contains(&ran), "{}", answer["ok"]);
}

#[test]
fn a_stream_that_merely_broke_cancels_no_write() {
    let mut server = Server::sandbox(&["--limits", "off", "--tasks", "130"]);
    drop(server.begin_modern("b24_task_rate", with_progress(rate(120))));
    server.log_line("Change settled");
    assert_eq!(rated(&server), 120);
}

#[test]
fn a_call_that_was_cancelled_before_it_changed_anything_is_made_when_it_is_asked_for_again() {
    let mut server = Server::sandbox(&["--limits", "off", "--fault", "tasks.task.get=delay:1500"]);
    let session = server.open_session(LEGACY);
    let params = json!({ "name": "b24_task_update", "arguments": { "taskId": 1, "title": "Changed" } });
    let stream = server.begin(&session, &call(7, &params));
    assert_eq!(server.notify(&session, "notifications/cancelled", json!({ "requestId": 7 })), 202);
    server.log_line("outcome=\"CANCELLED\"");
    drop(stream);
    let again = server.post(&[("Mcp-Session-Id", &session)], &call(8, &params)).message();
    assert_eq!(again["result"]["isError"], false, "{again}");
}
