//! What a model may get wrong, and what it is told.

use serde_json::{Value, json};

use crate::house::House;

/// Every refusal of arguments happens before the portal is asked, and says what to do.
#[tokio::test]
async fn wrong_arguments_are_refused_with_a_hint_and_without_a_call() {
    let house = House::open().await;
    let calls: Vec<(&str, Value)> = vec![
        ("b24_user_me", json!({ "verbose": true })),
        ("b24_user_find", json!({ "query": 5 })),
        ("b24_user_find", json!({ "name": "Anna" })),
        ("b24_task_get", json!({})),
        ("b24_task_get", json!({ "taskId": "7" })),
        ("b24_task_get", json!({ "taskId": 0 })),
        ("b24_task_get", json!({ "taskId": -1 })),
        ("b24_task_get", json!({ "taskId": 9_007_199_254_740_992_u64 })),
        ("b24_task_get", json!({ "taskId": 1.5 })),
        ("b24_task_get", json!({ "taskId": 1, "include": ["secrets"] })),
        ("b24_task_get", json!({ "taskId": 1, "include": "comments" })),
        ("b24_task_get", json!({ "taskId": 1, "select": ["__proto__"] })),
        ("b24_task_list", json!({ "filter": [] })),
        ("b24_task_list", json!({ "filter": { "__proto__": 1 } })),
        ("b24_task_list", json!({ "status": [] })),
        ("b24_task_list", json!({ "status": [9] })),
        ("b24_task_list", json!({ "limit": 0 })),
        ("b24_task_list", json!({ "start": -1 })),
        ("b24_task_list", json!({ "deadlineFrom": "whenever" })),
        ("b24_task_list", json!({ "order": { "deadline": "sideways" } })),
        ("b24_task_create", json!({ "title": "", "responsibleId": 1 })),
        ("b24_task_create", json!({ "title": "x".repeat(256), "responsibleId": 1 })),
        ("b24_task_create", json!({ "title": "A" })),
        ("b24_task_create", json!({ "title": "A", "responsibleId": 0 })),
        ("b24_task_create", json!({ "title": "A", "responsibleId": 1, "priority": "urgent" })),
        ("b24_task_create", json!({ "title": "A", "responsibleId": 1, "deadline": "asap" })),
        ("b24_task_create", json!({ "title": "A", "responsibleId": 1, "responsible": 2 })),
        ("b24_task_update", json!({ "taskId": 1 })),
        ("b24_task_update", json!({ "taskId": 1, "fields": {} })),
        ("b24_task_update", json!({ "taskId": 1, "fields": { "title": "lower" } })),
        ("b24_task_update", json!({ "taskId": 1, "fields": { "$where": "x" } })),
        ("b24_task_update", json!({ "taskId": 1, "fields": { "RESPONSIBLE_ID": -5 } })),
        ("b24_task_update", json!({ "taskId": 1, "fields": { "AUDITORS": 5 } })),
        ("b24_task_update", json!({ "taskId": 1, "title": "A", "fields": { "TITLE": "B" } })),
        ("b24_task_complete", json!({ "taskId": [] })),
        ("b24_task_complete", json!({ "taskId": [1, 0] })),
        ("b24_task_complete", json!({ "taskId": { "id": 1 } })),
        ("b24_task_delete", json!({ "taskId": 1, "confirmDelete": "yes" })),
    ];
    let mut told = String::new();
    for (tool, arguments) in calls {
        let shown: String = arguments.to_string().chars().take(70).collect();
        let answer = house.call(tool, arguments).await;
        assert_eq!(answer["code"], "INVALID_INPUT", "{tool} {shown}: {answer}");
        let hint = answer["hint"].as_str().unwrap_or("-").chars().take(150).collect::<String>();
        told.push_str(&format!("{tool} {shown}\n  {}\n  {hint}\n", answer["message"].as_str().unwrap()));
    }
    assert_eq!(house.traffic(), "");
    insta::assert_snapshot!(told);
}

/// A name that is no field of every portal may be the label of a custom one, so the portal is asked, once.
#[tokio::test]
async fn a_name_that_is_no_field_is_refused_with_the_nearest_one_after_the_portal_was_asked_once() {
    let house = House::open().await;
    let calls: Vec<(&str, Value)> = vec![
        ("b24_task_get", json!({ "taskId": 1, "select": ["PASSWORD"] })),
        ("b24_task_list", json!({ "filter": { "responsible": 1 } })),
        ("b24_task_list", json!({ "filter": { "UF_NOBODY": 1 } })),
        ("b24_task_list", json!({ "order": { "deadlin": "asc" } })),
        ("b24_task_list", json!({ "order": { "Риск": "asc" } })),
        ("b24_task_update", json!({ "taskId": 1, "fields": { "Номер догвора": "x" } })),
        ("b24_task_create", json!({ "title": "A", "responsibleId": 1, "fields": { "PASSWORD": "x" } })),
    ];
    let mut told = String::new();
    for (tool, arguments) in calls {
        house.portal.clear_traffic();
        let shown = arguments.to_string();
        let answer = house.call(tool, arguments).await;
        assert_eq!(answer["code"], "INVALID_INPUT", "{tool} {shown}: {answer}");
        let hint = answer["hint"].as_str().unwrap_or("-").chars().take(100).collect::<String>();
        told.push_str(&format!("{tool} {shown}\n  {}\n  {hint}\n", answer["message"].as_str().unwrap()));
        told.push_str(&format!("  {}\n", house.traffic().replace('\n', ", ")));
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_name_that_no_tool_has_is_told_its_nearest_and_is_no_answer() {
    let house = House::open().await;
    let message = |name: &'static str| {
        let house = &house;
        async move { house.try_call(name, json!({})).await.unwrap_err().to_string() }
    };
    assert_eq!(
        message("b24_task_lst").await,
        "there is no tool `b24_task_lst`; did you mean `b24_task_list`?"
    );
    assert_eq!(message("rm -rf /\u{0}").await, "there is no tool `rm -rf /`");
}
