//! The history of a task and the counters of a person.

use b24_sim::{Cards, Settings};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal, settings};

#[tokio::test]
async fn every_change_is_told_by_its_documented_name() {
    let house = House::with(Settings { cards: Cards::Old, ..settings() }).await;
    let task = house.task(json!({})).await;
    let fields =
        json!({ "TITLE": "new", "AUDITORS": [3], "TAGS": ["a"], "DEADLINE": "2026-06-01", "PRIORITY": 2 });
    house.result("tasks.task.update", json!({ "taskId": task, "fields": fields })).await;
    house.result("task.commentitem.add", json!([task, { "POST_MESSAGE": "x" }])).await;
    let line = house.result("task.checklistitem.add", json!([task, { "TITLE": "line" }])).await;
    house.result("task.checklistitem.complete", json!([task, line])).await;
    house.result("task.checklistitem.delete", json!([task, line])).await;
    house.result("task.elapseditem.add", json!([task, { "SECONDS": 60, "COMMENT_TEXT": "x" }])).await;
    house.result("tasks.task.start", json!({ "taskId": task })).await;
    house.result("tasks.task.complete", json!({ "taskId": task })).await;
    house.result("tasks.task.renew", json!({ "taskId": task })).await;
    house.result("tasks.task.delegate", json!({ "taskId": task, "userId": 2 })).await;

    let up = json!({ "taskId": task, "order": { "createdDate": "asc" } });
    let told = house.result("tasks.task.history.list", up).await;
    let some = json!({ "taskId": task, "filter": { "FIELD": "STATUS" } });
    let some = house.result("tasks.task.history.list", some).await;

    let lines = told["list"].as_array().expect("rows").iter().map(|row| {
        let shown = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        format!("{}: {} → {}", shown(&row["field"]), shown(&row["value"]["from"]), shown(&row["value"]["to"]))
    });
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    NEW: - → -
    TITLE: Проверить отчёт → new
    PRIORITY: 1 → 2
    AUDITORS: - → 3
    DEADLINE: - → 1780261200
    TAGS: - → a
    COMMENT: - → 18
    CHECKLIST_ITEM_CREATE:  → Checklist 1
    CHECKLIST_ITEM_CREATE:  → line
    CHECKLIST_ITEM_CHECK: line → line
    CHECKLIST_ITEM_REMOVE: line → 
    TIME_SPENT_IN_LOGS: 0 → 60
    STATUS: 2 → 3
    STATUS: 3 → 5
    STATUS: 5 → 2
    RENEW: - → -
    RESPONSIBLE_ID: 1 → 2
    AUDITORS: 3 → 3,1
    ");
    let newest: Vec<&Value> =
        some["list"].as_array().expect("rows").iter().map(|row| &row["value"]["to"]).collect();
    assert_eq!(newest, ["2", "5", "3"]);
    assert_eq!(
        told["list"][0]["user"],
        json!({ "id": 1, "name": "Мария", "lastName": "Лебедянская", "secondName": "Сергеевна",
            "login": "m.lebedyanskaya@rosenfeld.example.com" })
    );
}

#[tokio::test]
async fn a_history_opens_to_those_who_see_the_task() {
    let house = House::new().await;
    let task = house.task(json!({})).await;

    let lines = [
        house.person(5).call("tasks.task.history.list", json!({ "taskId": task })).await,
        house.call("tasks.task.history.list", json!({})).await,
        house.call("tasks.task.history.list", json!({ "taskId": "x" })).await,
    ];
    let none = house.result("tasks.task.history.list", json!({ "taskId": 100_500 })).await;

    assert_eq!(none, json!({ "list": [] }));

    assert_snapshot!(lines.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r"
    400 0: Access denied.
    400 100: CTaskItem All parameters in the constructor must have real class type
    400 0: wrong task id
    ");
}

#[tokio::test]
async fn counters_tell_what_is_overdue_by_role_and_group() {
    let house = House::with(Settings { tasks: 0, ..settings() }).await;
    let late = json!({ "DEADLINE": "2026-05-01", "RESPONSIBLE_ID": 2 });
    house.task(late.clone()).await;
    let done = house.task(late).await;
    house.result("tasks.task.complete", json!({ "taskId": done })).await;
    house.task(json!({ "DEADLINE": "2026-06-01", "RESPONSIBLE_ID": 2 })).await;
    let ask = async |params: Value| house.call("tasks.task.counters.get", params).await.json();

    let doer = ask(json!({ "userId": 2 })).await;
    let watcher = ask(json!({ "userId": 2, "type": "view_role_auditor" })).await;
    let wrong = refusal(&house.call("tasks.task.counters.get", json!({ "groupId": 100_500 })).await);
    let nobody = ask(json!({ "userId": 999_999_999 })).await;
    let hidden = house.person(5).result("tasks.task.counters.get", json!({ "userId": 1 })).await;

    assert_eq!(
        (&doer["result"], &doer["total"]),
        (
            &json!({ "expired": { "counter": 1, "code": 6_291_456 },
            "new_comments": { "counter": 0, "code": 12_582_912 } }),
            &json!(1)
        )
    );
    assert_eq!(watcher["result"]["expired"]["counter"], 0);
    assert_eq!(wrong, "400 0: Group not found or access denied.");
    assert_eq!((&nobody["result"], &nobody["total"], &hidden), (&json!([]), &json!(1), &json!([])));
}

#[tokio::test]
async fn the_plan_of_the_day_is_what_the_caller_is_working_on() {
    let house = House::with(Settings { tasks: 0, ..settings() }).await;
    let mine = house.task(json!({ "RESPONSIBLE_ID": 2 })).await;
    house.task(json!({ "RESPONSIBLE_ID": 2 })).await;
    house.result("tasks.task.start", json!({ "taskId": mine })).await;

    let doer = house.person(2).result("task.planner.getlist", json!({})).await;
    let creator = house.result("task.planner.getlist", json!({})).await;

    assert_eq!((doer, creator), (json!([mine]), json!([])));
}
