//! Many calls in one request, against a portal that answers each command with the command itself.

use b24_rest::{Call, CallError, Reply, methods};
use serde_json::{Map, Value, json};

use crate::scripted::{Seen, Server, Step, call, soon};

/// Answers a batch with its own commands, and a single call with its name.
fn echo(seen: &Seen) -> Step {
    if !seen.path.ends_with("/batch.json") {
        return Step::json(200, json!({"result": format!("alone {}", seen.path)}));
    }
    let result: Map<String, Value> =
        seen.commands().into_iter().map(|(key, text)| (key, text.into())).collect();
    Step::json(
        200,
        json!({"result": {"result": result, "result_error": [], "result_total": [], "result_next": [], "result_time": []}}),
    )
}

fn get(id: usize) -> Call {
    call(&methods::task::GET, json!({"taskId": id}))
}

fn add(title: &str) -> Call {
    call(&methods::task::ADD, json!({"fields": {"TITLE": title}}))
}

fn told(answers: &[Result<Reply, CallError>]) -> String {
    let line = |answer: &Result<Reply, CallError>| match answer {
        Ok(reply) => reply.result.to_string(),
        Err(error) => format!("{} {} ran={:?}", error.method(), error.code(), error.ran()),
    };
    answers.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn answers_come_in_the_order_of_the_calls_in_as_few_requests_as_possible() {
    for (count, sizes) in
        [(0, vec![]), (1, vec![0]), (2, vec![2]), (50, vec![50]), (51, vec![50, 0]), (120, vec![50, 50, 20])]
    {
        let server = Server::new(|_, seen| echo(seen)).await;
        let answers = server.portal().batch((1..=count).map(get).collect(), soon()).await;
        let commands: Vec<_> = server.seen().iter().map(|seen| seen.commands().len()).collect();
        assert_eq!(commands, sizes, "a single call is no batch");
        let ids: Vec<_> =
            answers.iter().map(|answer| answer.as_ref().expect("answered").result.clone()).collect();
        let ridden = count - sizes.iter().filter(|size| **size == 0).count();
        let expected: Vec<_> = (1..=ridden).map(|id| json!(format!("tasks.task.get?taskId={id}"))).collect();
        assert_eq!((answers.len(), &ids[..ridden]), (count, &expected[..]));
    }
}

#[tokio::test]
async fn keys_cannot_be_guessed_and_a_failure_does_not_stop_the_others() {
    let server = Server::new(|_, seen| echo(seen)).await;
    let portal = server.portal();
    for _ in 0..2 {
        portal.batch(vec![get(1), get(2)], soon()).await;
    }
    let seen = server.seen();
    let keys: Vec<_> = seen.iter().flat_map(|seen| seen.commands()).map(|(key, _)| key).collect();
    assert!(keys.iter().all(|key| key.len() >= 17), "{keys:?}");
    assert_ne!(keys[0], keys[2]);
    assert!(seen.iter().all(|seen| seen.body["halt"] == 0));
}

#[tokio::test]
async fn calls_that_may_not_ride_go_alone_and_keep_their_places() {
    let server = Server::new(|_, seen| echo(seen)).await;
    let calls = vec![
        add("one"),
        add("see $result[x][ID]"),
        call(&methods::task_v3::GET, json!({"id": 1})),
        call(&methods::task::UPDATE, json!({"taskId": 1, "fields": {"AUDITORS": []}})),
        call(&methods::checklist::COMPLETE, json!({"ITEMID": 2, "TASKID": 1})),
        call(&methods::checklist::COMPLETE, json!({"ITEMID": 2})),
        add("two & more"),
    ];
    let answers = server.portal().batch(calls, soon()).await;
    insta::assert_snapshot!(told(&answers), @r#"
    "tasks.task.add?fields[TITLE]=one"
    "alone /rest/7/***/tasks.task.add.json"
    "alone /rest/api/7/***/tasks.task.get"
    "alone /rest/7/***/tasks.task.update.json"
    "task.checklistitem.complete?0=1&1=2"
    task.checklistitem.complete CALL_MISUSED ran=No
    "tasks.task.add?fields[TITLE]=two+%26+more"
    "#);
    assert_eq!(server.seen().len(), 4);
}

#[tokio::test]
async fn results_that_come_as_a_list_are_taken_by_order_only_when_none_is_missing() {
    for (rows, told_of) in [
        (json!(["first", "second"]), "\"first\"\n\"second\""),
        (
            json!(["only one"]),
            "tasks.task.get PORTAL_NO_ANSWER ran=Unknown\ntasks.task.add WRITE_UNSETTLED ran=Unknown",
        ),
    ] {
        let answer = json!({"result": {"result": rows, "result_error": [], "result_time": []}});
        let server = Server::always(Step::json(200, answer)).await;
        let answers = server.portal().batch(vec![get(1), add("b")], soon()).await;
        assert_eq!(told(&answers), told_of);
    }
}

#[tokio::test]
async fn a_failed_command_never_hides_the_others() {
    let server = Server::new(|_, seen| {
        let keys: Vec<_> = seen.commands().into_iter().map(|(key, _)| key).collect();
        if keys.is_empty() {
            return echo(seen);
        }
        let mut answer = json!({"result": {}, "result_error": {}, "result_time": {}});
        answer["result"][&keys[0]] = json!({"task": {"id": "1"}});
        answer["result_error"][&keys[1]] = json!({"error": "1048582", "error_description": "No<br>access"});
        answer["result_error"][&keys[2]] = json!({"error": "insufficient_scope", "error_description": ""});
        answer["result_error"][&keys[3]] = json!({"error": "ERROR_BATCH_METHOD_NOT_ALLOWED"});
        answer["result_time"][&keys[4]] = json!({"operating": 0.1});
        answer["result_error"][&keys[6]] = json!({"error": "INTERNAL_SERVER_ERROR"});
        Step::json(200, json!({"result": answer}))
    })
    .await;
    // The last two stand nowhere in the answer: a read that got none, and a write that may have run.
    let calls = vec![get(1), add("b"), add("c"), add("d"), add("e"), get(6), add("g"), add("h")];
    let answers = server.portal().batch(calls, soon()).await;
    insta::assert_snapshot!(told(&answers), @r#"
    {"task":{"id":"1"}}
    tasks.task.add PORTAL_REFUSED ran=No
    tasks.task.add insufficient_scope ran=No
    "alone /rest/7/***/tasks.task.add.json"
    null
    tasks.task.get PORTAL_NO_ANSWER ran=Unknown
    tasks.task.add WRITE_UNSETTLED ran=Unknown
    tasks.task.add WRITE_UNSETTLED ran=Unknown
    "#);
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_batch_that_fails_as_a_whole_gives_every_row_its_error_and_repeats_no_write() {
    let cut = |what: Step, calls: fn() -> Vec<Call>| async move {
        let server = Server::always(what).await;
        let answers = server.portal().batch(calls(), soon()).await;
        format!("{}\n{} requests", told(&answers), server.seen().len())
    };
    let reads = || vec![get(1), get(2)];
    let mixed = || vec![get(1), add("x")];
    let table = [
        ("reads, closed", cut(Step::Close, reads).await),
        ("mixed, closed", cut(Step::Close, mixed).await),
        ("mixed, HTML 502", cut(Step::text(502, "<html>"), mixed).await),
        ("mixed, HTML 404", cut(Step::text(404, "<html>"), mixed).await),
        ("mixed, turned away", cut(Step::json(503, json!({"error": "QUERY_LIMIT_EXCEEDED"})), mixed).await),
        ("mixed, empty", cut(Step::json(200, json!({"result": []})), mixed).await),
    ]
    .map(|(name, rows)| format!("{name}\n{rows}\n"));
    insta::assert_snapshot!(table.join("\n"), @r"
    reads, closed
    tasks.task.get PORTAL_NO_ANSWER ran=Unknown
    tasks.task.get PORTAL_NO_ANSWER ran=Unknown
    3 requests

    mixed, closed
    tasks.task.get PORTAL_NO_ANSWER ran=Unknown
    tasks.task.add WRITE_UNSETTLED ran=Unknown
    1 requests

    mixed, HTML 502
    tasks.task.get PORTAL_NO_ANSWER ran=Unknown
    tasks.task.add WRITE_UNSETTLED ran=Unknown
    1 requests

    mixed, HTML 404
    tasks.task.get PORTAL_GARBLED ran=No
    tasks.task.add PORTAL_GARBLED ran=No
    1 requests

    mixed, turned away
    tasks.task.get QUERY_LIMIT_EXCEEDED ran=No
    tasks.task.add QUERY_LIMIT_EXCEEDED ran=No
    6 requests

    mixed, empty
    tasks.task.get PORTAL_NO_ANSWER ran=Unknown
    tasks.task.add WRITE_UNSETTLED ran=Unknown
    1 requests
    ");
}

#[tokio::test]
async fn a_credential_that_is_refused_once_is_not_offered_again() {
    let server = Server::always(Step::json(401, json!({"error": "INVALID_CREDENTIALS"}))).await;
    let mut calls: Vec<_> = (1..=60).map(get).collect();
    calls.push(call(&methods::task_v3::GET, json!({"id": 1})));
    let answers = server.portal().batch(calls, soon()).await;
    assert!(answers.iter().all(|answer| matches!(answer, Err(CallError::Credential(_)))));
    assert_eq!((answers.len(), server.seen().len()), (61, 1));
}
