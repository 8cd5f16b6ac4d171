//! Custom fields of tasks as people call them.

use std::time::Duration;

use b24_model::{Method, Scope, effect::Write};
use b24_rest::{Call, Deadline};
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

/// Only administrators make fields, and no tool does.
static ADD: Method<Write> = Method::classic("task.item.userfield.add", Scope::TASK);

async fn make(house: &House, name: &str, kind: &str, multiple: bool, label: &str) {
    let multiple = if multiple { "Y" } else { "N" };
    let field = json!({ "USER_TYPE_ID": kind, "FIELD_NAME": name, "MULTIPLE": multiple, "LABEL": label });
    let Value::Object(params) = json!({ "PARAMS": field }) else { panic!("an object") };
    house.tenant.portal.call(Call::new(&ADD, params), Deadline::after(Duration::from_secs(5))).await.unwrap();
}

/// A house with three more fields, made as an administrator makes them.
async fn house() -> House {
    let house = House::open().await;
    make(&house, "APPROVED", "boolean", false, "Genehmigt?").await;
    make(&house, "BUDGET", "double", false, "Budget, EUR").await;
    make(&house, "SIGNED", "datetime", false, "Подписан").await;
    make(&house, "COLOURS", "string", true, "Farben").await;
    house.traffic();
    house
}

#[tokio::test]
async fn fields_are_written_by_label_and_told_as_people_say_them() {
    let house = house().await;
    let fields = json!({
        "номер ДОГОВОРА": "Д-7", "Риск": "high", "Genehmigt?": true, "Budget, EUR": "12.50", "подписан": "monday",
        "Farben": ["rot", "blau"],
    });
    let asked = json!({ "title": "A", "responsibleId": 1, "fields": fields });
    let created = house.call("b24_task_create", asked).await;
    assert_snapshot!(house.traffic());
    let id = created["id"].as_u64().unwrap();
    let select = json!(["Риск", "Номер договора", "UF_TASK_APPROVED", "ufTaskBudget", "Подписан", "Farben"]);
    let mut told = house.call("b24_task_get", json!({ "taskId": id, "select": select })).await;
    for member in ["allowed", "note", "link", "id", "createdDate", "changedDate"] {
        told.as_object_mut().unwrap().remove(member);
    }
    assert_json_snapshot!(told);
    assert_snapshot!(house.traffic(), @"tasks.task.get");
    let change = json!({ "taskId": id, "fields": { "UF_AUTO_731845920012": "Mittel", "ufTaskApproved": "N", "Farben": "grün", "Budget, EUR": "" } });
    let changed = house.call("b24_task_update", change).await;
    assert_json_snapshot!(changed["changed"]);
    assert_eq!((changed.get("ignored"), changed.get("unverified")), (None, None));
}

#[tokio::test]
async fn tasks_are_found_and_told_by_custom_fields() {
    let house = house().await;
    let id = house.task("Found by its field").await;
    let fields = json!({ "Риск": "Низкий", "Genehmigt?": true, "Номер договора": "unique-1" });
    assert_eq!(house.code("b24_task_update", json!({ "taskId": id, "fields": fields })).await, "ok");
    for filter in [
        json!({ "Номер договора": "unique-1" }),
        json!({ "ufAuto731845920011": "unique-1", "риск": "НИЗКИЙ" }),
        json!({ "UF_AUTO_731845920011": ["unique-1", "unique-2"], "Genehmigt": "Y" }),
    ] {
        let answer = house
            .call("b24_task_list", json!({ "filter": filter, "select": ["риск", "UF_AUTO_731845920011"] }))
            .await;
        let task = &answer["tasks"][0];
        assert_eq!(answer["total"], 1, "{filter}: {answer}");
        assert_eq!(
            (&task["id"], &task["Риск"], &task["ufAuto731845920011"]),
            (&json!(id), &json!("Низкий"), &json!("unique-1"))
        );
    }
}

#[tokio::test]
async fn a_wrong_value_of_a_custom_field_is_refused_with_what_it_takes() {
    let house = house().await;
    let mut told = String::new();
    for fields in [
        json!({ "Риск": "Medium" }),
        json!({ "Риск": 44 }),
        json!({ "Риск": ["High"] }),
        json!({ "Genehmigt?": "maybe" }),
        json!({ "Budget, EUR": "a lot" }),
        json!({ "Подписан": "soon" }),
        json!({ "Номер договора": { "a": 1 } }),
        json!({ "Номер договора": ["a"] }),
        json!({ "Номер договора": "a\u{0}b" }),
        json!({ "Farben": [["rot"]] }),
        json!({ "Риск": "High", "UF_AUTO_731845920012": "High" }),
        json!({ "SE_PARAMETER": [{ "CODE": { "x": 1 } }] }),
        json!({ "UF_CRM_TASK": { "x": 1 } }),
    ] {
        let answer = house
            .call("b24_task_create", json!({ "title": "A", "responsibleId": 1, "fields": fields }))
            .await;
        assert_eq!(answer["code"], "INVALID_INPUT", "{fields}: {answer}");
        let text = |member: &str| answer[member].as_str().unwrap_or("-").to_owned();
        told.push_str(&format!("{fields}\n  {}\n  {}\n", text("message"), text("hint")));
    }
    assert!(!house.portal.traffic().iter().any(|seen| seen.method == "tasks.task.add"));
    assert_snapshot!(told);
}

#[tokio::test]
async fn a_field_that_was_made_a_moment_ago_is_found_and_a_known_one_is_not_asked_for_again() {
    let mut house = house().await;
    let list = |label: &str| json!({ "filter": { label: "x" } });
    assert_eq!(house.code("b24_task_list", list("Номер договора")).await, "ok");
    make(&house, "NEW", "string", false, "Brand new").await;
    assert_eq!(house.code("b24_task_list", list("Brand new")).await, "INVALID_INPUT");
    house.now += jiff::SignedDuration::from_secs(90);
    house.traffic();
    assert_eq!(house.code("b24_task_list", list("Номер договора")).await, "ok");
    assert_eq!(house.code("b24_task_list", list("Brand new")).await, "ok");
    assert_snapshot!(house.traffic());
}

#[tokio::test]
async fn a_pattern_in_a_part_of_a_title_is_told_to_be_one() {
    let house = House::open().await;
    let answer = house.call("b24_task_list", json!({ "titleContains": "50 %" })).await;
    assert_json_snapshot!(answer);
    let by_pattern: Value = json!({ "filter": { "TITLE": "%50_%" } });
    assert_eq!(house.code("b24_task_list", by_pattern).await, "ok");
}
