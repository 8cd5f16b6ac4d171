//! A webhook's secret is in no error and no debug output, even when the portal repeats it.

use b24_rest::{Call, CallError, methods};
use serde_json::json;

use crate::scripted::{SECRET, Server, Step, call, options, options_for, portal, soon, whole};

fn clean(what: &str, error: &CallError) {
    let printed = format!("{error:?} {error:#?} {} {} {:?}", whole(error), error.code(), error.portal_code());
    assert!(!printed.contains(SECRET), "{what}: {printed}");
    assert!(!printed.contains("/rest/"), "{what}: {printed}");
}

#[tokio::test]
async fn no_error_holds_the_secret_even_when_the_portal_repeats_it() {
    let echo = format!("tasks.task.get failed at {SECRET}");
    let location = |to: &str| Step::text(302, "").with("location", to.replace("***", SECRET));
    let steps = [
        Step::json(400, json!({"error": "ERROR_CORE", "error_description": echo})),
        Step::json(400, json!({"error": echo})),
        Step::json(401, json!({"error": "INVALID_CREDENTIALS", "error_description": echo})),
        Step::json(403, json!({"error": SECRET})),
        Step::json(
            400,
            json!({"error": {"code": echo, "message": echo, "validation": [{"field": echo, "message": echo}]}}),
        ),
        Step::json(500, json!({"error": "INTERNAL_SERVER_ERROR", "error_description": echo})),
        Step::text(200, format!("<html>{echo}</html>")),
        Step::text(200, echo.clone()),
        Step::Close,
        Step::Hang,
        Step::Half { status: 200, body: "{" },
        location("https://***.evil.example/rest/7/***/tasks.task.get.json"),
        location("http://evil.example/rest/7/***/tasks.task.get.json"),
        location("http://127.0.0.1:1/***"),
        location("***"),
        Step::text(200, "x").with("content-encoding", "gzip"),
    ];
    for step in steps {
        let server = Server::always(step.clone()).await;
        let portal = server.portal_with(options_for(&step));
        for call in [call(&methods::task::GET, json!({"taskId": 1})), call(&methods::task::ADD, json!({}))] {
            let error = portal.call(call, soon()).await.expect_err("every step is a fault");
            clean(&format!("{step:?}"), &error);
        }
        let calls =
            vec![call(&methods::task::ADD, json!({"a": 1})), call(&methods::task::ADD, json!({"a": 2}))];
        for answer in portal.batch(calls, soon()).await {
            clean(&format!("batch {step:?}"), &answer.expect_err("every step is a fault"));
        }
    }
}

#[tokio::test]
async fn an_unreachable_portal_is_named_by_no_address() {
    for (scheme, host) in
        [("http", "127.0.0.1:1"), ("https", "127.0.0.1:1"), ("https", "no-such-host.invalid")]
    {
        let portal = portal(scheme, host, options());
        let error =
            portal.call(call(&methods::task::GET, json!({})), soon()).await.expect_err("nobody is there");
        assert_eq!(error.code(), "PORTAL_UNREACHABLE");
        clean(host, &error);
    }
}

#[tokio::test]
async fn a_secret_in_a_result_is_masked_as_well() {
    let server =
        Server::always(Step::json(200, json!({"result": {"url": format!("/rest/7/{SECRET}/x")}}))).await;
    let reply = server.portal().call(call(&methods::task::GET, json!({})), soon()).await.expect("answered");
    assert_eq!(reply.result, json!({"url": "/rest/7/***/x"}));
}

#[tokio::test]
async fn what_can_be_printed_shows_no_more_than_names() {
    let portal = portal("https", "acme.example", options());
    assert_eq!(format!("{portal:?} {}", portal.address()), "Portal(acme.example) https://acme.example");
    let call: Call = call(&methods::task::ADD, json!({"fields": {"TITLE": "private"}}));
    assert_eq!(format!("{call:?}"), "Call(tasks.task.add fields)");
}
