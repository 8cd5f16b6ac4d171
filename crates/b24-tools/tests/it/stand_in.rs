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
