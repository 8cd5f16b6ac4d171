//! Custom fields of tasks: described, written, read, filtered by.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};

const TEXT: &str = "UF_AUTO_731845920011";
const CHOICE: &str = "UF_AUTO_731845920012";

#[tokio::test]
async fn the_fields_are_listed_with_their_choices() {
    let house = House::new().await;

    let all =
        house.call("task.item.userfield.getlist", json!({ "ORDER": { "FIELD_NAME": "asc" } })).await.json();
    let lists = house
        .result("task.item.userfield.getlist", json!({ "FILTER": { "USER_TYPE_ID": "enumeration" } }))
        .await;
    let described = house.result("tasks.task.getFields", json!({})).await;

    let names: Vec<&Value> =
        all["result"].as_array().expect("rows").iter().map(|row| &row["FIELD_NAME"]).collect();
    assert_eq!(names, [TEXT, CHOICE, "UF_CRM_TASK", "UF_MAIL_MESSAGE", "UF_TASK_WEBDAV_FILES"]);
    assert_eq!(all["total"], 5);
    assert_snapshot!(serde_json::to_string_pretty(&lists[0]["LIST"]).expect("JSON"), @r#"
    [
      {
        "ID": "41",
        "SORT": "100",
        "VALUE": "Низкий",
        "DEF": "N"
      },
      {
        "ID": "42",
        "SORT": "200",
        "VALUE": "Mittel",
        "DEF": "N"
      },
      {
        "ID": "43",
        "SORT": "300",
        "VALUE": "High",
        "DEF": "N"
      }
    ]
    "#);
    assert_eq!(
        described["fields"][CHOICE]["values"],
        json!({ "41": "Низкий", "42": "Mittel", "43": "High" })
    );
}

#[tokio::test]
async fn values_are_written_read_selected_and_found() {
    let house = House::new().await;
    let id = house.task(json!({ TEXT: "Д-1", CHOICE: 42 })).await;
    let select = json!({ "taskId": id, "select": ["ID", "UF_*"] });

    let read = house.result("tasks.task.get", select.clone()).await;
    let found = house
        .result(
            "tasks.task.list",
            json!({ "filter": { TEXT: "Д-1", CHOICE: [42] }, "select": ["ID", CHOICE] }),
        )
        .await;
    let plain = house.result("tasks.task.get", json!({ "taskId": id })).await;
    house.result("tasks.task.update", json!({ "taskId": id, "fields": { TEXT: "" } })).await;
    let emptied = house.result("tasks.task.get", select).await;
    let wrong = house.call("tasks.task.update", json!({ "taskId": id, "fields": { CHOICE: 7 } })).await;

    assert_eq!(
        (&read["task"]["ufAuto731845920011"], &read["task"]["ufAuto731845920012"]),
        (&json!("Д-1"), &json!("42"))
    );
    assert_eq!(found["tasks"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["tasks"][0]["ufAuto731845920012"], "42");
    assert_eq!(plain["task"].get("ufAuto731845920011"), None);
    assert_eq!(emptied["task"]["ufAuto731845920011"], Value::Null);
    assert_eq!(refusal(&wrong), "400 ERROR_CORE: Invalid value in the field \"Риск\"<br>");
}

#[tokio::test]
async fn administrators_make_change_and_remove_fields() {
    let house = House::new().await;
    let params = json!({ "USER_TYPE_ID": "double", "FIELD_NAME": "budget", "LABEL": "Budget" });

    let id = house.result("task.item.userfield.add", json!({ "PARAMS": params })).await;
    let changed =
        house.result("task.item.userfield.update", json!({ "ID": id, "DATA": { "SORT": 5 } })).await;
    let read = house.result("task.item.userfield.get", json!({ "ID": id })).await;
    let lines = [
        house.call("task.item.userfield.add", json!({ "PARAMS": params })).await,
        house.call("task.item.userfield.add", json!({ "PARAMS": { "FIELD_NAME": "x" } })).await,
        house
            .call(
                "task.item.userfield.add",
                json!({ "PARAMS": { "USER_TYPE_ID": "crm", "FIELD_NAME": "x" } }),
            )
            .await,
        house.call("task.item.userfield.add", json!({ "PARAMS": { "USER_TYPE_ID": "string" } })).await,
        house.person(2).call("task.item.userfield.add", json!({ "PARAMS": params })).await,
        house.call("task.item.userfield.get", json!({})).await,
        house.call("task.item.userfield.get", json!({ "ID": "x" })).await,
        house.call("task.item.userfield.get", json!({ "ID": 100_500 })).await,
        house.call("task.item.userfield.delete", json!({})).await,
        house.person(2).call("task.item.userfield.delete", json!({ "ID": id })).await,
    ];
    let gone = house.result("task.item.userfield.delete", json!({ "ID": id })).await;

    assert_eq!((changed, gone), (json!(true), json!(true)));
    assert_eq!((&read["FIELD_NAME"], &read["SORT"]), (&json!("UF_TASK_BUDGET"), &json!("5")));
    assert_snapshot!(lines.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r#"
    400 ERROR_CORE: The field UF_TASK_BUDGET for the object TASKS_TASK already exists.
    400 ERROR_CORE: The 'USER_TYPE_ID' field is not found.
    400 ERROR_CORE: Invalid user type specified.
    400 ERROR_CORE: The 'FIELD_NAME' field is not found.
    400 ERROR_CORE: Access denied.
    400 ERROR_CORE: No parameters found.
    400 ERROR_CORE: ID is not defined or invalid.
    400 ERROR_NOT_FOUND: The entity with ID '100500' is not found.
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#0; Invalid arguments for Bitrix\Tasks\Integration\Rest\Task\UserField::delete; 0/TE
    400 ERROR_CORE: Access denied.
    "#);
}
