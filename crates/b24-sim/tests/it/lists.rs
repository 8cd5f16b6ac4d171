//! `tasks.task.list`: filters, order, select, pages.

use b24_sim::{Settings, StartMinusOne};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal, settings};

/// A portal without seeded tasks, so that a test knows every one.
async fn empty() -> House {
    House::with(Settings { tasks: 0, ..settings() }).await
}

async fn found(house: &House, params: Value) -> String {
    let result = house.result("tasks.task.list", params).await;
    let ids = result["tasks"].as_array().expect("tasks").iter();
    ids.filter_map(|task| task["id"].as_str()).collect::<Vec<_>>().join(" ")
}

#[tokio::test]
async fn filters_find_what_they_say() {
    let house = empty().await;
    house.task(json!({ "TITLE": "Отчёт за май", "DEADLINE": "2026-05-13", "TAGS": ["срочно"] })).await;
    house
        .task(json!({ "TITLE": "отчёт за июнь", "DEADLINE": "2026-05-14T18:00:00+03:00", "STATUS": 3 }))
        .await;
    house.task(json!({ "TITLE": "100% done", "PARENT_ID": 1, "RESPONSIBLE_ID": 3, "AUDITORS": [2] })).await;
    house
        .task(json!({ "TITLE": "Call", "STATUS": 5, "PRIORITY": 2, "ACCOMPLICES": [2, 3], "TAGS": "a, b" }))
        .await;
    let find =
        async |filter: Value| found(&house, json!({ "filter": filter, "order": { "ID": "asc" } })).await;
    let table = [
        ("TITLE pattern", find(json!({ "TITLE": "отчёт%" })).await),
        ("%TITLE", find(json!({ "%TITLE": "ЗА" })).await),
        ("TITLE exact", find(json!({ "TITLE": "call" })).await),
        ("TITLE in part", find(json!({ "TITLE": "cal" })).await),
        ("TITLE one letter", find(json!({ "TITLE": "c_ll" })).await),
        ("!TITLE", find(json!({ "!TITLE": "%за%" })).await),
        ("REAL_STATUS", find(json!({ "REAL_STATUS": [3, 5] })).await),
        ("!REAL_STATUS", find(json!({ "!REAL_STATUS": "5" })).await),
        ("STATUS overdue", find(json!({ "STATUS": -1 })).await),
        ("STATUS nearly", find(json!({ "STATUS": -3 })).await),
        ("PARENT_ID", find(json!({ "PARENT_ID": 1 })).await),
        ("ONLY_ROOT_TASKS", find(json!({ "ONLY_ROOT_TASKS": "Y" })).await),
        ("TAG", find(json!({ "TAG": "СРОЧНО" })).await),
        ("TAG of several", find(json!({ "TAG": ["b", "срочно"] })).await),
        ("ACCOMPLICE", find(json!({ "ACCOMPLICE": 2 })).await),
        ("AUDITOR", find(json!({ "AUDITOR": 2 })).await),
        ("RESPONSIBLE_ID", find(json!({ "responsibleId": 3 })).await),
        ("<DEADLINE", find(json!({ "<DEADLINE": "2026-05-14" })).await),
        (">=DEADLINE", find(json!({ ">=DEADLINE": "2026-05-14T17:00:00+02:00" })).await),
        ("no DEADLINE", find(json!({ "DEADLINE": "" })).await),
        ("!DEADLINE", find(json!({ "!DEADLINE": "" })).await),
        ("unknown key", find(json!({ "NO_SUCH": 1, ">ID": 3 })).await),
    ];
    let lines: Vec<String> = table.iter().map(|(name, ids)| format!("{name}: {ids}")).collect();
    assert_snapshot!(lines.join("\n"), @r"
    TITLE pattern: 1 2
    %TITLE: 1 2
    TITLE exact: 4
    TITLE in part: 
    TITLE one letter: 4
    !TITLE: 3 4
    REAL_STATUS: 2 4
    !REAL_STATUS: 1 2 3
    STATUS overdue: 1
    STATUS nearly: 2
    PARENT_ID: 3
    ONLY_ROOT_TASKS: 1 2 4
    TAG: 1
    TAG of several: 1 4
    ACCOMPLICE: 4
    AUDITOR: 3
    RESPONSIBLE_ID: 3
    <DEADLINE: 1
    >=DEADLINE: 2
    no DEADLINE: 3 4
    !DEADLINE: 1 2
    unknown key: 4
    ");
}

#[tokio::test]
async fn order_takes_several_keys_and_refuses_unknown_ones() {
    let house = empty().await;
    for (title, priority) in [("b", 1), ("a", 2), ("c", 2)] {
        house.task(json!({ "TITLE": title, "PRIORITY": priority })).await;
    }

    let by_default = found(&house, json!({})).await;
    let by_two = found(&house, json!({ "order": { "PRIORITY": "DESC", "title": "asc" } })).await;
    let refused = refusal(&house.call("tasks.task.list", json!({ "order": { "NO_SUCH": "asc" } })).await);

    assert_eq!((by_default.as_str(), by_two.as_str()), ("3 2 1", "2 3 1"));
    assert_snapshot!(refused, @"400 0: Invalid sorting key");
}

#[tokio::test]
async fn select_leaves_what_it_names_and_what_hangs_on_it() {
    let house = empty().await;
    house.task(json!({ "TITLE": "x", "AUDITORS": [2], "TAGS": ["t"] })).await;

    let result = house
        .result(
            "tasks.task.list",
            json!({ "select": ["TITLE", "AUDITORS", "TAGS", "STATUS", "UF_CRM_TASK"] }),
        )
        .await;

    assert_snapshot!(serde_json::to_string_pretty(&result["tasks"][0]).expect("JSON"), @r#"
    {
      "id": "1",
      "title": "x",
      "status": "2",
      "auditors": [
        "2"
      ],
      "ufCrmTask": [],
      "tags": {
        "1": {
          "id": 1,
          "title": "t"
        }
      },
      "group": [],
      "auditorsData": {
        "2": {
          "id": "2",
          "name": "Hazel Thornbury",
          "link": "/company/personal/user/2/",
          "icon": "/bitrix/images/tasks/default_avatar.png",
          "workPosition": "Support Engineer"
        }
      },
      "subStatus": "2"
    }
    "#);
}

#[tokio::test]
async fn pages_are_counted_unless_start_is_minus_one() {
    let house = House::with(Settings { tasks: 120, ..settings() }).await;
    let page = async |start: i64| {
        let body = house.call("tasks.task.list", json!({ "start": start, "select": ["ID"] })).await.json();
        (body["result"]["tasks"].as_array().map(Vec::len), body["total"].clone(), body["next"].clone())
    };

    assert_eq!(page(0).await, (Some(50), json!(120), json!(50)));
    assert_eq!(page(100).await, (Some(20), json!(120), Value::Null));
    assert_eq!(page(-1).await, (Some(50), Value::Null, Value::Null));
}

#[tokio::test]
async fn start_minus_one_may_be_ignored() {
    let house = House::with(Settings { start_minus_one: StartMinusOne::Ignored, ..settings() }).await;

    let body = house.call("tasks.task.list", json!({ "start": -1 })).await.json();

    assert_eq!(body["total"], 40);
}

#[tokio::test]
async fn people_see_only_their_tasks() {
    let house = House::new().await;
    let all = house.portal.task_ids().len();
    let person = house.portal.users().iter().rfind(|user| user.active).expect("somebody").id;

    let result = house.person(person).call("tasks.task.list", json!({ "select": ["ID"] })).await.json();

    let seen = result["total"].as_u64().expect("a total");
    assert!(seen > 0 && seen < all as u64, "{seen} of {all}");
    let hidden = house.portal.task_ids().into_iter().find(|id| {
        !result["result"]["tasks"]
            .as_array()
            .expect("tasks")
            .iter()
            .any(|task| task["id"] == id.to_string().as_str())
    });
    assert_eq!(house.person(person).result("tasks.task.get", json!({ "taskId": hidden })).await, json!([]));
}
