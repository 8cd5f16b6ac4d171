//! What the portal tells of itself: applications, features, access codes, calendar settings, its own documentation.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};

#[tokio::test]
async fn a_webhook_is_no_application_and_a_feature_needs_a_code() {
    let house = House::new().await;

    let lines = [
        refusal(&house.call("app.info", json!({})).await),
        refusal(&house.call("feature.get", json!({})).await),
    ];
    let known = house.result("feature.get", json!({ "CODE": "rest_offline_extended" })).await;
    let unknown = house.result("feature.get", json!({ "CODE": "nobody_heard_of_it" })).await;

    assert_eq!((known, unknown), (json!({ "value": "Y" }), json!({ "value": "N" })));
    assert_snapshot!(lines.join("\n"), @r"
    400 ACCESS_DENIED: Access denied! Application context required
    400 CODE_EMPTY: CODE can't be empty
    ");
}

#[tokio::test]
async fn access_codes_have_names_and_owners() {
    let house = House::new().await;

    let names = house.result("access.name", json!({ "ACCESS": ["AU", "U2", "SG1", "D3", "X9"] })).await;
    let none = house.result("access.name", json!({ "ACCESS": ["X9"] })).await;
    let has = [
        house.result("user.access", json!({ "ACCESS": ["G1"] })).await,
        house.person(2).result("user.access", json!({ "ACCESS": ["G1"] })).await,
        house.person(2).result("user.access", json!({ "ACCESS": ["G1", "U2"] })).await,
    ];

    let named: Vec<&str> =
        names.as_object().expect("a map").values().filter_map(|row| row["name"].as_str()).collect();
    assert_eq!(named, ["All authorized users", "Hazel Thornbury", "Тендеры", "Support"]);
    assert_eq!((none, has), (json!(false), [json!(true), json!(false), json!(true)]));
}

#[tokio::test]
async fn working_hours_are_told() {
    let house = House::new().await;

    let told = house.result("calendar.settings.get", json!({})).await;

    assert_eq!((&told["work_time_start"], &told["week_holidays"]), (&json!("9"), &json!(["SA", "SU"])));
}

#[tokio::test]
async fn the_documentation_names_every_strict_method_and_comes_without_an_envelope() {
    let house = House::new().await;

    let document = house.v3("rest.documentation.openapi", json!({})).await.json();
    let short = house.v3("documentation", json!({})).await.json();
    let scopes = house.v3("rest.scope.list", json!({})).await.json();

    assert_eq!(document, short);
    assert_eq!((&document["openapi"], document.get("time")), (&json!("3.0.0"), None));
    let paths: Vec<&str> = document["paths"].as_object().expect("paths").keys().map(String::as_str).collect();
    assert_snapshot!(paths.join("\n"), @r"
    /tasks.task.get
    /tasks.task.list
    /tasks.task.add
    /tasks.task.update
    /tasks.task.delete
    /tasks.task.file.attach
    /tasks.task.access.get
    /tasks.task.field.list
    /tasks.task.field.get
    /tasks.task.chat.message.field.list
    /tasks.task.chat.message.field.get
    /tasks.task.file.field.list
    /tasks.task.file.field.get
    /tasks.task.access.field.list
    /tasks.task.access.field.get
    /tasks.task.result.add
    /tasks.task.result.addfromchatmessage
    /tasks.task.result.list
    /tasks.task.result.update
    /tasks.task.result.delete
    /tasks.task.chat.message.send
    /rest.scope.list
    /rest.documentation.openapi
    /documentation
    ");
    let tasks = scopes["result"]["tasks"]["tasks"].as_array().expect("methods");
    assert!(tasks.contains(&json!("tasks.task.result.add")));
    let schema: &Value = &document["components"]["schemas"]["TaskDto"]["properties"];
    assert_eq!(schema["deadline"], json!({ "type": "string", "format": "date-time" }));
}
