//! What goes wrong between here and a portal, for a read and for a write: the error, and how often it was sent.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use b24_rest::{CallError, Deadline, Reply, methods};
use serde_json::json;

use crate::scripted::{self, Server, Step, call, options, options_for, soon};

fn told(answer: &Result<Reply, CallError>, sent: usize) -> String {
    match answer {
        Ok(reply) => format!("answered {} after {sent} requests", reply.result),
        Err(error) => format!("{} ran={:?} after {sent} requests", error.code(), error.ran()),
    }
}

/// What became of each kind of call that meets nothing but `step`: fault × effect × dialect.
async fn row(name: &str, step: Step) -> String {
    let v3_write = || call(&methods::task_v3::ADD, json!({"fields": {"title": "x"}}));
    let calls = [
        ("classic read", call(&methods::task::GET, json!({"taskId": 1}))),
        ("classic write", call(&methods::task::ADD, json!({"fields": {"TITLE": "x"}}))),
        ("classic delete", call(&methods::task::DELETE, json!({"taskId": 1}))),
        ("3.0 read", call(&methods::task_v3::GET, json!({"id": 1}))),
        ("3.0 write", v3_write()),
        ("3.0 write with key", v3_write().with_idempotency_key("key-1".into())),
        ("3.0 delete", call(&methods::task_v3::DELETE, json!({"id": 1}))),
    ];
    let mut outcomes = Vec::new();
    for (kind, call) in calls {
        let server = Server::always(step.clone()).await;
        let answer = server.portal_with(options_for(&step)).call(call, soon()).await;
        outcomes.push(format!("    {kind:<20}{}", told(&answer, server.seen().len())));
    }
    format!("{name}\n{}", outcomes.join("\n"))
}

#[tokio::test]
async fn every_fault_has_its_error_and_a_write_that_may_have_run_is_never_sent_twice() {
    let said = |status, code: &str| Step::json(status, json!({"error": code, "error_description": "no"}));
    let said_v3 = |status, tail: &str| {
        let code = format!("BITRIX_REST_V3_EXCEPTION_{tail}");
        Step::json(status, json!({"error": {"code": code, "message": "no"}}))
    };
    let rows = [
        row("closes the socket", Step::Close).await,
        row("never answers", Step::Hang).await,
        row("HTML, 200", Step::text(200, "<html>maintenance</html>")).await,
        row("HTML, 404", Step::text(404, "<html>no such page</html>")).await,
        row("HTML, 502", Step::text(502, "<html>bad gateway</html>")).await,
        row("HTML, 503", Step::text(503, "<html>unavailable</html>")).await,
        row("HTML, 429", Step::text(429, "<html>slow down</html>")).await,
        row("empty, 200", Step::text(200, "")).await,
        row("half a JSON, whole body", Step::text(200, r#"{"result":{"task":"#)).await,
        row("half a body, 200", Step::Half { status: 200, body: r#"{"result":1}"# }).await,
        row("half a body, 500", Step::Half { status: 500, body: "{" }).await,
        row("INTERNAL_SERVER_ERROR, 500", said(500, "INTERNAL_SERVER_ERROR")).await,
        row("QUERY_LIMIT_EXCEEDED, 503", said(503, "QUERY_LIMIT_EXCEEDED")).await,
        row("OVERLOAD_LIMIT, 503", said(503, "OVERLOAD_LIMIT")).await,
        row("OPERATION_TIME_LIMIT, 429", said(429, "OPERATION_TIME_LIMIT")).await,
        row("ERROR_CORE, 400", said(400, "ERROR_CORE")).await,
        row("a refusal without a name, 400", said(400, "1048582")).await,
        row("a refusal, 200", said(200, "ACCESS_DENIED")).await,
        row("INVALID_CREDENTIALS, 401", said(401, "INVALID_CREDENTIALS")).await,
        row("expired_token, 401", said(401, "expired_token")).await,
        row("insufficient_scope, 403", said(403, "insufficient_scope")).await,
        row("3.0 internal, 500", said_v3(500, "INTERNAL_INTERNALEXCEPTION")).await,
        row("3.0 validation, 400", said_v3(400, "VALIDATION_REQUESTVALIDATIONEXCEPTION")).await,
        row("3.0 not found, 400", said_v3(400, "ENTITYNOTFOUNDEXCEPTION")).await,
        row("3.0 access denied, 403", said_v3(403, "ACCESSDENIEDEXCEPTION")).await,
        row("3.0 access denied, 401", said_v3(401, "ACCESSDENIEDEXCEPTION")).await,
        row("3.0 scope, 403", said_v3(403, "INSUFFICIENTSCOPEEXCEPTION")).await,
        row("3.0 key reused, 422", said_v3(422, "IDEMPOTENCYKEYREUSEDEXCEPTION")).await,
    ];
    insta::assert_snapshot!(rows.join("\n"));
}

#[tokio::test]
async fn a_portal_that_is_down_was_not_reached_and_a_write_may_be_tried_again() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let host = listener.local_addr().expect("an address").to_string();
    drop(listener);
    let portal = scripted::portal("http", &host, options());
    for call in [call(&methods::task::GET, json!({})), call(&methods::task::ADD, json!({}))] {
        let error = portal.call(call, soon()).await.expect_err("nobody listens");
        assert_eq!((error.code(), error.ran()), ("PORTAL_UNREACHABLE", b24_rest::Ran::No));
    }
}

#[tokio::test]
async fn a_portal_that_hangs_up_before_reading_may_have_run_a_write_for_all_we_know() {
    let mut outcomes = Vec::new();
    for call in [call(&methods::task::GET, json!({})), call(&methods::task::ADD, json!({}))] {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let host = listener.local_addr().expect("an address").to_string();
        let accepted = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&accepted);
        tokio::spawn(async move {
            while listener.accept().await.is_ok() {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        });
        let answer = scripted::portal("http", &host, options()).call(call, soon()).await;
        outcomes.push(told(&answer, accepted.load(Ordering::SeqCst)));
    }
    assert_eq!(
        outcomes,
        ["PORTAL_NO_ANSWER ran=Unknown after 3 requests", "WRITE_UNSETTLED ran=Unknown after 1 requests"]
    );
}

#[tokio::test]
async fn a_kept_connection_that_breaks_under_a_write_does_not_make_it_run_twice() {
    let server = Server::new(|n, _| match n {
        0 => Step::json(200, json!({"result": true})),
        _ => Step::Close,
    })
    .await;
    let portal = server.portal();
    portal.call(call(&methods::system::PROFILE, json!({})), soon()).await.expect("answered");
    let answer = portal.call(call(&methods::task::ADD, json!({})), soon()).await;
    assert_eq!(told(&answer, server.seen().len()), "WRITE_UNSETTLED ran=Unknown after 2 requests");
}

#[tokio::test]
async fn a_fault_that_passes_is_not_seen_by_the_caller() {
    let passing = [
        Step::Close,
        Step::text(502, "<html>bad gateway</html>"),
        Step::json(200, json!({"result": {"task": {"id": "1"}}})),
    ];
    let server = Server::new(move |n, _| passing[n].clone()).await;
    let answer = server.portal().call(call(&methods::task::GET, json!({"taskId": 1})), soon()).await;
    assert_eq!(told(&answer, server.seen().len()), r#"answered {"task":{"id":"1"}} after 3 requests"#);
}

#[tokio::test]
async fn a_write_that_was_turned_away_is_sent_again() {
    let server = Server::new(|n, _| match n {
        0 | 1 => Step::json(503, json!({"error": "QUERY_LIMIT_EXCEEDED"})),
        _ => Step::json(200, json!({"result": {"task": {"id": "1"}}})),
    })
    .await;
    let answer =
        server.portal().call(call(&methods::task::ADD, json!({"fields": {"TITLE": "x"}})), soon()).await;
    assert_eq!(told(&answer, server.seen().len()), r#"answered {"task":{"id":"1"}} after 3 requests"#);
}

#[tokio::test]
async fn a_write_with_an_idempotency_key_is_repeated_and_never_reported_as_not_run() {
    let add = || {
        call(&methods::task_v3::ADD, json!({"fields": {"title": "x"}})).with_idempotency_key("key-1".into())
    };
    let server = Server::new(|n, _| match n {
        0 => Step::Close,
        _ => Step::json(200, json!({"result": {"item": {"id": 1}}})),
    })
    .await;
    let answer = server.portal().call(add(), soon()).await;
    assert_eq!(told(&answer, server.seen().len()), r#"answered {"item":{"id":1}} after 2 requests"#);
    assert!(server.seen().iter().all(|seen| seen.head.contains("idempotency-key: key-1\r\n")));

    let server = Server::new(|n, _| match n {
        0 => Step::Close,
        _ => Step::json(403, json!({"error": {"code": "BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION"}})),
    })
    .await;
    let answer = server.portal().call(add(), soon()).await;
    assert_eq!(told(&answer, server.seen().len()), "WRITE_UNSETTLED ran=Unknown after 2 requests");
}

#[tokio::test]
async fn a_fresh_key_is_kept_over_repetitions_and_given_to_no_other_call() {
    let server = Server::new(|n, _| match n {
        0 => Step::Close,
        _ => Step::json(200, json!({"result": {"item": {"id": 1}}})),
    })
    .await;
    let portal = server.portal();
    for method in [&methods::task_v3::ADD, &methods::result::ADD, &methods::task::ADD] {
        let add = call(method, json!({"fields": {"title": "x"}})).with_fresh_idempotency_key();
        portal.call(add, soon()).await.expect("an answer");
    }
    let read = call(&methods::task_v3::GET, json!({"id": 1})).with_fresh_idempotency_key();
    portal.call(read, soon()).await.expect("an answer");
    let key = |head: &str| head.lines().find_map(|line| line.strip_prefix("idempotency-key: ").map(str::len));
    let keys: Vec<_> = server.seen().iter().map(|seen| key(&seen.head)).collect();
    assert_eq!(keys, [Some(32), Some(32), Some(32), None, None]);
    let line = |seen: usize| {
        let head = server.seen()[seen].head.clone();
        head.lines().find(|line| line.starts_with("idempotency-key")).map(str::to_owned)
    };
    assert_eq!((line(0) == line(1), line(1) == line(2)), (true, false));
}

#[tokio::test]
async fn a_classic_write_is_not_made_repeatable_by_a_key() {
    let server = Server::always(Step::Close).await;
    let add = call(&methods::task::ADD, json!({})).with_idempotency_key("key-1".into());
    let answer = server.portal().call(add, soon()).await;
    assert_eq!(told(&answer, server.seen().len()), "WRITE_UNSETTLED ran=Unknown after 1 requests");
}

#[tokio::test]
async fn the_deadline_ends_a_call_whatever_it_was_doing() {
    let server = Server::always(Step::Hang).await;
    let portal = server.portal();
    let short = || Deadline::after(Duration::from_millis(50));
    let passed = Deadline::after(Duration::ZERO);
    let read = portal.call(call(&methods::task::GET, json!({})), short()).await;
    let write = portal.call(call(&methods::task::ADD, json!({})), short()).await;
    let late = portal.call(call(&methods::task::ADD, json!({})), passed).await;
    let codes =
        [read, write, late].map(|answer| answer.map_err(|error| (error.code().to_owned(), error.ran())));
    insta::assert_debug_snapshot!(codes.map(Result::unwrap_err), @r#"
    [
        (
            "DEADLINE_EXCEEDED",
            No,
        ),
        (
            "WRITE_UNSETTLED",
            Unknown,
        ),
        (
            "DEADLINE_EXCEEDED",
            No,
        ),
    ]
    "#);
    assert_eq!(server.seen().len(), 2, "the last one was not sent");
}

#[tokio::test]
async fn an_answer_that_is_too_large_is_not_read_to_its_end() {
    let server = Server::always(Step::json(200, json!({"result": "x".repeat(2000)}))).await;
    let portal = server.portal_with(b24_rest::Options { largest_answer: 1000, ..options() });
    let error = portal.call(call(&methods::task::GET, json!({})), soon()).await.expect_err("too large");
    assert_eq!(scripted::whole(&error), "the answer to `tasks.task.get` is larger than 1000 bytes");
    assert_eq!((error.ran(), server.seen().len()), (b24_rest::Ran::Yes, 1));
}
