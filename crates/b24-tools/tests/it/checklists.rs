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

#[tokio::test]
async fn a_checklist_that_php_wrote_as_a_map_is_read_like_any_other() {
    let house = House::open().await;
    let (task, _, [api, ui]) = with_checklist(&house).await;
    house.portal.faults().times("task.checklistitem.getlist", b24_sim::Fault::MapResult, 50);
    let tick =
        house.call("b24_task_checklist_item_complete", json!({ "taskId": task, "itemId": [ui, api] })).await;
    assert_eq!(tick["ok"], 2, "{tick}");
    let told = listed(&house, task).await;
    assert_eq!(told, [("API".into(), true), ("QA".into(), false), ("UI".into(), true)]);
    let whole = house.call("b24_task_get", json!({ "taskId": task, "include": ["checklist"] })).await;
    let titles: Vec<&str> =
        whole["checklist"].as_array().unwrap().iter().map(|item| item["title"].as_str().unwrap()).collect();
    assert_eq!(titles, ["QA", "API", "UI"]);
}

#[tokio::test]
async fn items_of_other_tasks_are_strangers_to_every_verb_even_among_own_ones() {
    let house = House::open().await;
    let (other, foreign_heading, [foreign, _]) = with_checklist(&house).await;
    let (task, _, [own, second]) = with_checklist(&house).await;
    for (verb, flags) in
        [("complete", json!({})), ("renew", json!({})), ("delete", json!({ "confirmDelete": true }))]
    {
        let mut ask = json!({ "taskId": task, "itemId": [foreign_heading, own, foreign] });
        ask.as_object_mut().unwrap().extend(flags.as_object().unwrap().clone());
        let answer = house.call(&format!("b24_task_checklist_item_{verb}"), ask).await;
        assert_eq!((&answer["ok"], &answer["failed"]), (&json!(1), &json!(2)), "{verb}: {answer}");
    }
    let left: Vec<u64> = house.portal.task(task).unwrap().checklist.iter().map(|item| item.id).collect();
    assert!(!left.contains(&own) && left.contains(&second));
    let others = house.portal.task(other).unwrap().checklist;
    assert_eq!((others.len(), others.iter().any(|item| item.complete)), (3, false));
}

#[tokio::test]
async fn batches_of_any_size_are_taken_or_refused_whole_and_twins_are_answered_each() {
    let house = House::open().await;
    let task = house.task("Long list").await;
    let heading = house.call("b24_task_checklist_item_add", json!({ "taskId": task, "title": "All" })).await;
    let heading = heading["itemId"].as_u64().unwrap();
    let mut items = Vec::new();
    for number in 0..60 {
        let add = json!({ "taskId": task, "title": format!("{number}"), "parentId": heading });
        items.push(house.call("b24_task_checklist_item_add", add).await["itemId"].as_u64().unwrap());
    }
    let twins: Vec<u64> = items.iter().cycle().take(500).copied().collect();
    let mut told = String::new();
    for (what, ids, flags) in [
        ("1", &items[..1], json!({})),
        ("11", &items[..11], json!({})),
        ("50", &items[..50], json!({ "confirmChange": true })),
        ("51", &items[..51], json!({ "confirmChange": true })),
        ("51 forced", &items[..51], json!({ "confirmChange": true, "force": true })),
        ("500 of 60", &twins[..], json!({ "confirmChange": true, "force": true })),
        (
            "501",
            &[twins.as_slice(), &[heading]].concat()[..],
            json!({ "confirmChange": true, "force": true }),
        ),
    ] {
        let mut ask = json!({ "taskId": task, "itemId": ids });
        ask.as_object_mut().unwrap().extend(flags.as_object().unwrap().clone());
        house.traffic();
        let answer = house.call("b24_task_checklist_item_complete", ask).await;
        let requests = house.traffic().lines().count();
        let outcome = match answer["code"].as_str() {
            Some(code) => code.to_owned(),
            None => format!("{} of {}", answer["ok"], answer["total"]),
        };
        let ticked = house.portal.task(task).unwrap().checklist.iter().filter(|item| item.complete).count();
        told.push_str(&format!("{what}: {outcome}, {ticked} ticked, {requests} requests\n"));
    }
    assert_snapshot!(told);
}
