//! Misbehaviour on cue: what the client sees, and whether the method ran.

use std::io::Read;
use std::time::Duration;

use b24_sim::{Fault, FaultRule, Times};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};
use crate::http::{Reply, exchange, header};

/// Adds a task under `fault`; says what came back and how many tasks there are more.
async fn add_under(fault: Fault) -> (Option<Reply>, usize) {
    let house = House::new().await;
    house.portal.faults().once("tasks.task.add", fault);
    let before = house.portal.task_ids().len();
    let body = json!({ "fields": { "TITLE": "Once", "RESPONSIBLE_ID": 1 } }).to_string();

    let reply = house.raw("POST", &house.hook_path("tasks.task.add"), "application/json", &body).await;

    let added = house.portal.task_ids().len() - before;
    assert_eq!(house.portal.traffic()[0].ran, added == 1, "the traffic knows whether it ran");
    (reply, added)
}

#[tokio::test]
async fn a_connection_dropped_before_runs_nothing() {
    assert_eq!(add_under(Fault::DropBefore).await, (None, 0));
}

#[tokio::test]
async fn a_connection_dropped_after_has_written_once() {
    assert_eq!(add_under(Fault::DropAfter).await, (None, 1));
}

#[tokio::test]
async fn half_an_answer_is_shorter_than_it_promised() {
    let (reply, added) = add_under(Fault::Half).await;
    let reply = reply.expect("a head");

    assert_eq!((reply.status, reply.complete, added), (200, false, 1));
    assert!(reply.body.starts_with("{\"result\":{\"task\"") && !reply.body.ends_with('}'));
}

#[tokio::test]
async fn error_statuses_come_without_running_or_after_it() {
    let (before, none) = add_under(Fault::Status(500)).await;
    let (after, one) = add_under(Fault::StatusAfter(502)).await;

    assert_eq!((none, one), (0, 1));
    assert_snapshot!(refusal(&before.expect("an answer")), @"500 INTERNAL_SERVER_ERROR: Internal server error");
    assert_snapshot!(
        refusal(&after.expect("an answer")),
        @"502 ERROR_UNEXPECTED_ANSWER: Server returned an unexpected response"
    );
}

#[tokio::test]
async fn a_page_of_html_comes_with_any_status() {
    for status in [200, 502] {
        let (reply, added) = add_under(Fault::Html(status)).await;
        let reply = reply.expect("an answer");
        assert_eq!((reply.status, reply.body.starts_with("<html>"), added), (status, true, 0));
    }
}

#[tokio::test]
async fn both_limits_can_be_played() {
    let (operating, _) = add_under(Fault::OperationTimeLimit).await;
    let (rate, _) = add_under(Fault::QueryLimit).await;

    assert_eq!((operating.map(|reply| reply.status), rate.map(|reply| reply.status)), (Some(429), Some(503)));
}

#[tokio::test]
async fn a_delay_is_followed_by_what_else_is_planned() {
    let house = House::new().await;
    house.portal.faults().next(Fault::Delay(Duration::from_millis(1)));
    house.portal.faults().next(Fault::Status(503));

    let slow = house.call("profile", json!({})).await.status;
    let well = house.call("profile", json!({})).await.status;

    assert_eq!((slow, well, house.portal.faults().planned()), (503, 200, vec![]));
}

#[tokio::test]
async fn a_fault_waits_for_its_method_and_happens_as_often_as_told() {
    let house = House::new().await;
    house.portal.faults().plan("server.time=status:500*2".parse().expect("a rule"));

    let mut statuses = Vec::new();
    for method in ["profile", "server.time", "profile", "Server.Time", "server.time"] {
        statuses.push(house.call(method, json!({})).await.status);
    }

    assert_eq!(statuses, [200, 500, 200, 500, 200]);
}

#[tokio::test]
async fn a_batch_is_hit_through_any_of_its_commands() {
    let house = House::new().await;
    house.portal.faults().once("server.time", Fault::Status(500));

    let hit = house.call("batch", json!({ "cmd": ["profile", "server.time"] })).await.status;

    assert_eq!(hit, 500);
}

/// The head and the bytes of an answer to `profile` under `fault`.
async fn profile_under(fault: Fault) -> (String, Vec<u8>) {
    let house = House::new().await;
    house.portal.faults().once("profile", fault);
    exchange(
        house.portal.address(),
        "POST",
        &house.hook_path("profile"),
        "Content-Type: application/json",
        b"{}",
    )
    .await
    .expect("an answer")
}

fn name_in(bytes: &[u8]) -> Value {
    let body: Value = serde_json::from_slice(bytes).expect("JSON");
    body["result"]["NAME"].clone()
}

#[tokio::test]
async fn an_answer_can_arrive_compressed() {
    let (head, body) = profile_under(Fault::Gzip).await;

    let mut plain = Vec::new();
    let read = flate2::read::GzDecoder::new(&body[..]).read_to_end(&mut plain);

    assert_eq!(header(&head, "content-encoding"), Some("gzip"));
    assert_eq!((read.is_ok(), name_in(&plain)), (true, json!("Мария")));
}

#[tokio::test]
async fn an_answer_can_arrive_in_pieces_that_tear_letters_apart() {
    let (head, body) = profile_under(Fault::Chunked).await;

    assert_eq!(
        (header(&head, "content-length"), header(&head, "transfer-encoding")),
        (None, Some("chunked"))
    );
    let mut joined = Vec::new();
    let mut rest = &body[..];
    while let Some(end) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).expect("a size");
        let size = usize::from_str_radix(size, 16).expect("a size");
        joined.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = &rest[end + 4 + size..];
        if size == 0 {
            break;
        }
    }
    assert_eq!(name_in(&joined), json!("Мария"));
}

#[tokio::test]
async fn an_answer_can_begin_with_a_byte_order_mark() {
    let (head, body) = profile_under(Fault::Bom).await;

    assert_eq!(header(&head, "content-length"), Some(body.len().to_string().as_str()));
    assert_eq!((&body[..3], name_in(&body[3..])), (&b"\xEF\xBB\xBF"[..], json!("Мария")));
}

#[tokio::test]
async fn an_answer_can_lack_its_time() {
    let (_, body) = profile_under(Fault::NoTime).await;
    let body: Value = serde_json::from_slice(&body).expect("JSON");

    let keys: Vec<&String> = body.as_object().expect("a map").keys().collect();
    assert_eq!(keys, ["result"]);
}

#[tokio::test]
async fn a_result_can_be_of_a_kind_that_nobody_expects() {
    let house = House::new().await;
    for method in ["profile", "user.admin", "tasks.task.add"] {
        house.portal.faults().once(method, Fault::OddResult);
    }
    let map = house.result("profile", json!({})).await;
    let scalar = house.result("user.admin", json!({})).await;
    let fields = json!({ "title": "v3", "creatorId": 1, "responsibleId": 1 });
    let modern = house.v3("tasks.task.add", json!({ "fields": fields })).await.json();

    assert_eq!((map, scalar, &modern["result"]), (json!("odd"), json!([{ "odd": true }]), &json!("odd")));
    assert_eq!(house.portal.task_ids().len(), 41, "the method ran");
}

#[tokio::test]
async fn the_words_of_a_refusal_can_be_html() {
    let (reply, added) = add_under(Fault::HtmlDescription).await;
    let reply = reply.expect("an answer");

    assert_eq!(added, 0);
    assert_snapshot!(refusal(&reply), @r#"400 ERROR_CORE: <b>Action failed</b><br>See the <a href="/docs/?a=1&b=2">manual</a> &amp; try again<br>"#);
}

#[tokio::test]
async fn an_answer_can_say_less_than_it_should() {
    let house = House::new().await;
    house.portal.faults().times("tasks.task.get", Fault::ThinResult, 2);

    let alone = house.result("tasks.task.get", json!({ "taskId": 1 })).await;
    let batch = house.result("batch", json!({ "cmd": { "a": "tasks.task.get?taskId=1" } })).await;

    assert_eq!(alone, json!({ "task": { "id": "1" } }));
    assert_eq!(batch["result"]["a"], alone);
}

#[tokio::test]
async fn a_list_can_be_a_map_as_php_writes_one_with_gaps() {
    let house = House::new().await;
    house.portal.faults().times("user.get", Fault::MapResult, 2);

    let alone = house.result("user.get", json!({ "FILTER": { "ID": [1, 2] } })).await;
    let batch = house.result("batch", json!({ "cmd": { "a": "user.get?FILTER[ID]=1" } })).await;

    assert_eq!((&alone["1"]["ID"], &alone["3"]["ID"]), (&json!("1"), &json!("2")));
    assert_eq!(batch["result"]["a"]["1"]["ID"], "1");
}

#[tokio::test]
async fn a_method_can_be_taken_without_effect() {
    let house = House::new().await;
    let task = house.task(json!({})).await;
    house.portal.faults().once("tasks.task.complete", Fault::NoEffect);
    house.portal.faults().once("task.checklistitem.complete", Fault::NoEffect);

    let done = house.result("tasks.task.complete", json!({ "taskId": task })).await;
    let ticked = house.result("task.checklistitem.complete", json!([task, 1])).await;

    assert_eq!((&done["task"]["status"], &ticked), (&json!("2"), &json!(true)));
    assert_eq!(house.portal.task(task).expect("a task").status, 2);
    let seen: Vec<_> = house.portal.traffic().iter().map(|seen| (seen.method.clone(), seen.ran)).collect();
    assert_eq!(
        seen[1..],
        [("tasks.task.complete".into(), false), ("task.checklistitem.complete".into(), false)]
    );
}

#[tokio::test]
async fn any_code_can_be_answered() {
    let (reply, added) = add_under(Fault::Refuse("NO_SUCH_LUCK".to_owned())).await;

    assert_eq!(added, 0);
    assert_snapshot!(refusal(&reply.expect("an answer")), @"400 NO_SUCH_LUCK: ");
}

#[test]
fn every_word_of_a_fault_is_read_and_written_alike() {
    for text in [
        "any=drop-before",
        "any=drop-after*2",
        "profile=half*forever",
        "any=delay:500",
        "any=status:500",
        "any=status-after:502",
        "any=html:200",
        "any=429",
        "any=query-limit",
        "any=gzip",
        "any=chunked",
        "any=bom",
        "any=no-time",
        "any=html-description",
        "any=odd-result",
        "any=thin-result",
        "any=map-result",
        "any=no-effect",
        "any=refuse:INVALID_CREDENTIALS*2",
    ] {
        let rule: FaultRule = text.parse().expect("a rule");
        assert_eq!(rule.to_string(), text);
    }
}

#[test]
fn rules_are_read_from_text() {
    let rule = |text: &str| text.parse::<FaultRule>().map_err(|error| error.to_string());
    assert_eq!(
        rule("Tasks.Task.Add=drop-after*2"),
        Ok(FaultRule {
            method: Some("tasks.task.add".to_owned()),
            fault: Fault::DropAfter,
            times: Times::Count(2)
        })
    );
    assert_eq!(
        rule("any=delay:500*forever"),
        Ok(FaultRule {
            method: None,
            fault: Fault::Delay(Duration::from_millis(500)),
            times: Times::Forever
        })
    );
    let bad = ["drop-after", "a=explode", "a=delay", "a=status:200", "a=html:ok", "a=half*0"];
    let errors: Vec<String> = bad.iter().map(|text| rule(text).expect_err("refused")).collect();
    assert_snapshot!(errors.join("\n"), @r"
    `drop-after` has no `=`: write METHOD=FAULT, such as `tasks.task.add=drop-after*2` or `any=delay:500`
    `explode` is no fault: use drop-before, drop-after, delay:MILLISECONDS, status:CODE, status-after:CODE, half, html:CODE, 429, query-limit, gzip, chunked, bom, no-time, html-description, odd-result, thin-result, map-result, no-effect or refuse:CODE
    `delay` needs milliseconds, such as `delay:500`
    `status:200` needs an HTTP status from 400 to 599, such as `status:500`
    `html:ok` needs an HTTP status, such as `html:502`
    `*0` is no number of times: use `*2` or `*forever`
    ");
}
