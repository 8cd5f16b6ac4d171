//! The first command of the README, and the last request of a server that stops.

mod support;

use std::io::{BufRead, BufReader};

use serde_json::json;
use support::{Server, TOKEN, message, program};

fn welcome(environment: &[(&str, &str)]) -> String {
    let mut child = program(&["serve", "--sandbox", "--listen", "127.0.0.1:0"], environment)
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut text = String::new();
    let mut reader = BufReader::new(child.stdout.take().expect("piped"));
    while !text.contains("Then try:\n\n  - ") || text.matches("\n  - ").count() < 3 {
        assert!(reader.read_line(&mut text).expect("UTF-8") > 0, "it ended: {text}");
    }
    child.kill().expect("it runs");
    child.wait().expect("it was started");
    text
}

fn without_port(text: &str) -> String {
    let port = text.split("127.0.0.1:").nth(1).and_then(|rest| rest.split('/').next()).expect("a port");
    text.replace(port, "[port]")
}

#[test]
fn a_sandbox_shows_everything_that_a_client_needs() {
    let text = without_port(&welcome(&[]));
    let bearer = text.lines().find_map(|line| line.strip_prefix("Bearer  ")).expect("a Bearer").to_owned();
    assert_eq!(bearer.len(), 64);
    let (snippets, sentences) = text.split_once("\n\nThen try:\n\n").expect("something to try");
    // Which people and tasks they name is the seed's business.
    assert_eq!(sentences.lines().filter(|line| line.starts_with("  - ")).count(), 3, "{sentences}");
    insta::assert_snapshot!(snippets.replace(&bearer, "[bearer]"), @r#"
    A Bitrix24 portal in a box is ready. What you do in it is gone when this program ends, unless --data keeps it.

    URL     http://127.0.0.1:[port]/mcp
    Bearer  [bearer]

    Claude Code:

      claude mcp add --transport http b24 http://127.0.0.1:[port]/mcp --header "Authorization: Bearer [bearer]"

    Cursor, in ~/.cursor/mcp.json:

    {
      "mcpServers": {
        "b24": {
          "url": "http://127.0.0.1:[port]/mcp",
          "headers": {
            "Authorization": "Bearer [bearer]"
          }
        }
      }
    }

    VS Code, in .vscode/mcp.json (it will ask for the Bearer):

    {
      "inputs": [
        {
          "type": "promptString",
          "id": "b24-token",
          "description": "Bearer of b24-mcp",
          "password": true
        }
      ],
      "servers": {
        "b24": {
          "type": "http",
          "url": "http://127.0.0.1:[port]/mcp",
          "headers": {
            "Authorization": "Bearer ${input:b24-token}"
          }
        }
      }
    }
    "#);
}

#[test]
fn a_bearer_of_ones_own_is_used_and_not_shown() {
    let text = welcome(&[("B24_MCP_TOKEN", TOKEN)]);
    assert!(text.contains("$B24_MCP_TOKEN") && !text.contains(TOKEN), "{text}");
}

#[test]
fn a_task_lives_its_whole_life() {
    let server = Server::sandbox(&[]);
    let call = |name: &str, arguments: serde_json::Value| {
        let answer = server.legacy("tools/call", json!({ "name": name, "arguments": arguments }));
        assert_eq!(answer["result"]["isError"], false, "{answer}");
        answer["result"]["structuredContent"].clone()
    };
    let created = call("b24_task_create", json!({ "title": "Water the plants", "responsibleId": "me" }));
    let id = created["id"].as_u64().unwrap_or_else(|| panic!("an id: {created}"));
    call("b24_task_complete", json!({ "taskId": id }));
    assert_eq!(call("b24_task_get", json!({ "taskId": id }))["status"], 5);
    call("b24_task_delete", json!({ "taskId": id, "confirmDelete": true }));
}

#[test]
fn a_portal_that_hangs_is_answered_for_at_the_deadline() {
    let server = Server::sandbox(&["--deadline", "1", "--fault", "any=delay:60000*forever"]);
    let answer = server.legacy("tools/call", json!({ "name": "b24_user_me", "arguments": {} }));
    let text = answer["result"]["content"][0]["text"].as_str().unwrap_or_default();
    assert!(text.contains("DEADLINE_EXCEEDED"), "{answer}");
}

#[cfg(unix)]
#[test]
fn a_server_that_is_told_to_stop_answers_what_it_has_begun() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let portal = runtime.block_on(b24_sim::Portal::start(b24_sim::Settings::default())).expect("a portal");
    portal.faults().plan("user.current=delay:700".parse().expect("a fault"));
    let webhook = portal.expose_webhook_url();
    let mut server = Server::start(&[], &[("B24_MCP_TOKEN", TOKEN), ("B24_WEBHOOK_URL", &webhook)]);
    let answer = std::thread::scope(|scope| {
        let body = message("tools/call", json!({ "name": "b24_user_me", "arguments": {} }));
        let request = format!(
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n\
             Content-Type: application/json\r\nAccept: application/json, text/event-stream\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let address = server.address().to_owned();
        let asking = scope.spawn(move || support::exchange(&address, request.as_bytes()));
        let begun = || portal.traffic().iter().any(|seen| format!("{seen:?}").contains("user.current"));
        while !begun() && !asking.is_finished() {
            std::thread::yield_now();
        }
        server.terminate();
        asking.join().expect("an answer")
    });
    assert_eq!(answer.message()["result"]["structuredContent"]["id"], 1, "{answer:?}");
    assert_eq!(server.end().code, Some(0));
}
