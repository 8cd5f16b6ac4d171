//! Parents and subtasks.

use insta::assert_snapshot;
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_parent_is_set_and_taken_away_and_a_circle_is_refused() {
    let house = House::open().await;
    let (parent, child) = (house.task("Parent").await, house.task("Child").await);
    let under = |task: u64, parent: u64| json!({ "taskId": task, "parentId": parent });
    let set = house.call("b24_task_update", under(child, parent)).await;
    assert_eq!(set["changed"]["parentId"]["to"], json!(parent.to_string()), "{set}");
    assert_eq!(house.portal.task(child).unwrap().parent, Some(parent));
    assert_eq!(house.code("b24_task_update", under(parent, child)).await, "ERROR_CORE");
    assert_eq!(house.code("b24_task_update", under(child, child)).await, "ERROR_CORE");
    let cleared = house.call("b24_task_update", under(child, 0)).await;
    assert_eq!((&cleared["updated"], cleared.get("ignored")), (&json!(true), None), "{cleared}");
    assert_eq!(house.portal.task(child).unwrap().parent, None);
}

#[tokio::test]
async fn a_task_with_subtasks_is_deleted_only_when_leaving_them_was_agreed_to() {
    let house = House::open().await;
    let parent = house.task("Parent").await;
    let create = json!({ "title": "Child", "responsibleId": 1, "parentId": parent });
    let child = house.call("b24_task_create", create).await["id"].as_u64().unwrap();
    house.traffic();
    let asked = json!({ "taskId": parent, "confirmDelete": true });
    let refusal = house.call("b24_task_delete", asked.clone()).await;
    assert_eq!(refusal["code"], "CASCADE_NEEDS_CONFIRM", "{refusal}");
    let message = refusal["message"].as_str().unwrap().replace(&child.to_string(), "[child]");
    assert_snapshot!(message, @r#"`b24_task_delete` would leave subtasks [child] "Child" without their parent; nothing was deleted"#);
    assert_snapshot!(house.traffic(), @"batch(2: tasks.task.get, tasks.task.list)");
    let mut agreed = asked;
    agreed["confirmSubtasks"] = json!(true);
    let answer = house.call("b24_task_delete", agreed).await;
    assert_eq!(
        answer,
        json!({ "deleted": true, "taskId": parent, "title": "Parent", "subtasksLeft": [child] })
    );
    assert!(house.portal.task(parent).is_none() && house.portal.task(child).is_some());
}

#[tokio::test]
async fn subtasks_that_are_named_too_go_with_their_parent_and_no_second_agreement_is_asked() {
    let house = House::open().await;
    let parent = house.task("Parent").await;
    let create = json!({ "title": "Child", "responsibleId": 1, "parentId": parent });
    let child = house.call("b24_task_create", create).await["id"].as_u64().unwrap();
    let answer =
        house.call("b24_task_delete", json!({ "taskId": [child, parent], "confirmDelete": true })).await;
    assert_eq!((&answer["ok"], answer.get("subtasksLeft")), (&json!(2), None), "{answer}");
    assert!(house.portal.task(parent).is_none() && house.portal.task(child).is_none());
}
