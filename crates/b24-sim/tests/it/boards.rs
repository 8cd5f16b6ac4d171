//! Columns of Kanban boards and of one's own plan.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};

async fn group(house: &House) -> u64 {
    house.result("sonet_group.create", json!({ "NAME": "Board" })).await.as_u64().expect("an id")
}

fn titles(stages: &Value) -> Vec<String> {
    let rows = stages.as_object().expect("a map").values();
    rows.map(|row| row["TITLE"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The id of a column by its title.
fn stage(stages: &Value, title: &str) -> u64 {
    let rows = stages.as_object().expect("a map");
    let found = rows.iter().find(|(_, row)| row["TITLE"] == title);
    found.and_then(|(id, _)| id.parse().ok()).expect("a column")
}

#[tokio::test]
async fn a_board_is_a_map_by_id_in_the_order_of_its_columns() {
    let house = House::new().await;
    let group = group(&house).await;
    let get = async || house.result("task.stages.get", json!({ "entityId": group })).await;
    let before = get().await;
    let (new, done) = (stage(&before, "New"), stage(&before, "Done"));

    let fields = json!({ "TITLE": "Review", "COLOR": "#ffaaee", "AFTER_ID": new, "ENTITY_ID": group });
    let id = house.result("task.stages.add", json!({ "fields": fields })).await;
    let added = get().await;
    house
        .result("task.stages.update", json!({ "id": id, "fields": { "TITLE": "QA", "AFTER_ID": done } }))
        .await;
    let moved = get().await;
    let gone = house.result("task.stages.delete", json!({ "id": id })).await;

    assert_eq!(titles(&before), ["New", "In progress", "Done"]);
    assert_eq!(titles(&added), ["New", "Review", "In progress", "Done"]);
    assert_eq!(
        added[id.to_string()],
        json!({ "ID": id.to_string(), "TITLE": "Review", "SORT": "200", "COLOR": "FFAAEE", "SYSTEM_TYPE": null,
            "ENTITY_ID": group.to_string(), "ENTITY_TYPE": "G", "ADDITIONAL_FILTER": [], "TO_UPDATE": [],
            "TO_UPDATE_ACCESS": null })
    );
    assert_eq!(titles(&moved), ["New", "In progress", "Done", "QA"]);
    assert_eq!((gone, titles(&get().await).len()), (json!(true), 3));
}

#[tokio::test]
async fn a_task_moves_on_the_board_of_its_group_and_in_ones_own_plan() {
    let house = House::new().await;
    let group = group(&house).await;
    let task = house.task(json!({ "GROUP_ID": group })).await;
    let board = house.result("task.stages.get", json!({ "entityId": group })).await;
    let plan = house.result("task.stages.get", json!({ "entityId": 0 })).await;
    let done = stage(&board, "Done");

    let moved = house.result("task.stages.movetask", json!({ "id": task, "stageId": done })).await;
    let planned = house
        .result("task.stages.movetask", json!({ "id": task, "stageId": stage(&plan, "This week") }))
        .await;
    let read = house.result("tasks.task.get", json!({ "taskId": task, "select": ["STAGE_ID"] })).await;
    let may = [
        house.result("task.stages.canmovetask", json!({ "entityId": 1, "entityType": "U" })).await,
        house.result("task.stages.canmovetask", json!({ "entityId": 2, "entityType": "U" })).await,
        house.result("task.stages.canmovetask", json!({ "entityId": group, "entityType": "G" })).await,
        house
            .person(5)
            .result("task.stages.canmovetask", json!({ "entityId": group, "entityType": "G" }))
            .await,
    ];

    assert_eq!(
        (moved, planned, &read["task"]["stageId"]),
        (json!(true), json!(true), &json!(done.to_string()))
    );
    assert_eq!(may, [json!(true), json!(false), json!(true), json!(false)]);
}

#[tokio::test]
async fn tasks_are_found_by_the_column_of_a_board_or_of_ones_own_plan() {
    let house = House::new().await;
    let group = group(&house).await;
    let tasks = [house.task(json!({ "GROUP_ID": group })).await, house.task(json!({})).await];
    let board = house.result("task.stages.get", json!({ "entityId": group })).await;
    let plan = house.result("task.stages.get", json!({ "entityId": 0 })).await;
    let (done, week) = (stage(&board, "Done"), stage(&plan, "This week"));
    let find = async |who: u64, stage: Value| {
        let asked = json!({ "filter": { "ID": tasks, "STAGE_ID": stage }, "order": { "ID": "asc" }, "select": ["ID"] });
        let found = house.person(who).result("tasks.task.list", asked).await;
        let ids = found["tasks"].as_array().expect("rows").iter();
        ids.map(|row| row["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")).collect::<Vec<u64>>()
    };

    house.result("task.stages.movetask", json!({ "id": tasks[0], "stageId": done })).await;
    house.result("task.stages.movetask", json!({ "id": tasks[0], "stageId": week })).await;
    house.result("task.stages.movetask", json!({ "id": tasks[1], "stageId": week })).await;

    assert_eq!(find(1, json!(done)).await, [tasks[0]]);
    assert_eq!(find(1, json!(week)).await, tasks);
    assert_eq!(find(1, json!([0, week])).await, tasks);
    assert_eq!(find(1, json!([0, stage(&board, "New")])).await, [tasks[1]]);
    assert!(find(2, json!(week)).await.is_empty());
}

#[tokio::test]
async fn boards_are_refused_to_outsiders_and_keep_what_they_begin_with() {
    let house = House::new().await;
    let group = group(&house).await;
    let outsider = house.person(5);
    let foreign = outsider.result("sonet_group.create", json!({ "NAME": "theirs" })).await;
    let board = house.result("task.stages.get", json!({ "entityId": group })).await;
    let (new, done) = (stage(&board, "New"), stage(&board, "Done"));
    let task = house.task(json!({})).await;
    let add = |title: &str| json!({ "fields": { "TITLE": title, "ENTITY_ID": group } });

    let lines = [
        outsider.call("task.stages.get", json!({ "entityId": group })).await,
        house.call("task.stages.get", json!({ "entityId": foreign })).await,
        house.call("task.stages.get", json!({})).await,
        house.call("task.stages.add", add(" ")).await,
        outsider.call("task.stages.add", add("x")).await,
        outsider.call("task.stages.update", json!({ "id": new, "fields": { "TITLE": "x" } })).await,
        house.call("task.stages.update", json!({ "id": 100_500, "fields": { "TITLE": "x" } })).await,
        house.call("task.stages.delete", json!({ "id": new })).await,
        house.call("task.stages.delete", json!({ "id": done })).await,
        house.call("task.stages.movetask", json!({ "id": task, "stageId": done })).await,
        house.call("task.stages.movetask", json!({ "id": 100_500, "stageId": done })).await,
        house.call("task.stages.movetask", json!({ "id": task, "stageId": 100_500 })).await,
    ];
    let lifted = house.call("task.stages.get", json!({ "entityId": foreign, "isAdmin": true })).await;

    assert_eq!(lifted.status, 200);
    assert_snapshot!(lines.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r"
    400 ACCESS_DENIED: You cannot view stages in this group.
    400 ACCESS_DENIED: You cannot view stages in this group.
    400 100: Could not find value for parameter {entityId}
    400 EMPTY_TITLE: Stage title is not specified
    400 ACCESS_DENIED: You do not have permission to manage stages
    400 ACCESS_DENIED: You cannot modify stages in this group
    400 NOT_FOUND: Stage not found
    400 CANT_DELETE_FIRST: Cannot delete the first stage. Move the stage to delete it
    400 IS_SYSTEM: The default stage cannot be deleted
    400 ACCESS_DENIED_MOVE: You cannot move this task
    400 TASK_NOT_FOUND: Task not found or access to it is denied
    400 NOT_FOUND: Stage not found
    ");
}
