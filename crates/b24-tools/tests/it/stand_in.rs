//! A Bearer that stands for a person who is not the owner of the webhook.

use b24_model::UserId;
use b24_sim::WebhookSpec;
use b24_tools::Caller;
use serde_json::json;

use crate::house::House;

async fn standing_for(id: u64) -> House {
    let mut house = House::open().await;
    house.caller = Caller { stands_for: UserId::new(id).ok(), ..Caller::named("tester") };
    house
}

#[tokio::test]
async fn me_is_the_person_and_the_answer_says_whose_rights_calls_run_with() {
    let house = standing_for(5).await;
    insta::assert_json_snapshot!(house.call("b24_user_me", json!({})).await);
}

#[tokio::test]
async fn me_means_the_person_in_every_argument_and_filter() {
    let house = standing_for(5).await;
    let created = house.call("b24_task_create", json!({ "title": "Mine", "responsibleId": "me" })).await;
    let id = created["id"].as_u64().unwrap();
    assert_eq!(house.portal.task(id).unwrap().responsible, 5);
    for asked in [
        json!({ "responsible": "me", "titleContains": "Mine" }),
        json!({ "filter": { "RESPONSIBLE_ID": "me" }, "titleContains": "Mine" }),
        json!({ "filter": { "RESPONSIBLE_ID": ["me"] }, "titleContains": "Mine" }),
    ] {
        let listed = house.call("b24_task_list", asked).await;
        assert_eq!(listed["tasks"][0]["id"], id, "{listed}");
    }
    assert!(created["link"].as_str().unwrap().contains("/user/5/tasks/"), "{created}");
}

#[tokio::test]
async fn a_person_who_is_not_there_is_refused_and_one_who_owns_the_webhook_needs_no_second_call() {
    let house = standing_for(9_999).await;
    assert_eq!(house.code("b24_user_me", json!({})).await, "PERSON_NOT_FOUND");
    let house = standing_for(1).await;
    house.traffic();
    assert_eq!(house.call("b24_user_me", json!({})).await.get("actsAs"), None);
    assert_eq!(house.traffic(), "user.current");
}

#[tokio::test]
async fn a_webhook_without_people_says_which_permission_is_missing() {
    let mut house = House::acting_as(WebhookSpec::of(1).scopes(["task"])).await;
    house.caller = Caller { stands_for: UserId::new(5).ok(), ..Caller::named("tester") };
    assert_eq!(house.code("b24_user_me", json!({})).await, "insufficient_scope");
}

#[tokio::test]
async fn who_stands_for_somebody_watches_as_that_person_and_the_other_observers_stay() {
    let house = standing_for(5).await;
    let id = house.task("Watched").await;
    house.call("b24_task_update", json!({ "taskId": id, "auditors": [4] })).await;
    for (watch, auditors) in [(true, vec![4, 5]), (false, vec![4])] {
        let answer = house.call("b24_task_watch", json!({ "taskId": id, "watch": watch })).await;
        assert_eq!((&answer["watching"], answer.get("already")), (&json!(watch), None), "{answer}");
        assert_eq!(house.portal.task(id).unwrap().auditors, auditors);
    }
    let again = house.call("b24_task_watch", json!({ "taskId": id, "watch": false })).await;
    assert_eq!(again["already"], true, "{again}");
}

#[tokio::test]
async fn what_belongs_to_the_owner_of_the_credential_is_not_told_as_ones_own() {
    let house = standing_for(5).await;
    let id = house.task("Mine").await;
    for (tool, asked) in [
        ("b24_task_favorite", json!({ "taskId": id })),
        ("b24_stage_list", json!({})),
        ("b24_task_stage_move", json!({ "taskId": id, "stage": "This week" })),
        ("b24_group_find", json!({ "mine": true })),
    ] {
        assert_eq!(house.code(tool, asked).await, "ACTION_NOT_ALLOWED", "{tool}");
    }
    let groups = house.call("b24_group_find", json!({})).await;
    assert!(
        groups["groups"].as_array().unwrap().iter().all(|group| group.get("myRole").is_none()),
        "{groups}"
    );
    assert_eq!(house.call("b24_task_counter_get", json!({})).await["personId"], 5);
}

#[tokio::test]
async fn what_somebody_says_through_a_bearer_that_stands_for_them_is_said_by_them() {
    let house = standing_for(5).await;
    let id = house.task("Talked about").await;
    assert_eq!(house.code("b24_task_comment_add", json!({ "taskId": id, "text": "On my way" })).await, "ok");
    let told = house.call("b24_task_comment_list", json!({ "taskId": id })).await;
    assert_eq!(told["comments"][0]["authorId"], 5, "{told}");
}
