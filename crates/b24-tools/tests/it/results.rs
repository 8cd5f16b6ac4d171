//! Results of tasks.

use b24_sim::{Fault, WebhookSpec};
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

/// A task of persons 1 and 2 with a result of person 1: their ids.
async fn with_result(house: &House) -> (u64, u64) {
    let answer = house
        .call("b24_task_create", json!({ "title": "Contract", "responsibleId": 1, "accomplices": [2] }))
        .await;
    let task = answer["id"].as_u64().unwrap();
    let answer =
        house.call("b24_task_result_add", json!({ "taskId": task, "text": "Договор подписан" })).await;
    house.portal.clear_traffic();
    (task, answer["id"].as_u64().unwrap_or_else(|| panic!("{answer}")))
}

async fn texts(house: &House, task: u64) -> Vec<String> {
    let answer = house.call("b24_task_result_list", json!({ "taskId": task })).await;
    let results = answer["results"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    results.iter().map(|result| result["text"].as_str().unwrap().to_owned()).collect()
}

fn steady(answer: &Value, task: u64, result: u64) -> String {
    let text = serde_json::to_string_pretty(answer).unwrap();
    text.replace(&format!("\"id\": {result}"), "\"id\": [result]")
        .replace(&format!("result {result}"), "result [result]")
        .replace(&format!("\"taskId\": {task}"), "\"taskId\": [task]")
        .replace(&format!("task {task}"), "task [task]")
        .replace(&format!("view/{task}/"), "view/[task]/")
}

#[tokio::test]
async fn a_result_is_recorded_changed_listed_and_deleted() {
    let house = House::open().await;
    let (task, id) = with_result(&house).await;
    let listed = house.call("b24_task_result_list", json!({ "taskId": task, "limit": 1 })).await;
    assert_snapshot!(steady(&listed, task, id));
    let change = json!({ "resultId": id, "text": "Signed by both", "taskId": task });
    assert_snapshot!(steady(&house.call("b24_task_result_update", change).await, task, id));
    let delete = json!({ "resultId": id, "taskId": task, "confirmDelete": true });
    let gone = house.call("b24_task_result_delete", delete).await;
    assert_eq!(gone, json!({ "deleted": true, "resultId": id, "text": "Signed by both" }));
    assert_eq!(texts(&house, task).await, [""; 0]);
}

#[tokio::test]
async fn with_the_contracts_arguments_a_change_is_one_call() {
    let house = House::open().await;
    let (task, id) = with_result(&house).await;
    let change = json!({ "resultId": id, "text": "New" });
    assert_eq!(house.call("b24_task_result_update", change).await["previousText"], Value::Null);
    let delete = json!({ "resultId": id, "confirmDelete": true });
    assert_eq!(
        house.call("b24_task_result_delete", delete).await,
        json!({ "deleted": true, "resultId": id })
    );
    assert_snapshot!(house.traffic(), @r"
    tasks.task.result.update
    tasks.task.result.delete
    ");
    assert_eq!(texts(&house, task).await, [""; 0]);
}

#[tokio::test]
async fn a_result_of_another_person_and_one_that_is_not_there_are_told_apart_when_the_task_is_known() {
    let mut house = House::open().await;
    let (task, id) = with_result(&house).await;
    house.act_as(WebhookSpec::of(2));
    let calls = [
        json!({ "resultId": id, "text": "Mine" }),
        json!({ "resultId": 999_999, "text": "Mine" }),
        json!({ "resultId": id, "text": "Mine", "taskId": task }),
        json!({ "resultId": 999_999, "text": "Mine", "taskId": task }),
        json!({ "resultId": id, "text": "Mine", "taskId": 999_999 }),
    ];
    let mut told = Vec::new();
    for call in calls {
        told.push(steady(&house.call("b24_task_result_update", call.clone()).await, task, id));
        let mut delete = call.as_object().unwrap().clone();
        delete.remove("text");
        delete.insert("confirmDelete".into(), true.into());
        told.push(steady(&house.call("b24_task_result_delete", delete.into()).await, task, id));
    }
    assert_snapshot!(told.join("\n"));
    assert_eq!(texts(&house, task).await, ["Договор подписан"]);
}

#[tokio::test]
async fn nothing_is_deleted_without_agreement_and_nothing_is_asked() {
    let house = House::open().await;
    let code = house.code("b24_task_result_delete", json!({ "resultId": 5, "taskId": 7 })).await;
    assert_eq!(code, "DELETE_NEEDS_CONFIRM");
    assert_snapshot!(house.traffic(), @"");
}

#[tokio::test]
async fn results_are_listed_by_author_in_any_order_a_page_at_a_time() {
    let mut house = House::open().await;
    let (task, _) = with_result(&house).await;
    house.act_as(WebhookSpec::of(2));
    for text in ["B", "A"] {
        house.call("b24_task_result_add", json!({ "taskId": task, "text": text })).await;
    }
    let ask = async |more: Value| {
        let mut arguments = json!({ "taskId": task });
        arguments.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        let answer = house.call("b24_task_result_list", arguments).await;
        let results = answer["results"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
        let texts: Vec<_> = results.iter().map(|row| row["text"].as_str().unwrap().to_owned()).collect();
        (texts.join(" "), answer["nextStart"].as_u64())
    };
    let oldest = json!({ "field": "id", "direction": "asc" });
    assert_eq!(ask(json!({ "author": "me", "order": oldest })).await, ("B A".into(), None));
    assert_eq!(ask(json!({ "author": "me", "order": oldest, "limit": 1 })).await, ("B".into(), Some(1)));
    assert_eq!(ask(json!({ "order": oldest, "limit": 2, "offset": 2 })).await, ("A".into(), None));
    let code = house.code("b24_task_result_list", json!({ "taskId": task, "limit": 101 })).await;
    assert_eq!(code, "INVALID_INPUT");
}

#[tokio::test]
async fn a_result_whose_answer_was_lost_is_asked_for_again_and_recorded_once() {
    for (name, fault) in [
        ("dropped before", Fault::DropBefore),
        ("dropped after", Fault::DropAfter),
        ("500 after", Fault::StatusAfter(500)),
        ("half an answer", Fault::Half),
    ] {
        let house = House::open().await;
        let task = house.task("Release").await;
        house.portal.faults().once("tasks.task.result.add", fault);
        let answer = house.call("b24_task_result_add", json!({ "taskId": task, "text": "Shipped" })).await;
        assert_eq!((name, &answer["added"], &answer["foundLater"]), (name, &json!(true), &Value::Null));
        assert_eq!((name, texts(&house, task).await), (name, vec!["Shipped".to_owned()]));
    }
}

#[tokio::test]
async fn when_no_answer_ever_comes_the_list_tells_what_became_of_a_result() {
    let mut told = String::new();
    for (name, fault) in [("never ran", Fault::DropBefore), ("ran each time", Fault::DropAfter)] {
        let house = House::open().await;
        let (task, id) = with_result(&house).await;
        for method in ["add", "update", "delete"] {
            house.portal.faults().times(&format!("tasks.task.result.{method}"), fault.clone(), 9);
        }
        let calls = [
            ("add", json!({ "taskId": task, "text": "Shipped" })),
            ("update", json!({ "taskId": task, "resultId": id, "text": "Changed" })),
            ("delete", json!({ "taskId": task, "resultId": id, "confirmDelete": true })),
        ];
        for (verb, arguments) in calls {
            let answer = house.call(&format!("b24_task_result_{verb}"), arguments).await;
            let outcome = answer["code"].as_str().unwrap_or("done");
            told.push_str(&format!("{name}: {verb}: {outcome}\n"));
        }
        told.push_str(&format!("{name}: {:?}\n", texts(&house, task).await));
    }
    assert_snapshot!(told);
}

#[tokio::test]
async fn a_result_for_a_task_that_is_not_there_and_a_text_that_says_nothing_are_refused() {
    let house = House::open().await;
    let task = house.task("Release").await;
    let add =
        |task: u64, text: String| house.code("b24_task_result_add", json!({ "taskId": task, "text": text }));
    assert_eq!(add(999_999, "Done".into()).await, "NOT_FOUND");
    assert_eq!(add(task, " \n".into()).await, "INVALID_INPUT");
    assert_eq!(add(task, "x".repeat(10_001)).await, "INVALID_INPUT");
    assert_eq!(add(task, "я".repeat(10_000)).await, "ok");
    assert_json_snapshot!(house.call("b24_task_result_list", json!({ "taskId": 999_999 })).await);
}
