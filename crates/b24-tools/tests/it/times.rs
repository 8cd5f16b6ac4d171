//! Time spent on tasks.

use b24_sim::{Fault, WebhookSpec};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::House;

async fn log(house: &House, task: u64, arguments: Value) -> u64 {
    let mut all = json!({ "taskId": task });
    all.as_object_mut().unwrap().extend(arguments.as_object().unwrap().clone());
    let answer = house.call("b24_task_elapsed_time_add", all).await;
    answer["id"].as_u64().unwrap_or_else(|| panic!("{answer}"))
}

async fn list(house: &House, arguments: Value) -> Value {
    house.call("b24_task_elapsed_time_list", arguments).await
}

/// Lengths and comments of what is listed.
async fn told(house: &House, arguments: Value) -> Vec<(u64, String)> {
    let answer = list(house, arguments).await;
    let entries = answer["entries"].as_array().unwrap_or_else(|| panic!("{answer}")).clone();
    let one = |entry: &Value| {
        (entry["seconds"].as_u64().unwrap(), entry["commentText"].as_str().unwrap_or("-").to_owned())
    };
    entries.iter().map(one).collect()
}

fn steady(answer: &Value, names: &[(u64, &str)]) -> String {
    let mut text = serde_json::to_string_pretty(answer).unwrap();
    for (id, name) in names {
        for (before, after) in
            [("\": ", ","), ("\": ", "\n"), ("\"", "\""), ("/", "/"), ("task ", ""), ("entry ", "")]
        {
            text = text.replace(&format!("{before}{id}{after}"), &format!("{before}[{name}]{after}"));
        }
    }
    text
}

#[tokio::test]
async fn time_is_logged_in_seconds_or_in_words_and_exactly_one_of_them() {
    let house = House::open().await;
    let task = house.task("Report").await;
    let add = json!({ "taskId": task, "seconds": 7200 });
    let answer = house.call("b24_task_elapsed_time_add", add).await;
    let id = answer["id"].as_u64().unwrap();
    assert_snapshot!(steady(&answer, &[(task, "task"), (id, "entry")]));
    log(&house, task, json!({ "time": "1,5 ч", "comment": "Созвон" })).await;
    let newest = told(&house, json!({ "taskId": task })).await;
    assert_eq!(newest, [(5400, "Созвон".into()), (7200, String::new())]);

    house.portal.clear_traffic();
    let mut refused = Vec::new();
    for arguments in [
        json!({}),
        json!({ "seconds": 60, "time": "1m" }),
        json!({ "seconds": 86_401 }),
        json!({ "time": "2" }),
        json!({ "time": "soon" }),
        json!({ "seconds": 60, "date": "the other day" }),
        json!({ "seconds": 60, "comment": "x".repeat(4001) }),
    ] {
        let mut all = json!({ "taskId": task });
        all.as_object_mut().unwrap().extend(arguments.as_object().unwrap().clone());
        let answer = house.call("b24_task_elapsed_time_add", all).await;
        refused.push(format!("{} | {} | {}", answer["code"], answer["message"], answer["hint"]));
    }
    assert_snapshot!(refused.join("\n"));
    assert_snapshot!(house.traffic(), @"");
}

#[tokio::test]
async fn work_of_an_earlier_day_is_counted_on_that_day() {
    let house = House::open().await;
    let task = house.task("Report").await;
    let add = json!({ "taskId": task, "time": "2h", "date": "2026-10-12 14:00" });
    let answer = house.call("b24_task_elapsed_time_add", add).await;
    assert_eq!(answer["createdDate"], "2026-10-12T14:00:00+03:00");
    log(&house, task, json!({ "time": "1h", "date": "2026-10-13" })).await;
    log(&house, task, json!({ "time": "30m" })).await;
    let days = list(&house, json!({ "taskId": task, "groupBy": "day" })).await;
    let day = |at: usize| (days["groups"][at]["key"].clone(), days["groups"][at]["time"].clone());
    assert_eq!(
        [day(0), day(1), day(2)],
        [
            (json!("2026-10-12"), json!("2 h")),
            (json!("2026-10-13"), json!("1 h")),
            (json!("2026-10-16"), json!("30 min")),
        ]
    );
    let monday = json!({ "taskId": task, "from": "2026-10-12", "to": "2026-10-12" });
    assert_eq!(told(&house, monday).await, [(7200, String::new())]);
}

#[tokio::test]
async fn who_worked_how_long_last_week_is_one_call() {
    let house = House::open().await;
    let (one, two) = (house.task("Report").await, house.task("Release").await);
    for (task, user, time, date) in [
        (one, 1, "2h", "2026-10-05 10:00"),
        (one, 2, "1h 30m", "2026-10-06 10:00"),
        (two, 2, "45 min", "2026-10-11 23:00"),
        (two, 1, "8h", "2026-10-12 00:30"),
        (two, 2, "8h", "2026-10-04 23:30"),
    ] {
        log(&house, task, json!({ "time": time, "userId": user, "date": date })).await;
    }
    house.portal.clear_traffic();
    let week = json!({
        "from": "2026-10-05", "to": "2026-10-11", "groupBy": "person", "filter": { "TASK_ID": [one, two] },
    });
    let answer = list(&house, week).await;
    assert_snapshot!(serde_json::to_string_pretty(&answer).unwrap());
    assert_snapshot!(house.traffic(), @r"
    task.elapseditem.getlist
    user.get
    ");
}

#[tokio::test]
async fn a_list_over_several_tasks_names_people_and_tasks_and_sums_up() {
    let house = House::open().await;
    let (one, two) = (house.task("Report").await, house.task("Release").await);
    let first = log(&house, one, json!({ "seconds": 60, "comment": "a" })).await;
    let second = log(&house, two, json!({ "seconds": 120, "comment": "b", "userId": 2 })).await;
    house.portal.clear_traffic();
    let answer = list(&house, json!({ "filter": { ">=ID": first }, "select": ["minutes"] })).await;
    assert_snapshot!(steady(&answer, &[(one, "one"), (two, "two"), (first, "first"), (second, "second")]));
    assert_snapshot!(house.traffic(), @r"
    task.elapseditem.getlist
    batch(2: tasks.task.list, user.get)
    ");
}

#[tokio::test]
async fn pages_go_on_where_the_one_before_ended_and_sums_add_all_of_them_up() {
    let house = House::open().await;
    let task = house.task("Report").await;
    for second in 1..=120 {
        log(&house, task, json!({ "seconds": second })).await;
    }
    let page = async |start: u64| list(&house, json!({ "taskId": task, "start": start })).await;
    let facts = |answer: &Value| {
        ["total", "returned", "seconds", "complete", "nextStart"].map(|key| answer[key].clone())
    };
    assert_eq!(facts(&page(0).await), [json!(120), json!(50), json!(4775), json!(false), json!(50)]);
    assert_eq!(facts(&page(70).await), [json!(120), json!(30), json!(1065), json!(false), json!(100)]);
    assert_eq!(facts(&page(100).await), [json!(120), json!(20), json!(210), json!(false), Value::Null]);
    assert_eq!(facts(&page(150).await), [json!(120), json!(0), json!(0), json!(false), Value::Null]);
    house.portal.clear_traffic();
    let all = list(&house, json!({ "taskId": task, "groupBy": "task" })).await;
    assert_eq!(facts(&all), [json!(120), json!(120), json!(7260), json!(true), Value::Null]);
    assert_eq!((&all["groups"][0]["name"], &all["groups"][0]["entries"]), (&json!("Report"), &json!(120)));
    assert_snapshot!(house.traffic(), @r"
    task.elapseditem.getlist
    batch(2: task.elapseditem.getlist)
    tasks.task.list
    ");
}

#[tokio::test]
async fn what_cannot_be_asked_for_is_refused_before_the_portal_is_asked() {
    let house = House::open().await;
    for arguments in [
        json!({ "filter": { "SECONDS": 5 } }),
        json!({ "filter": { "__proto__": 1 } }),
        json!({ "filter": { "%ID": 1 } }),
        json!({ "filter": { "ID": { "a": 1 } } }),
        json!({ "order": { "COMMENT_TEXT": "asc" } }),
        json!({ "select": ["PASSWORD"] }),
        json!({ "start": 100_001 }),
        json!({ "groupBy": "week" }),
        json!({ "groupBy": "day", "start": 50 }),
        json!({ "from": "last week" }),
        json!({ "from": "today", "filter": { ">=CREATED_DATE": "today" } }),
    ] {
        let code = house.code("b24_task_elapsed_time_list", arguments.clone()).await;
        assert_eq!(code, "INVALID_INPUT", "{arguments}");
    }
    assert_snapshot!(house.traffic(), @"");
    assert_eq!(house.code("b24_task_elapsed_time_list", json!({ "taskId": 999_999 })).await, "NOT_FOUND");
}

#[tokio::test]
async fn an_entry_keeps_what_nobody_changed() {
    let house = House::open().await;
    let task = house.task("Report").await;
    let id = log(&house, task, json!({ "seconds": 60, "comment": "a\u{202E}b" })).await;
    let change = json!({ "taskId": task, "itemId": id, "time": "2h", "userId": 2 });
    let answer = house.call("b24_task_elapsed_time_update", change).await;
    assert_snapshot!(steady(&answer, &[(task, "task"), (id, "entry")]));
    let clear = json!({ "taskId": task, "itemId": id, "comment": "" });
    let answer = house.call("b24_task_elapsed_time_update", clear).await;
    assert_eq!(
        (&answer["comment"], answer["changed"].as_object().map(|map| map.len())),
        (&json!(""), Some(1))
    );
    assert_eq!(told(&house, json!({ "taskId": task })).await, [(7200, String::new())]);
    let nothing = json!({ "taskId": task, "itemId": id });
    assert_eq!(house.code("b24_task_elapsed_time_update", nothing).await, "NO_CHANGES");
    let stranger = json!({ "taskId": task, "itemId": 999_999, "seconds": 5 });
    assert_eq!(house.code("b24_task_elapsed_time_update", stranger).await, "NOT_FOUND");
}

#[tokio::test]
async fn time_of_another_person_is_not_changed_and_not_deleted() {
    let mut house = House::open().await;
    let answer = house
        .call("b24_task_create", json!({ "title": "Both", "responsibleId": 1, "accomplices": [2] }))
        .await;
    let task = answer["id"].as_u64().unwrap();
    let id = log(&house, task, json!({ "seconds": 60 })).await;
    house.act_as(WebhookSpec::of(2));
    let own = log(&house, task, json!({ "seconds": 5 })).await;
    let change = json!({ "taskId": task, "itemId": id, "seconds": 5 });
    assert_eq!(house.code("b24_task_elapsed_time_update", change).await, "ACTION_NOT_ALLOWED");
    let delete = json!({ "taskId": task, "itemId": [id, own, 999_999, own], "confirmDelete": true });
    let answer = house.call("b24_task_elapsed_time_delete", delete).await;
    assert_snapshot!(steady(&answer, &[(task, "task"), (id, "foreign"), (own, "own")]));
    assert_eq!(told(&house, json!({ "taskId": task })).await, [(60, String::new())]);
}

#[tokio::test]
async fn an_entry_is_deleted_with_agreement_and_a_list_of_them_in_one_request() {
    let house = House::open().await;
    let task = house.task("Report").await;
    let (one, two, three) = (
        log(&house, task, json!({ "seconds": 60 })).await,
        log(&house, task, json!({ "seconds": 61 })).await,
        log(&house, task, json!({ "seconds": 62 })).await,
    );
    house.portal.clear_traffic();
    let silent = json!({ "taskId": task, "itemId": one });
    assert_eq!(house.code("b24_task_elapsed_time_delete", silent).await, "DELETE_NEEDS_CONFIRM");
    let many = json!({ "taskId": task, "itemId": vec![one; 51], "confirmDelete": true });
    assert_eq!(house.code("b24_task_elapsed_time_delete", many).await, "BATCH_TOO_LARGE");
    assert_snapshot!(house.traffic(), @"");
    let single = json!({ "taskId": task, "itemId": one, "confirmDelete": true });
    let answer = house.call("b24_task_elapsed_time_delete", single).await;
    assert_eq!(answer, json!({ "deleted": true, "taskId": task, "itemId": one, "time": "1 min" }));
    let both = json!({ "taskId": task, "itemId": [two, three], "confirmDelete": true });
    assert_eq!(house.call("b24_task_elapsed_time_delete", both).await["ok"], 2);
    assert_snapshot!(house.traffic(), @r"
    task.elapseditem.get
    task.elapseditem.delete
    batch(2: task.elapseditem.get)
    batch(2: task.elapseditem.delete)
    ");
}

#[tokio::test]
async fn whatever_befalls_a_change_of_time_it_is_made_at_most_once_and_the_answer_says_what_is_known() {
    let mut story = String::new();
    for (name, fault) in [("dropped before", Fault::DropBefore), ("dropped after", Fault::DropAfter)] {
        let house = House::open().await;
        let task = house.task("Report").await;
        let id = log(&house, task, json!({ "seconds": 60, "comment": "old" })).await;
        for method in ["add", "update", "delete"] {
            house.portal.faults().once(&format!("task.elapseditem.{method}"), fault.clone());
        }
        let calls = [
            ("add", json!({ "taskId": task, "seconds": 5, "comment": "new", "date": "yesterday" })),
            ("update", json!({ "taskId": task, "itemId": id, "comment": "changed" })),
            ("delete", json!({ "taskId": task, "itemId": id, "confirmDelete": true })),
        ];
        for (verb, arguments) in calls {
            let answer = house.call(&format!("b24_task_elapsed_time_{verb}"), arguments).await;
            let outcome = match (answer["code"].as_str(), answer["foundLater"] == true) {
                (Some(code), _) => code.to_owned(),
                (None, found_later) => format!("done{}", if found_later { ", found later" } else { "" }),
            };
            story.push_str(&format!("{name}: {verb}: {outcome}\n"));
        }
        story.push_str(&format!("{name}: {:?}\n", told(&house, json!({ "taskId": task })).await));
    }
    assert_snapshot!(story);
}

#[tokio::test]
async fn outside_the_contracts_view_entries_are_a_table_and_sums_stay_sums() {
    let mut house = House::open().await;
    house.form = b24_tools::Form::Table;
    let task = house.task("Report").await;
    let id = log(&house, task, json!({ "seconds": 60, "comment": "a" })).await;
    let table = list(&house, json!({ "taskId": task })).await;
    assert_eq!(table["columns"], json!(["id", "taskId", "userId", "commentText", "seconds", "createdDate"]));
    assert_eq!(table["rows"], json!([[id, task, 1, "a", 60, "2026-10-16 09:30"]]));
    let sums = list(&house, json!({ "taskId": task, "groupBy": "day" })).await;
    assert_eq!((&sums["groups"][0]["time"], &sums["rows"]), (&json!("1 min"), &json!([])));
}
