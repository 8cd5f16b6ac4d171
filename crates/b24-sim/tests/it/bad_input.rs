//! What a portal refuses, with its code and status.

use b24_sim::WebhookSpec;
use insta::assert_snapshot;
use jiff::SignedDuration;
use serde_json::json;

use crate::house::{House, noon, refusal, v3_refusal};

#[tokio::test]
async fn an_unknown_scope_opens_nothing() {
    let house = House::new().await;
    let strange = house.visitor(WebhookSpec::of(1).scopes(["no_such_scope"]));

    let told = strange.result("scope", json!({})).await;
    let reply = strange.call("tasks.task.list", json!({})).await;

    assert_eq!(told, json!(["no_such_scope"]));
    assert_snapshot!(refusal(&reply), @"403 insufficient_scope: The request requires higher privileges than provided by the webhook token");
}

#[tokio::test]
async fn a_wrong_secret_is_refused_in_both_dialects() {
    let house = House::new().await;
    let post = async |path: &str| house.raw("POST", path, "application/json", "{}").await.expect("an answer");

    let classic = post("/rest/1/wrong/profile").await;
    let modern = post("/rest/api/1/wrong/tasks.task.list").await;

    assert_snapshot!(refusal(&classic), @"401 INVALID_CREDENTIALS: Invalid request credentials");
    assert_snapshot!(v3_refusal(&modern), @"401 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied");
}

#[tokio::test]
async fn an_expired_webhook_is_not_authorized() {
    let house = House::new().await;
    let hook = house
        .portal
        .add_webhook(WebhookSpec::of(1).expires(noon() + SignedDuration::from_secs(60)))
        .expect("a webhook");
    let before = house.v3_through(&hook, "tasks.task.list", json!({})).await.status;
    house.wait(std::time::Duration::from_secs(60));
    let modern = house.v3_through(&hook, "tasks.task.list", json!({})).await;
    let classic = house.through(&hook, "profile", json!({})).await;

    assert_eq!(before, 200);
    assert_snapshot!(refusal(&classic), @"401 authorization_error: Unable to authorize user");
    assert_snapshot!(v3_refusal(&modern), @"401 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied");
}

#[tokio::test]
async fn a_dismissed_person_is_not_authorized_from_that_moment_on() {
    let house = House::new().await;
    let person = house.person(2);
    let before = person.call("profile", json!({})).await.status;

    assert!(house.portal.dismiss(2));
    let after = person.call("profile", json!({})).await;

    assert_eq!(before, 200);
    assert_snapshot!(refusal(&after), @"401 authorization_error: Unable to authorize user");
}

#[tokio::test]
async fn somebody_from_outside_sees_tasks_but_not_the_company() {
    let house = House::new().await;
    let guest = house.portal.invite_outsider();
    let guest = house.person(guest);

    let tasks = guest.call("tasks.task.list", json!({})).await.status;
    let company = guest.call("department.get", json!({})).await;
    let batch = guest.result("batch", json!({ "cmd": { "a": "department.get" } })).await;

    assert_eq!(tasks, 200);
    assert_snapshot!(refusal(&company), @"403 allowed_only_intranet_user: Action is allowed only for intranet users");
    assert_eq!(batch["result_error"]["a"]["error"], "allowed_only_intranet_user");
}

#[tokio::test]
async fn positional_arguments_out_of_order_are_refused() {
    let house = House::new().await;
    let id = house.task(json!({})).await;

    let swapped = json!({ "FIELDS": { "POST_MESSAGE": "x" }, "TASKID": id });
    let reply = house.call("task.commentitem.add", swapped).await;

    assert_snapshot!(refusal(&reply), @r#"400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #0 (taskId) for method ctaskcommentitem::add() expected to be of type "integer", but given something else.; 256/TE/WRONG_ARGUMENTS<br>"#);
}

#[tokio::test]
async fn an_extra_key_shifts_positional_arguments() {
    let house = House::new().await;
    let id = house.task(json!({})).await;

    let extra = json!({ "order": { "ID": "asc" }, "TASKID": id });
    let reply = house.call("task.checklistitem.getlist", extra).await;

    assert_snapshot!(refusal(&reply), @r#"400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #0 (taskId) for method ctaskchecklistitem::getlist() expected to be of type "integer", but given something else.; 256/TE/WRONG_ARGUMENTS<br>"#);
}

#[tokio::test]
async fn wrong_types_are_taken_at_their_word_by_rest_3() {
    let house = House::new().await;

    let id = house.v3("tasks.task.get", json!({ "id": "5" })).await;
    let fields = json!({ "title": true, "creatorId": "1", "responsibleId": 1 });
    let fields = house.v3("tasks.task.add", json!({ "fields": fields })).await;

    assert_snapshot!(format!("{}\n{}", v3_refusal(&id), v3_refusal(&fields)), @r"
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      id: Field `id` requires data type `int` for this request
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      title: Field `title` requires data type `string` for this request
      creatorId: Field `creatorId` requires data type `int` for this request
    ");
}

#[tokio::test]
async fn missing_fields_are_named() {
    let house = House::new().await;

    let classic = house.call("tasks.task.add", json!({})).await;
    let titleless = house.call("tasks.task.add", json!({ "fields": { "RESPONSIBLE_ID": 1 } })).await;
    let modern = house.v3("tasks.task.add", json!({ "fields": { "title": "x" } })).await;

    assert_snapshot!(
        [refusal(&classic), refusal(&titleless), v3_refusal(&modern)].join("\n"),
        @r"
    400 100: Could not find value for parameter {fields}
    400 ERROR_CORE: Task title is not specified<br>
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      creatorId: Required field `creatorId` is not specified
      responsibleId: Required field `responsibleId` is not specified
    "
    );
}

#[tokio::test]
async fn idempotency_keys_are_refused_before_anything_runs() {
    let house = House::new().await;
    let path = house.hook_path("tasks.task.add").replacen("/rest/", "/rest/api/", 1);
    let body = json!({ "fields": { "title": "x", "creatorId": 1, "responsibleId": 1 } }).to_string();
    let mut statuses = Vec::new();
    for key in ["", "a\tb", "ключ", &"x".repeat(256), &"x".repeat(255), "k 1~"] {
        let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}");
        let (reply, head) = crate::http::send_with(house.portal.address(), "POST", &path, &headers, &body)
            .await
            .expect("an answer");
        statuses.push((reply.status, crate::http::header(&head, "idempotency-key").is_some()));
    }

    assert_eq!(statuses, [(400, false), (400, false), (400, false), (400, false), (200, true), (200, true)]);
    assert_eq!(house.portal.task_ids().len(), 42);
}

#[tokio::test]
async fn a_replay_counts_as_a_request() {
    let limits =
        b24_sim::Limits { bucket: Some(b24_sim::Bucket { threshold: 2, drain: 1 }), operating: None };
    let house = House::with(b24_sim::Settings { limits, ..crate::house::settings() }).await;
    let path = house.hook_path("tasks.task.add").replacen("/rest/", "/rest/api/", 1);
    let body = json!({ "fields": { "title": "x", "creatorId": 1, "responsibleId": 1 } }).to_string();
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let headers = "Content-Type: application/json\r\nIdempotency-Key: k";
        let (reply, _) = crate::http::send_with(house.portal.address(), "POST", &path, headers, &body)
            .await
            .expect("an answer");
        statuses.push(reply.status);
    }

    assert_eq!((statuses, house.portal.task_ids().len()), (vec![200, 200, 503], 41));
}
