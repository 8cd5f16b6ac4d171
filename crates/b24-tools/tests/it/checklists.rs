//! Checklists of tasks.

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

/// A task with the checklist "QA" of two items: the ids of the task, the heading, and the items.
async fn with_checklist(house: &House) -> (u64, u64, [u64; 2]) {
    let task = house.task("Release").await;
    let add = |title: &'static str, parent: u64| {
        let arguments = json!({ "taskId": task, "title": title, "parentId": parent });
        async move { house.call("b24_task_checklist_item_add", arguments).await["itemId"].as_u64().unwrap() }
    };
    let heading = add("QA", 0).await;
    let items = [add("API", heading).await, add("UI", heading).await];
    house.portal.clear_traffic();
    (task, heading, items)
}

async fn listed(house: &House, task: u64) -> Vec<(String, bool)> {
    let answer = house.call("b24_task_checklist_item_list", json!({ "taskId": task })).await;
    let items = answer["items"].as_array().unwrap().clone();
    let told = |item: &Value| (item["title"].as_str().unwrap().to_owned(), item["isComplete"] == true);
    let mut told: Vec<_> = items.iter().map(told).collect();
    told.sort();
    told
}

#[tokio::test]
async fn a_checklist_is_built_ticked_unticked_and_listed() {
    let house = House::open().await;
    let (task, _, [api, ui]) = with_checklist(&house).await;
    let tick = house
        .call("b24_task_checklist_item_complete", json!({ "taskId": task, "itemId": [api, ui, api] }))
        .await;
    assert_eq!((&tick["verb"], &tick["taskId"], &tick["ok"]), (&json!("completed"), &json!(task), &json!(3)));
    let again =
        house.call("b24_task_checklist_item_complete", json!({ "taskId": task, "itemId": api })).await;
    assert_eq!((&again["completed"], &again["already"]), (&json!(true), &json!(true)));
    let renewed = house.call("b24_task_checklist_item_renew", json!({ "taskId": task, "itemId": ui })).await;
    assert_eq!((&renewed["renewed"], &renewed["title"]), (&json!(true), &json!("UI")));
    let told = listed(&house, task).await;
    assert_eq!(told, [("API".into(), true), ("QA".into(), false), ("UI".into(), false)]);
}

#[tokio::test]
async fn an_item_of_another_task_is_not_touched() {
    let house = House::open().await;
    let (_, _, [foreign, _]) = with_checklist(&house).await;
    let (task, _, [own, _]) = with_checklist(&house).await;
    let answer = house
        .call("b24_task_checklist_item_complete", json!({ "taskId": task, "itemId": [foreign, own] }))
        .await;
    assert_eq!((&answer["ok"], &answer["failed"]), (&json!(1), &json!(1)));
    assert_eq!(answer["results"][0]["error"].as_str().unwrap().split(':').next(), Some("NOT_FOUND"));
    let delete = json!({ "taskId": task, "itemId": foreign, "confirmDelete": true });
    assert_eq!(house.code("b24_task_checklist_item_delete", delete).await, "NOT_FOUND");
}

#[tokio::test]
async fn an_item_needs_one_agreement_and_a_heading_two() {
    let house = House::open().await;
    let (task, heading, [api, _]) = with_checklist(&house).await;
    let delete = |item: Value, flags: Value| {
        let mut arguments = json!({ "taskId": task, "itemId": item });
        arguments.as_object_mut().unwrap().extend(flags.as_object().unwrap().clone());
        house.call("b24_task_checklist_item_delete", arguments)
    };
    assert_eq!(delete(json!(api), json!({})).await["code"], "DELETE_NEEDS_CONFIRM");
    assert_snapshot!(house.traffic(), @"");
    // A heading hidden in a batch stops the whole batch.
    let hidden = delete(json!([api, heading]), json!({ "confirmDelete": true })).await;
    assert_json_snapshot!(hidden, { ".message" => insta::dynamic_redaction(move |value, _| {
        value.as_str().unwrap().replace(&heading.to_string(), "[id]")
    })});
    assert_snapshot!(house.traffic(), @"task.checklistitem.getlist");
    assert_eq!(delete(json!(api), json!({ "confirmDelete": true })).await["deleted"], true);
    let both = json!({ "confirmDelete": true, "confirmDeleteHeading": true });
    assert_eq!(delete(json!(heading), both).await["deleted"], true);
    assert_eq!(listed(&house, task).await, []);
}

#[tokio::test]
async fn an_item_goes_under_a_heading_that_is_there_or_nowhere() {
    let house = House::open().await;
    let (task, _, _) = with_checklist(&house).await;
    let add = json!({ "taskId": task, "title": "Lost", "parentId": 999_999 });
    assert_eq!(house.code("b24_task_checklist_item_add", add).await, "INVALID_INPUT");
    assert_eq!(house.code("b24_task_checklist_item_list", json!({ "taskId": 999_999 })).await, "NOT_FOUND");
}
