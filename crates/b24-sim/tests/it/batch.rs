//! Classic `batch`: each command has its own fate.

use insta::assert_snapshot;
use serde_json::{Map, Value, json};

use crate::house::{House, refusal};
use b24_sim::WebhookSpec;

async fn batch(house: &House, cmd: Value) -> Value {
    house.result("batch", json!({ "cmd": cmd })).await
}

#[tokio::test]
async fn a_failed_command_never_hides_the_others() {
    let house = House::new().await;
    let cmd = json!({
        "admin": "user.admin",
        "gone": "tasks.task.start?taskId=100500",
        "people": "user.get?FILTER[ID]=1&select[]=ID",
    });

    let mut result = batch(&house, cmd).await;
    let times = result["result_time"].take();

    assert_eq!(
        result,
        json!({
            "result": { "admin": true, "people": [{ "ID": "1" }] },
            "result_error": { "gone": { "error": "0", "error_description": "Action on the task is not allowed" } },
            "result_total": { "people": 1 },
            "result_next": [],
            "result_time": null,
        })
    );
    assert_eq!(
        times.as_object().map(|map| map.keys().collect::<Vec<_>>()),
        Some(vec![&"admin".into(), &"people".into()])
    );
}

#[tokio::test]
async fn a_list_of_commands_answers_with_lists() {
    let house = House::new().await;

    let result = batch(&house, json!(["user.admin", "server.time"])).await;

    assert_eq!(result["result"], json!([true, "2026-05-14T12:00:00+03:00"]));
    assert_eq!(result["result_error"], json!([]));
}

#[tokio::test]
async fn a_failure_in_the_middle_of_a_list_leaves_a_map_with_gaps() {
    let house = House::new().await;

    let result = batch(&house, json!(["user.admin", "no.such", "user.admin"])).await;

    assert_eq!(result["result"], json!({ "0": true, "2": true }));
    assert_eq!(
        result["result_error"],
        json!({ "1": { "error": "ERROR_METHOD_NOT_FOUND", "error_description": "Method not found!" } })
    );
}

#[tokio::test]
async fn halt_stops_at_the_first_failure() {
    let house = House::new().await;
    let cmd = json!({ "a": "user.admin", "b": "no.such", "c": "user.admin" });

    let result = house.result("batch", json!({ "cmd": cmd, "halt": 1 })).await;

    assert_eq!(result["result"], json!({ "a": true }));
    assert_eq!(result["result_error"].as_object().map(Map::len), Some(1));
    let seen: Vec<String> =
        house.portal.traffic()[0].commands.iter().map(|command| command.key.clone()).collect();
    assert_eq!(seen, ["a", "b"]);
}

#[tokio::test]
async fn commands_after_the_fiftieth_are_refused_one_by_one() {
    let house = House::new().await;
    let cmd: Map<String, Value> = (0..52).map(|at| (format!("c{at}"), json!("user.admin"))).collect();

    let result = batch(&house, Value::Object(cmd)).await;

    let too_long =
        json!({ "error": "ERROR_BATCH_LENGTH_EXCEEDED", "error_description": "Max batch length exceeded" });
    assert_eq!(result["result"].as_object().map(Map::len), Some(50));
    assert_eq!(result["result_error"], json!({ "c50": too_long, "c51": too_long }));
}

#[tokio::test]
async fn a_batch_within_a_batch_is_refused_for_its_key_only() {
    let house = House::new().await;

    let result = batch(&house, json!({ "in": "batch?cmd[a]=user.admin", "ok": "user.admin" })).await;

    assert_eq!(result["result"], json!({ "ok": true }));
    assert_eq!(result["result_error"]["in"]["error"], "ERROR_BATCH_METHOD_NOT_ALLOWED");
}

#[tokio::test]
async fn a_missing_scope_has_no_words_within_a_batch() {
    let house = House::new().await;
    let narrow = house.visitor(WebhookSpec::of(1).scopes(["crm"]));

    let result = narrow.result("batch", json!({ "cmd": { "a": "user.current" } })).await;

    assert_eq!(
        result["result_error"],
        json!({ "a": { "error": "insufficient_scope", "error_description": "" } })
    );
}

#[tokio::test]
async fn later_commands_take_values_from_earlier_results() {
    let house = House::new().await;
    let cmd = json!({
        "made": "tasks.task.add?fields[TITLE]=%D0%9E%D1%82%D1%87%D1%91%D1%82%20%26%20%D0%BA%D0%BE&fields[RESPONSIBLE_ID]=1",
        "list": "tasks.task.list?filter[ID]=$result[made][task][id]&select[]=TITLE",
        "note": "task.commentitem.add?0=$result[list][tasks][0][id]&1[POST_MESSAGE]=see%20$result[made][task][title]!",
        "none": "task.commentitem.add?0=$result[made][task][id]&1[POST_MESSAGE]=[$result[nobody][ID]]",
    });

    let result = batch(&house, cmd).await;

    let id: u64 = result["result"]["made"]["task"]["id"].as_str().expect("an id").parse().expect("a number");
    let facts = house.portal.task(id).expect("the task");
    let comments: Vec<&str> = facts.comments.iter().map(|comment| comment.text.as_str()).collect();
    assert_eq!(comments, ["see Отчёт & ко!", "[]"]);
}

#[tokio::test]
async fn a_title_that_looks_like_a_reference_is_replaced_too() {
    let house = House::new().await;
    let cmd = json!({
        "who": "profile",
        "made": "tasks.task.add?fields[TITLE]=%24result%5Bwho%5D%5BNAME%5D&fields[RESPONSIBLE_ID]=1",
    });

    let result = batch(&house, cmd).await;

    assert_eq!(result["result"]["made"]["task"]["title"], "Мария");
}

#[tokio::test]
async fn it_arrives_in_a_form_and_in_a_query_encoded_twice() {
    let house = House::new().await;
    let form = "cmd[a]=user.get%3FFILTER%5BNAME%5D%3DMarsh%2526Field%26select%5B%5D%3DID&halt=0";
    let path = house.hook_path("batch");

    let by_form =
        house.raw("POST", &path, "application/x-www-form-urlencoded", form).await.expect("an answer");
    let by_query = house.raw("GET", &format!("{path}?{form}"), "", "").await.expect("an answer");

    assert_eq!(by_form.json()["result"]["result"], json!({ "a": [] }));
    assert_eq!(by_query, by_form);
    assert_eq!(house.portal.traffic()[0].commands[0].params["FILTER"], json!({ "NAME": "Marsh&Field" }));
}

#[tokio::test]
async fn nothing_to_do_is_no_error() {
    let house = House::new().await;

    let result = house.result("batch", json!({})).await;

    assert_eq!(
        result,
        json!({ "result": [], "result_error": [], "result_total": [], "result_next": [], "result_time": [] })
    );
}

#[tokio::test]
async fn pages_inside_a_batch_report_their_total_and_next() {
    let house = House::with(b24_sim::Settings { tasks: 120, ..crate::house::settings() }).await;
    let cmd =
        json!({ "one": "tasks.task.list?select[]=ID", "three": "tasks.task.list?select[]=ID&start=100" });

    let result = batch(&house, cmd).await;

    assert_eq!(result["result_total"], json!({ "one": 120, "three": 120 }));
    assert_eq!(result["result_next"], json!({ "one": 50 }));
}

#[tokio::test]
async fn calling_it_twice_needs_no_scope() {
    let house = House::new().await;
    let narrow = house.visitor(WebhookSpec::of(1).scopes(Vec::<String>::new()));

    let reply = narrow.call("user.get", json!({})).await;
    let result = narrow.result("batch", json!({ "cmd": ["user.admin"] })).await;

    assert_snapshot!(
        refusal(&reply),
        @"403 insufficient_scope: The request requires higher privileges than provided by the webhook token"
    );
    assert_eq!(result["result"], json!([true]));
}
