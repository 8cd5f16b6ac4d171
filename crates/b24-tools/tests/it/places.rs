//! Groups and stages as they are called.

use b24_sim::WebhookSpec;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

async fn told(house: &House, tool: &str, asked: Value) -> String {
    house.portal.clear_traffic();
    let answer = house.call(tool, asked).await;
    let traffic = house.traffic().replace('\n', ", ");
    match answer["code"].as_str() {
        Some(code) => format!(
            "{code}: {} | {} | {traffic}",
            answer["message"].as_str().unwrap(),
            answer["hint"].as_str().unwrap()
        ),
        None => format!("{} | {traffic}", answer["notes"]),
    }
}

#[tokio::test]
async fn a_task_goes_into_the_group_and_onto_the_stage_that_were_named() {
    let house = House::open().await;
    let asked = json!({ "title": "A", "responsibleId": 1, "groupId": "tendery", "stageId": "in PROGRESS" });
    let id = house.call("b24_task_create", asked).await["id"].as_u64().unwrap();
    assert_snapshot!(house.traffic(), @r"
    sonet_group.get
    sonet_group.get
    task.stages.get
    tasks.task.add
    ");
    let read = |id: u64| house.call("b24_task_get", json!({ "taskId": id }));
    let created = read(id).await;
    assert_eq!((&created["groupName"], &created["groupId"]), (&json!("Тендеры"), &json!(1)));
    assert_snapshot!(told(&house, "b24_task_update", json!({ "taskId": id, "stageId": "Done" })).await);
    let moved = read(id).await;
    assert_ne!(moved["stageId"], created["stageId"]);
    // A stage of the group that the task is moved to, not of the one where it was.
    let change = json!({ "taskId": id, "stageId": "New", "groupId": "Website relaunch" });
    assert_eq!(house.code("b24_task_update", change).await, "ok");
    assert_eq!(read(id).await["groupName"], "Website relaunch");
}

#[tokio::test]
async fn tasks_are_listed_by_the_name_of_their_group() {
    let house = House::open().await;
    let total = |answer: Value| answer["total"].clone();
    let by_id = total(house.call("b24_task_list", json!({ "filter": { "GROUP_ID": 1 } })).await);
    assert!(by_id.as_u64().unwrap() > 0);
    house.traffic();
    for asked in [
        json!({ "group": "Тендеры" }),
        json!({ "group": 1 }),
        json!({ "filter": { "groupId": ["ТЕНДЕРЫ"] } }),
    ] {
        assert_eq!(total(house.call("b24_task_list", asked).await), by_id);
    }
    assert_snapshot!(house.traffic(), @r"
    sonet_group.get
    tasks.task.list
    tasks.task.list
    sonet_group.get
    tasks.task.list
    ");
    let twice = json!({ "group": 1, "filter": { "GROUP_ID": 2 } });
    assert_eq!(house.code("b24_task_list", twice).await, "INVALID_INPUT");
}

#[tokio::test]
async fn what_is_not_there_or_there_twice_is_refused_with_what_there_is() {
    let house = House::open().await;
    let mut all = Vec::new();
    let create = |more: Value| {
        let mut asked = json!({ "title": "A", "responsibleId": 1 });
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        asked
    };
    for more in [
        json!({ "groupId": "Тендер" }),
        json!({ "groupId": "Marketing" }),
        json!({ "groupId": "Vertrauliche Planung" }),
        json!({ "groupId": "relaunch" }),
        json!({ "groupId": 1, "stageId": "Dne" }),
        json!({ "groupId": 1, "stageId": "Archive" }),
        json!({ "groupId": 0, "stageId": "Done" }),
        json!({ "stageId": "Done" }),
        json!({ "groupId": " " }),
    ] {
        all.push(format!("{more}\n  {}", told(&house, "b24_task_create", create(more.clone())).await));
    }
    assert_snapshot!(all.join("\n"));
}

#[tokio::test]
async fn a_credential_without_the_scope_of_groups_is_told_what_to_ask_for() {
    let house = House::acting_as(WebhookSpec::of(1).scopes(["task", "user_brief"])).await;
    assert_json_snapshot!(house.call("b24_task_list", json!({ "group": "Тендеры" })).await);
    assert_eq!(house.code("b24_task_list", json!({ "group": 1 })).await, "ok");
}
