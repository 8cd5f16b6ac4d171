//! The state machine of tasks, as documented: who moves what where, and how a refusal sounds.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};

const VERBS: [&str; 7] = ["start", "pause", "defer", "renew", "complete", "approve", "disapprove"];

/// A task of person 1 for person 2, under control when asked, moved to `status`.
async fn task_in(house: &House, status: u64, control: &str) -> u64 {
    let id = house.task(json!({ "RESPONSIBLE_ID": 2, "TASK_CONTROL": control })).await;
    house.result("tasks.task.update", json!({ "taskId": id, "fields": { "STATUS": status } })).await;
    id
}

/// Every verb from every status, by one person: the status after it, or the refusal's code.
async fn table(house: &House, user: u64, control: &str) -> String {
    let person = house.person(user);
    let mut lines = vec![format!("from  {}", VERBS.join(" "))];
    for status in 2..=6 {
        let mut line = format!("   {status} ");
        for verb in VERBS {
            let id = task_in(house, status, control).await;
            let reply = person.call(&format!("tasks.task.{verb}"), json!({ "taskId": id })).await;
            let body = reply.json();
            let cell = match reply.status {
                200 => format!("→{}", body["result"]["task"]["status"].as_str().expect("a status")),
                _ => body["error"].as_str().expect("a code").to_owned(),
            };
            line.push_str(&format!(" {cell:>width$}", width = verb.len()));
        }
        lines.push(line);
    }
    lines.join("\n")
}

#[tokio::test]
async fn the_creator_moves_a_task_without_control() {
    assert_snapshot!(table(&House::new().await, 1, "N").await, @r"
    from  start pause defer renew complete approve disapprove
       2     →3 1048582    →6 1048582       →5 1048582    1048582
       3      0    →2 1048582 1048582       →5 1048582    1048582
       4      0 1048582 1048582 1048582        0 1048582    1048582
       5      0 1048582 1048582    →2        0 1048582    1048582
       6      0 1048582 1048582    →2       →5 1048582    1048582
    ");
}

#[tokio::test]
async fn the_creator_approves_what_is_under_control() {
    assert_snapshot!(table(&House::new().await, 1, "Y").await, @r"
    from  start pause defer renew complete approve disapprove
       2     →3 1048582    →6 1048582       →5 1048582    1048582
       3      0    →2 1048582 1048582       →5 1048582    1048582
       4      0 1048582 1048582 1048582        0      →5         →2
       5      0 1048582 1048582    →2        0 1048582    1048582
       6      0 1048582 1048582    →2       →5 1048582    1048582
    ");
}

#[tokio::test]
async fn the_assignee_hands_in_what_is_under_control() {
    assert_snapshot!(table(&House::new().await, 2, "Y").await, @r"
    from  start pause defer renew complete approve disapprove
       2     →3 1048582    →6 1048582       →4 1048582    1048582
       3      0    →2 1048582 1048582       →4 1048582    1048582
       4      0 1048582 1048582 1048582        0 1048582    1048582
       5      0 1048582 1048582    →2        0 1048582    1048582
       6      0 1048582 1048582    →2       →4 1048582    1048582
    ");
}

#[tokio::test]
async fn an_outsider_moves_nothing() {
    let house = House::new().await;
    let outsider = outsider(&house).await;
    assert_snapshot!(table(&house, outsider, "Y").await, @r"
    from  start pause defer renew complete approve disapprove
       2      0 1048582 1048582 1048582        0 1048582    1048582
       3      0 1048582 1048582 1048582        0 1048582    1048582
       4      0 1048582 1048582 1048582        0 1048582    1048582
       5      0 1048582 1048582 1048582        0 1048582    1048582
       6      0 1048582 1048582 1048582        0 1048582    1048582
    ");
}

/// Somebody who has no part in a task of 1 and 2: neither person nor head of a department.
async fn outsider(house: &House) -> u64 {
    let id = task_in(house, 2, "N").await;
    for user in house.portal.users().iter().filter(|user| user.active && user.id > 2) {
        if house.person(user.id).result("tasks.task.get", json!({ "taskId": id })).await == json!([]) {
            return user.id;
        }
    }
    panic!("everybody sees the task");
}

#[tokio::test]
async fn a_task_that_does_not_exist_is_refused_in_the_same_words() {
    let house = House::new().await;
    let mut lines = Vec::new();
    for verb in VERBS.into_iter().chain(["delegate", "delete", "update"]) {
        let params = json!({ "taskId": 100_500, "userId": 2, "fields": { "TITLE": "x" } });
        let reply = house.call(&format!("tasks.task.{verb}"), params).await;
        lines.push(format!("{verb}: {}", refusal(&reply)));
    }
    assert_snapshot!(lines.join("\n"), @r"
    start: 400 0: Action on the task is not allowed
    pause: 400 1048582: Action on the task is not allowed
    defer: 400 1048582: Action on the task is not allowed
    renew: 400 1048582: Action on the task is not allowed
    complete: 400 0: Action on the task is not allowed
    approve: 400 1048582: Action on the task is not allowed
    disapprove: 400 1048582: Action on the task is not allowed
    delegate: 400 0: Action on the task is not allowed
    delete: 400 1048582: No access to delete the task
    update: 400 0: Action on the task is not allowed
    ");
}

#[tokio::test]
async fn an_id_that_is_none_has_its_own_refusals() {
    let house = House::new().await;
    let mut lines = Vec::new();
    for params in [json!({}), json!({ "taskId": "abc" }), json!({ "taskId": 0 }), json!({ "taskId": -5 })] {
        lines.push(refusal(&house.call("tasks.task.start", params).await));
    }
    assert_snapshot!(lines.join("\n"), @r"
    400 100: CTaskItem All parameters in the constructor must have real class type
    400 0: wrong task id
    400 0: wrong task id
    400 0: wrong task id
    ");
}

#[tokio::test]
async fn completing_and_renewing_keeps_the_dates_in_step() {
    let house = House::new().await;
    let id = task_in(&house, 3, "N").await;
    let dates = |task: &Value| ["status", "closedBy", "closedDate"].map(|name| task[name].clone());

    let done = house.result("tasks.task.complete", json!({ "taskId": id })).await["task"].clone();
    let again = house.result("tasks.task.renew", json!({ "taskId": id })).await["task"].clone();

    assert_eq!(dates(&done), [json!("5"), json!("1"), json!("2026-05-14T12:00:00+03:00")]);
    assert_eq!(dates(&again), [json!("2"), json!("0"), json!(null)]);
}

#[tokio::test]
async fn delegating_starts_over_and_the_former_assignee_watches() {
    let house = House::new().await;
    let id = task_in(&house, 3, "N").await;

    let result = house.person(2).result("tasks.task.delegate", json!({ "taskId": id, "userId": 3 })).await;

    let task = &result["task"];
    assert_eq!(
        (&task["responsibleId"], &task["status"], &task["auditors"]),
        (&json!("3"), &json!("2"), &json!(["2"]))
    );
}

#[tokio::test]
async fn the_action_map_says_what_the_methods_do() {
    let house = House::new().await;
    for status in 2..=6 {
        for verb in VERBS {
            let id = task_in(&house, status, "Y").await;
            let task = house.person(2).result("tasks.task.get", json!({ "taskId": id })).await;
            let promised = task["task"]["action"][verb].as_bool();

            let reply = house.person(2).call(&format!("tasks.task.{verb}"), json!({ "taskId": id })).await;

            assert_eq!(promised, Some(reply.status == 200), "{verb} from {status}");
        }
    }
}
