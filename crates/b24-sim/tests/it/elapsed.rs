//! Time spent on tasks: positional arguments, pages of its own, and who may change what.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};

#[tokio::test]
async fn time_is_added_told_changed_and_removed() {
    let house = House::new().await;
    let id = house.task(json!({})).await;

    let entry = house
        .result("task.elapseditem.add", json!([id, { "SECONDS": 3600, "COMMENT_TEXT": "Созвон" }]))
        .await;
    let told = house.result("task.elapseditem.get", json!([id, entry])).await;
    let spent = house.result("tasks.task.get", json!({ "taskId": id })).await;
    let changed = house
        .result("task.elapseditem.update", json!([id, entry, { "SECONDS": 60, "COMMENT_TEXT": "kurz" }]))
        .await;
    let after = house.result("task.elapseditem.getlist", json!([id])).await;
    let removed = house.result("task.elapseditem.delete", json!([id, entry])).await;
    let left = house.result("task.elapseditem.getlist", json!([id])).await;

    let date = "2026-05-14T12:00:00+03:00";
    let row = json!({
        "ID": entry.to_string(), "TASK_ID": id.to_string(), "USER_ID": "1", "COMMENT_TEXT": "Созвон",
        "SECONDS": "3600", "MINUTES": "60", "SOURCE": "2",
        "CREATED_DATE": date, "DATE_START": date, "DATE_STOP": date,
    });
    assert_eq!(told, json!([row]));
    assert_eq!(spent["task"]["timeSpentInLogs"], "3600");
    assert_eq!((changed, removed, left), (Value::Null, Value::Null, json!([])));
    assert_eq!((&after[0]["SECONDS"], &after[0]["COMMENT_TEXT"]), (&json!("60"), &json!("kurz")));
}

#[tokio::test]
async fn entries_are_sorted_filtered_reduced_and_paged() {
    let house = House::new().await;
    let id = house.task(json!({})).await;
    for minutes in 1..=60 {
        let fields = json!({ "SECONDS": minutes * 60, "COMMENT_TEXT": "x", "USER_ID": 1 + minutes % 2 });
        house.result("task.elapseditem.add", json!([id, fields])).await;
    }
    let minutes = |reply: &Value| {
        let rows = reply["result"].as_array().expect("rows").iter();
        rows.map(|row| row["MINUTES"].as_str().expect("minutes").to_owned()).collect::<Vec<_>>().join(" ")
    };
    let ask = async |params: Value| house.call("task.elapseditem.getlist", params).await.json();

    let first = ask(json!([id])).await;
    let second =
        ask(json!([id, { "ID": "asc" }, [], ["*"], { "NAV_PARAMS": { "nPageSize": 50, "iNumPage": 2 } }]))
            .await;
    let few = ask(json!([id, { "SECONDS": "desc" }, { "USER_ID": 2, ">ID": 0 }, ["ID", "MINUTES"],
        { "NAV_PARAMS": { "nPageSize": 3 } }]))
    .await;
    let named = ask(json!({ "TASKID": id, "ORDER": { "MINUTES": "desc" } })).await;

    assert_eq!((&first["total"], first["result"].as_array().map(Vec::len)), (&json!(60), Some(50)));
    assert_eq!(minutes(&second), "51 52 53 54 55 56 57 58 59 60");
    assert_eq!(minutes(&few), "59 57 55");
    assert_eq!(few["result"][0].as_object().map(serde_json::Map::len), Some(2));
    assert_eq!(named["result"][0]["MINUTES"], "60");
}

#[tokio::test]
async fn work_written_down_later_has_its_own_beginning() {
    let house = House::new().await;
    let (id, other) = (house.task(json!({})).await, house.task(json!({})).await);
    let fields =
        json!({ "SECONDS": 60, "COMMENT_TEXT": "late", "CREATED_DATE": "2026-05-11T09:00:00+03:00" });
    let entry = house.result("task.elapseditem.add", json!([id, fields])).await;
    house.result("task.elapseditem.add", json!([other, { "SECONDS": 1, "COMMENT_TEXT": "now" }])).await;

    let told = house.result("task.elapseditem.get", json!([id, entry])).await;
    let ask = async |filter: Value| {
        let rows = house.result("task.elapseditem.getlist", json!([{ "TASK_ID": "asc" }, filter])).await;
        let rows = rows.as_array().expect("rows").clone();
        rows.iter().map(|row| row["COMMENT_TEXT"].as_str().unwrap_or("-").to_owned()).collect::<Vec<_>>()
    };
    let day = json!({ "TASK_ID": [id, other], "<CREATED_DATE": "2026-05-12" });

    assert_eq!(told[0]["CREATED_DATE"], "2026-05-11T09:00:00+03:00");
    assert_eq!(told[0]["DATE_START"], "2026-05-14T12:00:00+03:00");
    assert_eq!(
        (ask(day).await, ask(json!({ "TASK_ID": [id, other] })).await),
        (vec!["late".to_owned()], vec!["late".to_owned(), "now".to_owned()],)
    );
}

#[tokio::test]
async fn without_a_task_the_list_tells_of_all_tasks_one_may_see() {
    let house = House::new().await;
    let id = house.task(json!({ "RESPONSIBLE_ID": 2 })).await;
    house.result("task.elapseditem.add", json!([id, { "SECONDS": 1, "COMMENT_TEXT": "unique" }])).await;
    let seen = |rows: &Value| rows.to_string().contains("unique");

    let own = house.person(2).result("task.elapseditem.getlist", json!([{ "ID": "desc" }])).await;
    let other = house.person(4).result("task.elapseditem.getlist", json!([{ "ID": "desc" }])).await;

    assert_eq!((seen(&own), seen(&other)), (true, false));
}

#[tokio::test]
async fn what_is_wrong_is_refused_with_the_code_of_the_class() {
    let house = House::new().await;
    let id = house.task(json!({ "AUDITORS": [2], "ACCOMPLICES": [3] })).await;
    let fields = json!({ "SECONDS": 60, "COMMENT_TEXT": "x" });
    let entry = house.result("task.elapseditem.add", json!([id, fields])).await;
    let (watcher, helper) = (house.person(2), house.person(3));

    let lines = [
        house.call("task.elapseditem.add", json!({ "ARFIELDS": fields, "TASKID": id })).await,
        house.call("task.elapseditem.add", json!([id, { "SECONDS": 60 }])).await,
        house.call("task.elapseditem.add", json!([id, { "SECONDS": "much", "COMMENT_TEXT": "x" }])).await,
        house.call("task.elapseditem.add", json!([id, { "MINUTES": 1 }])).await,
        house.call("task.elapseditem.add", json!([100_500, fields])).await,
        watcher.call("task.elapseditem.add", json!([id, fields])).await,
        helper.call("task.elapseditem.update", json!([id, entry, fields])).await,
        helper.call("task.elapseditem.delete", json!([id, entry])).await,
        house.call("task.elapseditem.get", json!([id, 100_500])).await,
        house.person(5).call("task.elapseditem.getlist", json!([id])).await,
        house.call("task.elapseditem.getlist", json!([id, { "TITLE": "asc" }])).await,
        house.call("task.elapseditem.getlist", json!({ "ORDER": { "ID": "asc" }, "TASKID": id })).await,
    ];
    let allowed = [
        helper.result("task.elapseditem.isactionallowed", json!([id, entry, 1])).await,
        helper.result("task.elapseditem.isactionallowed", json!([id, entry, 2])).await,
        house.result("task.elapseditem.isactionallowed", json!([id, entry, 3])).await,
        watcher.result("task.elapseditem.isactionallowed", json!([id, entry, 1])).await,
    ];

    assert_eq!(allowed, [json!(true), json!(false), json!(true), json!(false)]);
    assert_snapshot!(lines.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r#"
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #0 (taskId) for method ctaskelapseditem::add() expected to be of type "integer", but given something else.; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #1 (arFields) must contain a valid "COMMENT_TEXT"; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #1 (arFields) must contain a valid "SECONDS"; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #1 (arFields) for method ctaskelapseditem::add() must not contain key "MINUTES".; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#1; Task not found or not accessible; 1/TE/TASK_NOT_FOUND_OR_NOT_ACCESSIBLE<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#512; Item not found or not accessible; 512/TE/ITEM_NOT_FOUND_OR_NOT_ACCESSIBLE<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#1; Task not found or not accessible; 1/TE/TASK_NOT_FOUND_OR_NOT_ACCESSIBLE<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #1 (arOrder) for method ctaskelapseditem::getlist() must not contain key "TITLE".; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #1 (arFilter) for method ctaskelapseditem::getlist() expected to be of type "array", but given something else.; 256/TE/WRONG_ARGUMENTS<br>
    "#);
}
