//! REST 3.0: strict types, exact names, its own envelope.

use b24_sim::WebhookSpec;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, settings, v3_refusal as refusal};
use crate::http::send_with;

#[tokio::test]
async fn a_task_is_added_read_changed_and_deleted() {
    let house = House::new().await;
    let fields =
        json!({ "title": "v3", "creatorId": 1, "responsibleId": 2, "deadline": "2026-05-20T18:00:00+03:00" });

    let added = house.v3("tasks.task.add", json!({ "fields": fields })).await.json();
    let id = added["result"]["item"]["id"].clone();
    let changed = house
        .v3("tasks.task.update", json!({ "id": id, "fields": { "status": "in_progress" } }))
        .await
        .json();
    let select = json!(["id", "title", "status", "responsible.name", "responsible.email", "nonsense"]);
    let read = house.v3("tasks.task.get", json!({ "id": id, "select": select })).await.json();
    let gone = house.v3("tasks.task.delete", json!({ "id": id })).await.json();

    assert_eq!(
        (&changed["result"], &gone["result"]),
        (&json!({ "result": true }), &json!({ "result": true }))
    );
    assert_eq!(
        read["result"],
        json!({ "item": {
            "id": 41,
            "title": "v3",
            "status": "in_progress",
            "responsible": { "name": "Hazel Thornbury", "email": "h.thornbury@rosenfeld.example.com" },
        } })
    );
    assert!(read["time"]["operating"].is_number());
}

#[tokio::test]
async fn refusals_have_their_own_envelope_and_codes() {
    let house = House::new().await;
    let path = house.hook_path("tasks.task.get").replacen("/rest/", "/rest/api/", 1);
    let form =
        house.raw("POST", &path, "application/x-www-form-urlencoded", "id=1").await.expect("an answer");
    let query = house.raw("GET", &format!("{path}?id=1"), "", "").await.expect("an answer");
    let wrong = house
        .raw("POST", "/rest/api/1/wrong/tasks.task.get", "application/json", "{}")
        .await
        .expect("an answer");
    let none =
        house.raw("POST", "/rest/api/tasks.task.get", "application/json", "{}").await.expect("an answer");
    let table = [
        refusal(&none),
        refusal(&wrong),
        refusal(&form),
        refusal(&query),
        refusal(&house.v3("user.get", json!({})).await),
        refusal(&house.v3("tasks.task.get", json!({ "id": "5" })).await),
        refusal(&house.v3("tasks.task.get", json!({ "id": 100_500 })).await),
        refusal(&house.v3("tasks.task.get", json!({ "id": 1, "select": ["responsible.shoe"] })).await),
        refusal(&house.v3("tasks.task.get", json!({ "id": 1, "select": "id" })).await),
        refusal(&house.v3("tasks.task.add", json!({})).await),
        refusal(&house.v3("tasks.task.add", json!({ "fields": { "title": 5, "deadline": "soon" } })).await),
        refusal(
            &house
                .v3(
                    "tasks.task.add",
                    json!({ "fields": { "title": " ", "creatorId": 1, "responsibleId": 1 } }),
                )
                .await,
        ),
        refusal(
            &house
                .v3(
                    "tasks.task.add",
                    json!({ "fields": { "title": "x", "creatorId": 1, "responsibleId": 999 } }),
                )
                .await,
        ),
        refusal(&house.v3("tasks.task.update", json!({ "id": 1, "fields": { "creatorId": 2 } })).await),
        refusal(&house.v3("tasks.task.update", json!({ "id": 1, "fields": { "TITLE": "x" } })).await),
        refusal(&house.v3("tasks.task.update", json!({ "id": 1, "fields": { "parentId": 1 } })).await),
        refusal(&house.v3("tasks.task.update", json!({ "id": 100_500, "fields": { "title": "x" } })).await),
        refusal(&house.v3("tasks.task.delete", json!({ "id": 100_500 })).await),
    ];
    assert_snapshot!(table.join("\n"), @r#"
    401 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied
    401 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied
    400 BITRIX_REST_V3_EXCEPTION_INVALIDJSONEXCEPTION: The request body is not valid JSON
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      id: Required field `id` is not specified
    404 BITRIX_REST_V3_EXCEPTION_METHODNOTFOUNDEXCEPTION: Method `user.get` not found
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      id: Field `id` requires data type `int` for this request
    400 BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION: Record with ID = `100500` not found
    400 BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION: Unknown field `shoe` for entity `UserDto`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDSELECTEXCEPTION: Unable to recognize the select parameter `"id"`
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      fields: Required field `fields` is not specified
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      creatorId: Required field `creatorId` is not specified
      responsibleId: Required field `responsibleId` is not specified
      title: Field `title` requires data type `string` for this request
      deadline: Field `deadline` requires data type `DateTime` for this request
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION: Error during object validation
      title: Field `title` must not be empty
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      responsibleId: User specified in the "Executor" field not found
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      creatorId: In DTO `TaskDto`, the field `creatorId` requires the presence of the `Editable` attribute for such a request
    400 BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION: Unknown field `TITLE` for entity `TaskDto`
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      parentId: Cannot bind a node to itself
    403 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied
    403 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied
    "#);
}

#[tokio::test]
async fn the_scope_is_called_differently_here() {
    let house = House::new().await;
    let hook = house.portal.add_webhook(WebhookSpec::of(1).scopes(["task"])).expect("a webhook");
    let url = hook.expose_webhook_url().replacen("/rest/", "/rest/api/", 1);
    let path = format!("/{}tasks.task.list", url.splitn(4, '/').nth(3).expect("a path"));

    let reply = house.raw("POST", &path, "application/json", "{}").await.expect("an answer");

    assert_snapshot!(refusal(&reply), @"403 BITRIX_REST_V3_EXCEPTION_INSUFFICIENTSCOPEEXCEPTION: The request requires higher privileges than provided by the webhook token");
}

#[tokio::test]
async fn lists_filter_by_id_have_no_total_and_clamp_at_fifty() {
    let house = House::with(b24_sim::Settings { tasks: 70, ..settings() }).await;
    let list =
        async |params: Value| house.v3("tasks.task.list", params).await.json()["result"]["items"].clone();

    let all = house.v3("tasks.task.list", json!({ "pagination": { "limit": 1000 } })).await.json();
    let three = list(json!({ "filter": [["id", "in", [3, 5, 100_500]], ["id", ">", 3]] })).await;
    let two =
        list(json!({ "filter": [["id", [1, 2]]], "order": { "id": "DESC" }, "select": ["id", "status"] }))
            .await;
    let either = json!([{ "logic": "or", "conditions": [["id", 1], ["id", "between", [69, 70]]] }]);
    let either = list(json!({ "filter": either })).await;
    let second = list(json!({ "pagination": { "page": 2, "limit": 30 } })).await;

    assert_eq!(
        (all["result"]["items"].as_array().map(Vec::len), all.get("total"), all.get("next")),
        (Some(50), None, None)
    );
    assert_eq!(three, json!([{ "id": 5 }]));
    assert_eq!((&two[0]["id"], two[1]["status"].is_string()), (&json!(2), true));
    assert_eq!(either, json!([{ "id": 1 }, { "id": 69 }, { "id": 70 }]));
    assert_eq!((second.as_array().map(Vec::len), &second[0]), (Some(30), &json!({ "id": 31 })));
}

#[tokio::test]
async fn lists_refuse_malformed_sections() {
    let house = House::new().await;
    let mut lines = Vec::new();
    for params in [
        json!({ "pagination": { "limit": "abc" } }),
        json!({ "pagination": { "limit": 0 } }),
        json!({ "pagination": { "limit": -1 } }),
        json!({ "order": { "id": "up" } }),
        json!({ "order": { "guid": "ASC" } }),
        json!({ "filter": { "id": 1 } }),
        json!({ "filter": [["id", "~", 1]] }),
        json!({ "filter": [["id", "5"]] }),
        json!({ "filter": [["title", "x"]] }),
        json!({ "filter": [["shoe", 1]] }),
    ] {
        lines.push(refusal(&house.v3("tasks.task.list", params).await));
    }
    assert_snapshot!(lines.join("\n"), @r#"
    400 BITRIX_REST_V3_EXCEPTION_INVALIDPAGINATIONEXCEPTION: Unable to recognize the pagination parameter `{"limit":"abc"}`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDPAGINATIONEXCEPTION: Unable to recognize the pagination parameter `{"limit":0}`
    500 BITRIX_REST_V3_EXCEPTION_INTERNAL_INTERNALEXCEPTION: Internal server error
    400 BITRIX_REST_V3_EXCEPTION_INVALIDORDEREXCEPTION: Unable to recognize the sorting parameter `{"id":"up"}`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDORDEREXCEPTION: Unable to recognize the sorting parameter `{"guid":"ASC"}`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDFILTEREXCEPTION: Unable to recognize the filter parameter `{"id":1}`
    400 BITRIX_REST_V3_EXCEPTION_UNKNOWNFILTEROPERATOREXCEPTION: Unknown filter operator `~`
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      id: Field `id` requires data type `int` for this request
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      title: In DTO `TaskDto`, the `title` field requires the `Filterable` attribute for such a request
    400 BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION: Unknown field `shoe` for entity `TaskDto`
    "#);
}

#[tokio::test]
async fn a_write_repeated_with_its_key_is_replayed_and_not_repeated() {
    let house = House::new().await;
    let path = house.hook_path("tasks.task.add").replacen("/rest/", "/rest/api/", 1);
    let add = async |key: &str, title: &str| {
        let body = json!({ "fields": { "title": title, "creatorId": 1, "responsibleId": 1 } }).to_string();
        let headers = format!("Content-Type: application/json\r\nIdempotency-Key: {key}");
        send_with(house.portal.address(), "POST", &path, &headers, &body).await.expect("an answer")
    };

    let (first, head) = add("k-1", "once").await;
    let (second, replayed) = add("k-1", "once").await;
    let (other, _) = add("k-1", "twice").await;
    let (bad, _) = add(&"x".repeat(256), "once").await;
    house.wait(std::time::Duration::from_secs(24 * 3600));
    let (later, _) = add("k-1", "twice").await;

    assert_eq!((&first, later.status), (&second, 200));
    assert!(head.contains("idempotency-key: k-1") && !head.contains("idempotent-replayed"));
    assert!(replayed.contains("idempotent-replayed: true"));
    assert_eq!(house.portal.task_ids().len(), 42);
    assert_snapshot!(format!("{}\n{}", refusal(&other), refusal(&bad)), @r"
    422 BITRIX_REST_V3_EXCEPTION_IDEMPOTENCYKEYREUSEDEXCEPTION: The idempotency key was already used with a different request body
    400 BITRIX_REST_V3_EXCEPTION_INVALIDIDEMPOTENCYKEYEXCEPTION: The idempotency key must be 1 to 255 printable ASCII characters
    ");
}

#[tokio::test]
async fn a_field_tells_what_it_is_and_what_may_be_done_with_it() {
    let house = House::new().await;

    let list =
        house.v3("tasks.task.field.list", json!({ "select": ["name", "type", "sortable"] })).await.json();
    let id = house.v3("tasks.task.field.get", json!({ "name": "id" })).await.json();
    let title =
        house.v3("tasks.task.field.get", json!({ "name": "title", "select": ["editable"] })).await.json();
    let file = house.v3("tasks.task.file.field.list", json!({ "select": ["name"] })).await.json();
    let refused = [
        house.v3("tasks.task.field.get", json!({})).await,
        house.v3("tasks.task.field.get", json!({ "name": 5 })).await,
        house.v3("tasks.task.chat.message.field.get", json!({ "name": "shoe" })).await,
        house.v3("tasks.task.access.field.list", json!({ "select": ["shoe"] })).await,
    ];

    let items = list["result"]["items"].as_array().expect("a list");
    assert_eq!(items[5], json!({ "name": "created", "type": "object", "sortable": false }));
    assert_eq!(items[0], json!({ "name": "id", "type": "int", "sortable": true }));
    assert_eq!(
        id["result"]["item"],
        json!({
            "name": "id", "type": "int", "title": "id", "description": null, "validationRules": [],
            "requiredGroups": null, "filterable": true, "sortable": true, "editable": false, "multiple": false,
            "elementType": null,
        })
    );
    assert_eq!(title["result"], json!({ "item": { "editable": true } }));
    assert_eq!(file["result"]["items"], json!([{ "name": "taskId" }, { "name": "fileIds" }]));
    assert_snapshot!(refused.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r"
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      name: Required field `name` is missing
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      name: Field `name` requires data type `string` for this request
    400 BITRIX_REST_V3_REALISATION_EXCEPTION_FIELDNOTFOUNDEXCEPTION: Field `shoe` not found
    400 BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION: Unknown field `shoe` for entity `DtoFieldDto`
    ");
}

#[tokio::test]
async fn every_field_of_a_task_is_described() {
    let house = House::new().await;

    let list = house.v3("tasks.task.field.list", json!({})).await.json();
    let task = house.v3("tasks.task.get", json!({ "id": 1 })).await.json();

    let items = list["result"]["items"].as_array().expect("a list");
    let described: Vec<&str> = items.iter().filter_map(|item| item["name"].as_str()).collect();
    let fields = task["result"]["item"].as_object().expect("a task");
    let missing: Vec<&String> = fields.keys().filter(|name| !described.contains(&name.as_str())).collect();
    assert_eq!(missing, Vec::<&String>::new());
}
