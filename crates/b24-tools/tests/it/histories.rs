//! What was changed in a task, and what waits for a person.

use b24_sim::WebhookSpec;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_history_is_told_in_words_names_and_local_times() {
    let house = House::open().await;
    let id = house.task("Draft").await;
    let change = json!({ "taskId": id, "title": "Fi\u{202E}nal", "deadline": "monday", "auditors": [4, 5], "priority": "2" });
    house.call("b24_task_update", change).await;
    house.call("b24_task_start", json!({ "taskId": id })).await;
    house.call("b24_task_delegate", json!({ "taskId": id, "responsibleId": 2 })).await;
    house.traffic();
    let told = house.call("b24_task_history_list", json!({ "taskId": id })).await;
    assert_snapshot!(house.traffic(), @r"
    tasks.task.history.list
    user.get
    ");
    assert_json_snapshot!(told, { ".taskId" => "[id]", ".link" => "[link]" });
}

#[tokio::test]
async fn a_history_is_cut_and_searched_by_the_words_it_is_told_in() {
    let house = House::open().await;
    let id = house.task("Draft").await;
    for title in ["A", "B", "C"] {
        house.call("b24_task_update", json!({ "taskId": id, "title": title })).await;
    }
    let cut = house.call("b24_task_history_list", json!({ "taskId": id, "limit": 2 })).await;
    assert_eq!(
        (&cut["total"], &cut["nextStart"], &cut["changes"][0]["to"]),
        (&json!(4), &json!(2), &json!("C"))
    );
    let rest = house.call("b24_task_history_list", json!({ "taskId": id, "limit": 2, "start": 2 })).await;
    assert_eq!((&rest["changes"][0]["to"], rest.get("nextStart")), (&json!("A"), None));
    for field in ["title", "TITLE", " Title "] {
        let told = house.call("b24_task_history_list", json!({ "taskId": id, "field": field })).await;
        assert_eq!(told["total"], 3, "{field}: {told}");
    }
    let none = house.call("b24_task_history_list", json!({ "taskId": id, "field": "observers" })).await;
    assert_eq!((&none["total"], &none["changes"]), (&json!(0), &json!([])));
    let wrong = house.call("b24_task_history_list", json!({ "taskId": id, "field": "deadlines" })).await;
    assert_eq!(
        (&wrong["code"], &wrong["hint"]),
        (&json!("INVALID_INPUT"), &json!("did you mean `deadline`?"))
    );
}

#[tokio::test]
async fn a_task_without_a_history_is_not_there_or_not_for_these_eyes() {
    let mut house = House::open().await;
    let id = house.task("Secret").await;
    assert_eq!(house.code("b24_task_history_list", json!({ "taskId": 999_999 })).await, "NOT_FOUND");
    house.act_as(WebhookSpec::of(5));
    assert_eq!(house.code("b24_task_history_list", json!({ "taskId": id })).await, "NOT_FOUND");
}

#[tokio::test]
async fn counters_tell_what_waits_by_person_group_and_role() {
    let mut house = House::open().await;
    let overdue = json!({ "title": "Late", "responsibleId": 2, "deadline": "-3d" });
    let before = house.call("b24_task_counter_get", json!({ "person": 2, "role": "responsible" })).await;
    house.call("b24_task_create", overdue).await;
    let after = house.call("b24_task_counter_get", json!({ "person": 2, "role": "responsible" })).await;
    let count = |told: &serde_json::Value| told["overdueTasks"].as_u64().unwrap();
    assert_eq!(count(&after), count(&before) + 1);
    assert_eq!(
        after,
        json!({ "personId": 2, "role": "responsible", "overdueTasks": count(&after), "unreadComments": 0 })
    );
    let grouped = house.call("b24_task_counter_get", json!({ "person": 2, "group": "Тендеры" })).await;
    assert_eq!((&grouped["groupId"], &grouped["role"]), (&json!(1), &json!("any")), "{grouped}");
    assert_eq!(house.code("b24_task_counter_get", json!({ "group": 100_500 })).await, "NOT_FOUND");
    assert_eq!(house.code("b24_task_counter_get", json!({ "person": 100_500 })).await, "NOT_FOUND");
    house.act_as(WebhookSpec::of(2));
    assert_eq!(house.call("b24_task_counter_get", json!({})).await["personId"], 2);
    assert_eq!(house.code("b24_task_counter_get", json!({ "person": 1 })).await, "NOT_FOUND");
}
