//! `batch` of REST 3.0: a list of calls, in order, with one fate.

use b24_sim::{Limits, Operating, Settings, WebhookSpec};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, settings, v3_refusal};

fn get(id: u64) -> Value {
    json!({ "method": "tasks.task.get", "query": { "id": id, "select": ["id"] } })
}

fn add(title: &str) -> Value {
    json!({ "method": "tasks.task.add", "query": { "fields": { "title": title, "creatorId": 1, "responsibleId": 2 } } })
}

#[tokio::test]
async fn results_come_in_the_order_of_the_calls() {
    let house = House::new().await;

    let body = house.v3("batch", json!([get(3), get(1), get(2)])).await.json();

    assert_eq!(
        body["result"],
        json!([{ "item": { "id": 3 } }, { "item": { "id": 1 } }, { "item": { "id": 2 } }])
    );
    assert_eq!(body["time"]["date_start"], "2026-05-14T12:00:00+03:00");
}

#[tokio::test]
async fn a_map_that_counts_from_zero_is_the_same_as_a_list() {
    let house = House::new().await;

    let map = house.v3("batch", json!({ "0": get(3), "1": get(1) })).await.json();
    let seen = house.portal.traffic().pop().expect("the request");

    assert_eq!(map["result"], json!([{ "item": { "id": 3 } }, { "item": { "id": 1 } }]));
    let keys: Vec<String> = seen.commands.into_iter().map(|command| command.key).collect();
    assert_eq!((keys, seen.params), (vec!["0".to_owned(), "1".to_owned()], Value::Null));
}

#[tokio::test]
async fn later_calls_take_values_from_earlier_results() {
    let house = House::new().await;
    let mut made = add("once");
    made["as"] = json!("made");
    let list = json!({
        "method": "tasks.task.list", "as": "some", "parallel": true,
        "query": { "filter": [["id", "in", [2, { "$ref": "made.item.id" }, { "$ref": "1.id" }]]] },
    });
    let again = json!({ "method": "tasks.task.list", "query": { "filter": [["id", "in", { "$refArray": "some.id" }]] } });

    let body = house.v3("batch", json!([made, get(5), list, again])).await.json();

    let expected = json!({ "items": [{ "id": 2 }, { "id": 5 }, { "id": 41 }] });
    assert_eq!((&body["result"][2], &body["result"][3]), (&expected, &expected));
}

#[tokio::test]
async fn one_failure_is_the_whole_answer_and_what_was_written_before_stays() {
    let house = House::new().await;

    let reply = house.v3("batch", json!([add("before"), get(100_500), add("after")])).await;

    assert_snapshot!(v3_refusal(&reply), @"400 BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION: Record with ID = `100500` not found");
    assert_eq!(reply.json().as_object().map(|body| body.len()), Some(1));
    assert_eq!(house.portal.task(41).map(|task| task.title), Some("before".to_owned()));
    assert_eq!(house.portal.task_ids().len(), 41, "what came after did not run");
    let seen = house.portal.traffic().pop().expect("the request");
    let commands: Vec<(String, bool, Option<String>)> =
        seen.commands.into_iter().map(|command| (command.key, command.ran, command.error)).collect();
    let code = "BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION".to_owned();
    assert_eq!(
        (seen.ran, commands),
        (true, vec![("0".to_owned(), true, None), ("1".to_owned(), false, Some(code))])
    );
}

#[tokio::test]
async fn what_is_no_list_of_calls_is_refused_as_a_whole() {
    let house = House::new().await;
    let mut lines = Vec::new();
    for body in [
        json!({ "cmd": { "a": "tasks.task.get?id=1" } }),
        json!({ "1": get(1), "2": get(2) }),
        json!(["tasks.task.get?id=1"]),
        json!([{ "query": {} }]),
        json!([{ "method": "tasks.task.get", "query": "id=1" }]),
        json!([{ "method": "tasks.task.get", "as": 5 }]),
        json!([{ "method": "tasks.task.get", "query": { "id": { "$ref": "nobody.item.id" } } }]),
        json!([{ "method": "tasks.task.list", "query": { "filter": [["id", "in", { "$refArray": "nodot" }]] } }]),
        json!([add("written"), { "method": "tasks.task.get", "query": { "id": { "$ref": "0.item.shoe" } } }]),
        json!([{ "method": "batch", "query": {} }]),
        json!([{ "method": "user.get", "query": {} }]),
        json!([{ "method": "tasks.task.get", "query": { "id": "5" } }]),
    ] {
        lines.push(v3_refusal(&house.v3("batch", body).await));
    }
    let too_long = v3_refusal(&house.v3("batch", json!(vec![get(1); 51])).await);
    let empty = house.v3("batch", json!([])).await.json();

    assert_snapshot!(lines.join("\n"), @r#"
    400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION: Unable to recognize select expression `{"cmd":{"a":"tasks.task.get?id=1"}}`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION: Unable to recognize select expression `{"1":{"method":"tasks.task.get","query":{"id":1,"select":["id"]}},"2":{"method":"tasks.task.get","query":{"id":2,"select":["id"]}}}`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION: Unable to recognize select expression `["tasks.task.get?id=1"]`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION: Unable to recognize select expression `[{"query":{}}]`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION: Unable to recognize select expression `[{"method":"tasks.task.get","query":"id=1"}]`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION: Unable to recognize select expression `[{"method":"tasks.task.get","as":5}]`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION: Unable to recognize select expression `{"$ref":"nobody.item.id"}`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION: Unable to recognize select expression `{"$refArray":"nodot"}`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION: Unable to recognize select expression `{"$ref":"0.item.shoe"}`
    404 BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION: Method `batch` not found
    404 BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION: Method `user.get` not found
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      id: Field `id` requires data type `int` for this request
    "#);
    assert!(too_long.starts_with("400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION"), "{too_long}");
    assert_eq!(empty["result"], json!([]));
}

#[tokio::test]
async fn only_records_can_be_referred_to() {
    let house = House::new().await;
    let renamed = json!({ "method": "tasks.task.update", "as": "done", "query": { "id": 1, "fields": { "title": "x" } } });
    let asks = json!({ "method": "tasks.task.get", "query": { "id": { "$ref": "done.result" } } });

    let reply = house.v3("batch", json!([renamed, asks])).await;

    assert_eq!(reply.status, 400);
    assert!(reply.body.contains("INVALIDSELECTEXCEPTION"), "{}", reply.body);
}

#[tokio::test]
async fn it_counts_as_one_request_and_each_call_pays_for_its_own_method() {
    let limits = Limits { operating: Some(Operating::cloud()), ..Limits::standard() };
    let house = House::with(Settings { limits, method_ms: Some(1500), ..settings() }).await;

    house.v3("batch", json!([get(1), get(2)])).await;
    let alone = house.v3("tasks.task.get", json!({ "id": 1 })).await.json();

    assert_eq!(alone["time"]["operating"], json!(4.5));
}

#[tokio::test]
async fn a_missing_scope_of_one_call_is_the_answer_of_all() {
    let house = House::new().await;
    let hook = house.portal.add_webhook(WebhookSpec::of(1).scopes(["task"])).expect("a webhook");

    let reply = house.v3_through(&hook, "batch", json!([get(1)])).await;

    assert_eq!(reply.status, 403);
    assert!(reply.body.contains("INSUFFICIENTSCOPEEXCEPTION"), "{}", reply.body);
}

#[tokio::test]
async fn a_fault_hits_it_through_any_of_its_calls() {
    let house = House::new().await;
    let rule = "tasks.task.add=drop-after".parse().expect("a rule");
    house.portal.faults().plan(rule);

    let path = house.hook_path("batch").replacen("/rest/", "/rest/api/", 1);
    let body = json!([get(1), add("once")]).to_string();
    let reply = house.raw("POST", &path, "application/json", &body).await;

    assert_eq!((reply, house.portal.task_ids().len()), (None, 41));
}

#[tokio::test]
async fn an_idempotency_key_does_not_protect_it() {
    let house = House::new().await;
    let path = house.hook_path("batch").replacen("/rest/", "/rest/api/", 1);
    let body = json!([add("twice")]).to_string();
    for _ in 0..2 {
        let headers = "Content-Type: application/json\r\nIdempotency-Key: k-1";
        crate::http::send_with(house.portal.address(), "POST", &path, headers, &body)
            .await
            .expect("an answer");
    }

    assert_eq!(house.portal.task_ids().len(), 42);
}
