//! People: who the server acts as, and who is meant by a name.

use b24_sim::WebhookSpec;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn me_is_the_person_behind_the_webhook() {
    let house = House::open().await;
    assert_json_snapshot!(house.call("b24_user_me", json!({})).await);
}

#[tokio::test]
async fn me_is_told_even_by_a_webhook_that_may_not_read_people() {
    let house = House::acting_as(WebhookSpec::of(2).scopes(["task"])).await;
    assert_json_snapshot!(house.call("b24_user_me", json!({})).await);
    assert_snapshot!(house.traffic(), @r"
    user.current
    profile
    ");
}

#[tokio::test]
async fn people_are_found_by_any_word_of_their_name() {
    let house = House::open().await;
    let everybody = house.portal.users();
    let someone = everybody.iter().find(|user| user.id == 2).unwrap();
    let answer = house.call("b24_user_find", json!({ "query": someone.last_name })).await;
    assert_json_snapshot!(answer);
}

#[tokio::test]
async fn a_search_for_nobody_or_in_two_ways_is_refused_without_a_call() {
    let house = House::open().await;
    assert_eq!(house.code("b24_user_find", json!({})).await, "INVALID_INPUT");
    assert_eq!(house.code("b24_user_find", json!({ "query": " ", "lastName": "" })).await, "INVALID_INPUT");
    assert_eq!(house.code("b24_user_find", json!({ "query": "a", "lastName": "b" })).await, "INVALID_INPUT");
    assert_eq!(house.code("b24_user_find", json!({ "query": "a", "limit": 51 })).await, "INVALID_INPUT");
    assert_eq!(house.traffic(), "");
}

#[tokio::test]
async fn a_task_goes_to_the_one_person_of_that_name_and_to_nobody_when_there_are_several() {
    let house = House::open().await;
    let someone = house.portal.users().into_iter().find(|user| user.id == 3).unwrap();
    let task = |who: &str| json!({ "title": "Call the supplier", "responsibleId": who });
    let by_name =
        house.call("b24_task_create", task(&format!("{} {}", someone.name, someone.last_name))).await;
    assert_eq!(by_name["responsibleId"], 3, "{by_name}");
    let by_address = house.call("b24_task_create", task(&someone.email)).await;
    assert_eq!(by_address["responsibleId"], 3, "{by_address}");
    let me = house.call("b24_task_create", task("me")).await;
    assert_eq!(me["responsibleId"], 1, "{me}");
    assert_json_snapshot!(house.call("b24_task_create", task("Nobody Atall")).await);
    let several = house.call("b24_task_create", task("engineer")).await;
    assert_json_snapshot!(several);
}
