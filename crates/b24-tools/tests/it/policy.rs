//! What the admin forbids.

use b24_sim::WebhookSpec;
use b24_tools::{Catalogue, Confirm, Policy, View};
use serde_json::json;

use crate::house::House;

fn set(words: &[&str]) -> std::collections::BTreeSet<String> {
    words.iter().map(ToString::to_string).collect()
}

#[tokio::test]
async fn what_the_policy_hides_is_neither_listed_nor_callable() {
    let mut house = House::open().await;
    let list = |policy: &Policy| {
        let tools = Catalogue::standard().list(&View::Core, policy);
        tools.iter().map(|tool| tool.name).collect::<Vec<_>>().join(" ")
    };
    house.policy = Policy { read_only: true, ..Policy::default() };
    insta::assert_snapshot!(list(&house.policy));
    assert_eq!(house.code("b24_task_create", json!({ "title": "A", "responsibleId": 1 })).await, "READ_ONLY");
    assert_eq!(
        house.code("b24_task_delete", json!({ "taskId": 1, "confirmDelete": true })).await,
        "READ_ONLY"
    );

    house.policy = Policy { toolsets: Some(set(&["user"])), ..Policy::default() };
    assert_eq!(list(&house.policy), "b24_user_find b24_user_me");
    assert_eq!(house.code("b24_task_list", json!({})).await, "TOOL_DISABLED");

    house.policy =
        Policy { exclude: set(&["b24_user_me"]), tools: Some(set(&["b24_user_me"])), ..Policy::default() };
    assert_eq!(list(&house.policy), "");
    assert_eq!(house.code("b24_user_me", json!({})).await, "TOOL_DISABLED");
    assert_eq!(house.traffic(), "");
}

#[tokio::test]
async fn a_part_of_a_tool_is_forbidden_by_any_of_its_names() {
    let mut house = House::open().await;
    let id = house.task("Kept open").await;
    let complete = || json!({ "action": "complete", "taskId": id });
    house.policy = Policy { exclude: set(&["b24_task_complete"]), ..Policy::default() };
    assert_eq!(house.code("b24_task_transition", complete()).await, "TOOL_DISABLED");
    assert_eq!(house.code("bitrix24_complete_task", json!({ "taskId": id })).await, "TOOL_DISABLED");
    assert_eq!(house.code("b24_task_start", json!({ "taskId": id })).await, "ok");

    house.policy = Policy { exclude: set(&["b24_task_transition"]), ..Policy::default() };
    assert_eq!(house.code("b24_task_complete", json!({ "taskId": id })).await, "TOOL_DISABLED");

    house.policy = Policy { tools: Some(set(&["b24_task_pause"])), ..Policy::default() };
    let list = |view: &View| {
        let tools = Catalogue::standard().list(view, &house.policy);
        tools.iter().map(|tool| tool.name).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(
        (list(&View::Core).as_str(), list(&View::Contract).as_str()),
        ("b24_task_transition", "b24_task_pause")
    );
    assert_eq!(house.code("b24_task_transition", complete()).await, "TOOL_DISABLED");
    assert_eq!(house.code("b24_task_pause", json!({ "taskId": id })).await, "ok");
}

#[tokio::test]
async fn a_strict_policy_lets_no_flag_delete() {
    let mut house = House::open().await;
    let id = house.task("Precious").await;
    house.policy = Policy { confirm: Confirm::Strict, ..Policy::default() };
    let delete = json!({ "taskId": id, "confirmDelete": true });
    assert_eq!(house.code("b24_task_delete", delete).await, "DELETE_NEEDS_HUMAN");
    assert!(house.portal.task(id).is_some());
}

#[tokio::test]
async fn a_missing_scope_is_named_by_the_portal_or_beforehand() {
    let mut house = House::acting_as(WebhookSpec::of(1).scopes(["user"])).await;
    insta::assert_json_snapshot!(house.call("b24_task_list", json!({})).await);
    house.traffic();
    house.tenant.scopes = Some([b24_model::Scope::USER].into());
    insta::assert_json_snapshot!(house.call("b24_task_list", json!({})).await);
    assert_eq!(house.traffic(), "");
}
