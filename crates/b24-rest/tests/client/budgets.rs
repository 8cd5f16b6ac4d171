//! The portal's limits: what is held back here, and what is learned from its answers.

use std::time::Duration;

use b24_rest::{CallError, Deadline, Limits, Options, methods};
use serde_json::{Value, json};

use crate::scripted::{Seen, Server, Step, call, options, soon, whole};

fn limited(limits: Limits) -> Options {
    Options { limits, ..options() }
}

/// An answer to a single call after which `method` has run for 480 s, and is free again in a minute.
fn used_up(seen: &Seen, method: &str) -> Step {
    let operating = if seen.path.contains(method) { 480.0 } else { 0.1 };
    let time = json!({"operating": operating, "operating_reset_at": 1_000_060, "finish": 1_000_000.0});
    Step::json(200, json!({"result": [], "time": time}))
}

#[tokio::test]
async fn a_request_that_would_wait_past_its_deadline_is_not_sent() {
    let server = Server::always(Step::json(200, json!({"result": 1}))).await;
    let limits = Limits { burst: 2, per_second: 0.01, first: 2, operating_seconds: f64::INFINITY };
    let portal = server.portal_with(limited(limits));
    let mut codes = Vec::new();
    for _ in 0..3 {
        let answer = portal.clone().call(call(&methods::system::PROFILE, json!({})), soon()).await;
        codes.push(answer.map_or_else(|error| error.code().to_owned(), |_| "answered".to_owned()));
    }
    assert_eq!((codes.join(" "), server.seen().len()), ("answered answered PORTAL_LIMITED".to_owned(), 2));
}

#[tokio::test]
async fn a_method_that_used_up_its_time_waits_while_others_go_on() {
    let server = Server::new(|_, seen| used_up(seen, "tasks.task.list")).await;
    let portal = server.portal_with(limited(Limits { operating_seconds: 480.0, ..Limits::OFF }));
    let list = || call(&methods::task::LIST, json!({}));
    portal.call(list(), soon()).await.expect("the limit is found only after the call that reaches it");
    let error = portal.call(list(), soon()).await.expect_err("used up");
    assert_eq!(
        whole(&error),
        "`tasks.task.list` has used up its running time on the portal; it is free again in about 59 s"
    );
    assert_eq!(error.code(), "OPERATION_TIME_LIMIT");
    portal.call(call(&methods::task::GET, json!({"taskId": 1})), soon()).await.expect("another method");

    let rows = portal.batch(vec![list(), call(&methods::user::CURRENT, json!({}))], soon()).await;
    assert!(matches!(rows[0], Err(CallError::Overtime { method: "tasks.task.list", .. })));
    assert!(rows[1].is_ok());
    assert_eq!(server.seen().iter().filter(|seen| seen.path.contains("tasks.task.list")).count(), 1);
}

#[tokio::test]
async fn the_running_time_of_a_batch_is_booked_for_the_batch_and_for_its_commands() {
    let server = Server::new(|_, seen| {
        let time = |operating: f64| json!({"operating": operating, "operating_reset_at": 1_000_060, "finish": 1_000_000});
        let keys: Vec<_> = seen.commands().into_iter().map(|(key, _)| key).collect();
        let result: serde_json::Map<String, Value> = keys.iter().map(|key| (key.clone(), json!(1))).collect();
        let times: serde_json::Map<String, Value> = keys.iter().map(|key| (key.clone(), time(500.0))).collect();
        Step::json(200, json!({"result": {"result": result, "result_time": times}, "time": time(0.2)}))
    })
    .await;
    let portal = server.portal_with(limited(Limits { operating_seconds: 480.0, ..Limits::OFF }));
    let users = || vec![call(&methods::user::CURRENT, json!({})), call(&methods::user::CURRENT, json!({}))];
    assert!(portal.batch(users(), soon()).await.iter().all(Result::is_ok));
    let codes: Vec<_> = portal
        .batch(users(), soon())
        .await
        .into_iter()
        .map(|row| row.map_err(|e| e.code().to_owned()))
        .collect();
    assert_eq!(codes, vec![Err("OPERATION_TIME_LIMIT".to_owned()); 2]);
    let profile = || call(&methods::system::PROFILE, json!({}));
    assert!(portal.batch(vec![profile(), profile()], soon()).await.iter().all(Result::is_ok));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_refusal_for_running_time_ends_the_call_at_once_when_nobody_says_how_long() {
    let server = Server::always(Step::json(429, json!({"error": "OPERATION_TIME_LIMIT"}))).await;
    let error =
        server.portal().call(call(&methods::task::ADD, json!({})), soon()).await.expect_err("refused");
    assert_eq!(
        (error.code(), error.ran(), server.seen().len()),
        ("OPERATION_TIME_LIMIT", b24_rest::Ran::No, 1)
    );
}

#[tokio::test]
async fn a_wait_that_the_portal_names_is_not_begun_when_it_ends_too_late() {
    let server =
        Server::always(Step::json(503, json!({"error": "QUERY_LIMIT_EXCEEDED"})).with("retry-after", "60"))
            .await;
    let deadline = Deadline::after(Duration::from_secs(30));
    let error =
        server.portal().call(call(&methods::task::ADD, json!({})), deadline).await.expect_err("refused");
    assert_eq!(
        (error.code(), error.ran(), server.seen().len()),
        ("QUERY_LIMIT_EXCEEDED", b24_rest::Ran::No, 1)
    );
}
