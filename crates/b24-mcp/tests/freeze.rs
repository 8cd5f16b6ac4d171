//! A freeze of running servers: all changes stop at once, everywhere, until the thaw.

mod support;

use serde_json::{Value, json};
use support::{Pipe, Server, TOKEN, events, hello, run};

/// A data folder that servers and commands share.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn path(&self) -> String {
        self.0.path().join("data").to_str().expect("UTF-8").to_owned()
    }

    fn server(&self, args: &[&str]) -> Server {
        let environment = [("B24_MCP_TOKEN", TOKEN), ("B24_DATA_DIR", &self.path())];
        Server::start(&[&["--sandbox", "--limits", "off"], args].concat(), &environment)
    }

    /// Runs a command, and returns what it printed.
    fn command(&self, args: &[&str]) -> String {
        let ended = run(args, &[("B24_DATA_DIR", &self.path()), ("USER", "olga")]);
        assert_eq!(ended.code, Some(0), "{ended:?}");
        ended.stdout.replace(&self.path(), "FOLDER")
    }
}

fn create(server: &Server) -> Value {
    let params = json!({ "name": "b24_task_create", "arguments": { "title": "A", "responsibleId": 1 } });
    let answer = server.modern("tools/call", params).json();
    let text = answer["result"]["content"][0]["text"].as_str().expect("a text").to_owned();
    serde_json::from_str(&text).expect("JSON")
}

#[test]
fn a_freeze_stops_every_server_on_the_folder_and_a_thaw_lets_them_go_on() {
    let folder = Folder::new();
    let servers = [folder.server(&[]), folder.server(&[])];
    let codes = || servers.each_ref().map(|server| create(server)["code"].as_str().map(str::to_owned));
    assert_eq!(codes(), [None, None]);

    insta::assert_snapshot!(folder.command(&["freeze", "--reason", "stock-taking"]), @"frozen: every server on FOLDER makes no changes\n");
    let refused = create(&servers[0]);
    assert_eq!(refused["code"], "FROZEN");
    let hint = refused["hint"].as_str().expect("a hint");
    assert!(hint.starts_with("stopped by olga at 2") && hint.contains("(stock-taking)"), "{hint}");
    assert_eq!(codes(), [Some("FROZEN".into()), Some("FROZEN".into())]);
    let me = json!({ "name": "b24_user_me", "arguments": {} });
    assert_eq!(servers[1].modern("tools/call", me).json()["result"]["isError"], false);
    let tools = servers[1].modern("tools/list", json!({})).json()["result"]["tools"].clone();
    assert!(tools.as_array().expect("tools").iter().any(|tool| tool["name"] == "b24_task_create"));
    assert_eq!(
        servers[0].request("GET", "/api/ready", &[], "").body,
        r#"{"status":"ready","writes":"frozen"}"#
    );

    insta::assert_snapshot!(folder.command(&["thaw"]), @"thawed: servers on FOLDER make changes\n");
    insta::assert_snapshot!(folder.command(&["thaw"]), @"not frozen: servers on FOLDER make changes\n");
    assert_eq!(codes(), [None, None]);
}

#[test]
fn a_freeze_stops_a_batch_that_runs_and_its_rows_say_what_was_done() {
    let folder = Folder::new();
    let server = folder.server(&["--tasks", "140", "--fault", "tasks.task.update=delay:3000*forever"]);
    let ids: Vec<u64> = (1..=130).collect();
    let arguments = json!({ "taskId": ids, "rating": "positive", "force": true, "confirmChange": true });
    let params =
        json!({ "name": "b24_task_rate", "arguments": arguments, "_meta": { "progressToken": "p" } });

    let mut told = events(server.begin_modern("b24_task_rate", params));
    let first = told.next().expect("the first chunk is told");
    folder.command(&["freeze"]);
    let answer = told.find(|message| message.get("result").is_some()).expect("an answer");

    assert_eq!(first["params"]["progress"], 50.0, "{first}");
    let rows = answer["result"]["structuredContent"]["results"].as_array().expect("rows").clone();
    let ran = rows.iter().position(|row| row["ok"] == false).expect("not all of them ran");
    // The chunk that was under way when the freeze came is not called back.
    assert!(ran >= 50 && ran.is_multiple_of(50) && rows.len() == 130, "{ran} of {}", rows.len());
    let is_frozen = |row: &Value| row["error"].as_str().is_some_and(|error| error.starts_with("FROZEN"));
    assert!(rows[ran..].iter().all(is_frozen), "{}", rows[ran]);
}

#[test]
fn a_server_over_a_pipe_and_a_single_call_obey_the_freeze_too() {
    let folder = Folder::new();
    let environment = [("B24_DATA_DIR", folder.path())];
    let environment: Vec<(&str, &str)> =
        environment.iter().map(|(name, path)| (*name, path.as_str())).collect();
    let mut pipe = Pipe::start(&["--sandbox"], &environment);
    pipe.ask("initialize", hello("2025-11-25"));
    pipe.write(r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#);
    folder.command(&["freeze"]);
    let arguments = json!({ "title": "A", "responsibleId": 1 });
    let answer = pipe.ask("tools/call", json!({ "name": "b24_task_create", "arguments": arguments }));
    let text = answer["result"]["content"][0]["text"].as_str().unwrap_or_default();
    assert!(text.contains("FROZEN"), "{answer}");
    let call = run(&["call", "--sandbox", "b24_task_create", &arguments.to_string()], &environment);
    assert!(call.code == Some(1) && call.stdout.contains("FROZEN"), "{call:?}");
}

#[test]
fn a_freeze_that_cannot_be_read_is_a_freeze_and_the_doctor_says_so() {
    let folder = Folder::new();
    let server = folder.server(&[]);
    std::fs::write(std::path::Path::new(&folder.path()).join("freeze.json"), "{").expect("written");
    assert_eq!(create(&server)["code"], "FROZEN");
    let doctor = run(&["doctor", "--sandbox"], &[("B24_DATA_DIR", &folder.path())]);
    let line = doctor.stdout.lines().find(|line| line.contains(" freeze ")).expect("a line about it");
    insta::assert_snapshot!(line.replace(&folder.path(), "FOLDER"), @"warn  freeze   all changes are stopped: FOLDER/freeze.json does not say who or why");
}

#[test]
fn without_a_data_folder_a_freeze_says_what_to_set() {
    let ended = run(&["freeze"], &[]);
    insta::assert_snapshot!(format!("{:?}\n{}", ended.code, ended.stderr), @r"
    Some(78)
    error: no data folder is known

    hint: set B24_DATA_DIR, or give --data-dir: the folder that the servers use
    ");
}
