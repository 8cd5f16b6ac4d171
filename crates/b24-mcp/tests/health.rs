//! Probes: whether the process lives, and whether a call would have a chance.

mod support;

use support::{Server, TOKEN, run};

const NOWHERE: &str = "http://127.0.0.1:9/rest/1/not-a-secret/";

#[test]
fn health_says_that_it_lives_and_nothing_else() {
    let server = Server::start(&[], &[]);
    let response = server.request("GET", "/api/health", &[("Host", "10.1.2.3:3000")], "");
    assert_eq!(response.status, 200);
    let mut body = response.json();
    let moment = body["timestamp"].take();
    let moment = moment.as_str().expect("a text");
    assert!(moment.ends_with('Z') && moment.parse::<jiff::Timestamp>().is_ok(), "{moment}");
    assert_eq!(body.to_string(), r#"{"status":"ok","timestamp":null}"#);
}

#[test]
fn ready_names_what_is_missing_and_never_what_is_there() {
    let empty = Server::start(&[], &[]).request("GET", "/api/ready", &[], "");
    insta::assert_snapshot!(format!("{} {}", empty.status, empty.body), @r#"503 {"status":"not ready","reasons":["no strong Bearer is configured (B24_MCP_TOKEN)","no portal is configured (B24_WEBHOOK_URL)"]}"#);
    let environment = [("B24_MCP_TOKEN", TOKEN), ("B24_WEBHOOK_URL", NOWHERE)];
    let unreachable = Server::start(&[], &environment).request("GET", "/api/ready", &[], "");
    insta::assert_snapshot!(format!("{} {}", unreachable.status, unreachable.body), @r#"503 {"status":"not ready","reasons":["the portal does not answer"]}"#);
    let ready = Server::sandbox(&[]).request("GET", "/api/ready", &[], "");
    insta::assert_snapshot!(format!("{} {}", ready.status, ready.body), @r#"200 {"status":"ready"}"#);
}

#[test]
fn the_health_command_tells_a_container_whether_the_server_lives() {
    let server = Server::start(&[], &[]);
    let healthy = run(&["health", "--listen", server.address()], &[]);
    assert_eq!(healthy.code, Some(0), "{healthy:?}");
    let address = server.address().to_owned();
    drop(server);
    let gone = run(&["health"], &[("B24_LISTEN", &address)]);
    assert_eq!(gone.code, Some(1));
    assert!(gone.stderr.starts_with("error: the server at "), "{gone:?}");
}
