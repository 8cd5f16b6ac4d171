//! What is done to tasks besides the verbs of their life: delegating, watching, marking.

use b24_sim::WebhookSpec;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;

use crate::house::House;

#[tokio::test]
async fn a_task_is_delegated_to_a_person_by_name_and_the_answer_tells_who_had_it() {
    let house = House::open().await;
    let id = house.task("Call the supplier").await;
    let someone = house.portal.users().into_iter().find(|user| user.id == 3).unwrap();
    house.traffic();
    let who = format!("{} {}", someone.name, someone.last_name);
    let answer = house.call("b24_task_delegate", json!({ "taskId": id, "responsibleId": who })).await;
    assert_json_snapshot!(answer, { ".id" => "[id]", ".link" => "[link]" });
    assert_eq!(house.portal.task(id).unwrap().responsible, 3);
    assert_snapshot!(house.traffic(), @r"
    user.search
    tasks.task.get
    tasks.task.delegate
    ");
}

#[tokio::test]
async fn a_batch_is_delegated_with_a_row_for_each_and_what_is_so_already_is_left_alone() {
    let house = House::open().await;
    let (a, b, done) = (house.task("A").await, house.task("B").await, house.task("Done").await);
    house.call("b24_task_delegate", json!({ "taskId": b, "responsibleId": 2 })).await;
    house.call("b24_task_complete", json!({ "taskId": done })).await;
    house.traffic();
    let ids = [a, b, 999_999, done, a];
    let answer = house.call("b24_task_delegate", json!({ "taskId": ids, "responsibleId": 2 })).await;
    let text = answer.to_string().replace(&done.to_string(), "[done]");
    let text = text.replace(&a.to_string(), "[a]").replace(&b.to_string(), "[b]").replace("},{", "},\n{");
    assert_snapshot!(text);
    assert_snapshot!(house.traffic(), @r"
    batch(4: tasks.task.get)
    batch(2: tasks.task.delegate)
    ");
}

#[tokio::test]
async fn who_may_not_delegate_is_told_the_state_and_the_way_out() {
    let mut house = House::open().await;
    let id = house.task("Mine").await;
    house.call("b24_task_update", json!({ "taskId": id, "auditors": [5] })).await;
    house.act_as(WebhookSpec::of(5));
    let refusal = house.call("b24_task_delegate", json!({ "taskId": id, "responsibleId": 2 })).await;
    assert_json_snapshot!(refusal, { ".message" => insta::dynamic_redaction(move |value, _| {
        value.as_str().unwrap().replace(&id.to_string(), "[id]")
    })});
    assert_eq!(house.portal.task(id).unwrap().responsible, 1);
}

#[tokio::test]
async fn watching_twice_is_told_and_written_once_and_so_is_unwatching() {
    let house = House::open().await;
    let id = house.task("Watched").await;
    house.call("b24_task_update", json!({ "taskId": id, "auditors": [4] })).await;
    house.traffic();
    let mut told = Vec::new();
    for watch in [None, Some(true), Some(false), Some(false)] {
        let answer = house.call("b24_task_watch", json!({ "taskId": id, "watch": watch })).await;
        let auditors = house.portal.task(id).unwrap().auditors;
        told.push(format!("{} {} {auditors:?}", answer["watching"], answer["already"]));
    }
    assert_eq!(told, ["true null [4, 1]", "true true [4, 1]", "false null [4]", "false true [4]"]);
    assert_snapshot!(house.traffic(), @r"
    tasks.task.get
    tasks.task.startwatch
    tasks.task.get
    tasks.task.get
    tasks.task.stopwatch
    tasks.task.get
    ");
}

#[tokio::test]
async fn favourites_are_one_persons_own_and_are_found_again() {
    let mut house = House::open().await;
    let (a, b) = (house.task("A").await, house.task("B").await);
    let marked = house.call("b24_task_favorite", json!({ "taskId": [b, a, 999_999] })).await;
    assert_eq!((&marked["ok"], &marked["failed"], &marked["verb"]), (&json!(2), &json!(1), &json!("marked")));
    let again = house.call("b24_task_favorite", json!({ "taskId": a })).await;
    assert_eq!((&again["favorite"], &again["already"]), (&json!(true), &json!(true)));
    let off = house.call("b24_task_favorite", json!({ "taskId": a, "favorite": false })).await;
    assert_eq!((&off["favorite"], &off["already"]), (&json!(false), &json!(null)));
    let ids = json!({ "filter": { "favorite": true, "ID": [a, b] } });
    let mine = house.call("b24_task_list", ids.clone()).await;
    assert_eq!((mine["tasks"].as_array().unwrap().len(), &mine["tasks"][0]["id"]), (1, &json!(b)));
    house.act_as(WebhookSpec::of(2));
    assert_eq!(house.call("b24_task_list", ids).await["returned"], 0);
}

#[tokio::test]
async fn an_unanswered_delegation_is_looked_up_and_never_repeated() {
    let house = House::open().await;
    let ran = house.task("Ran").await;
    house.portal.faults().once("tasks.task.delegate", b24_sim::Fault::DropAfter);
    house.traffic();
    let answer = house.call("b24_task_delegate", json!({ "taskId": ran, "responsibleId": 2 })).await;
    assert_eq!((&answer["delegated"], &answer["responsibleId"]), (&json!(true), &json!(2)), "{answer}");
    assert_snapshot!(house.traffic(), @r"
    tasks.task.get
    tasks.task.delegate
    tasks.task.get
    ");
    let lost = house.task("Lost").await;
    house.portal.faults().once("tasks.task.delegate", b24_sim::Fault::DropBefore);
    let refusal = house.call("b24_task_delegate", json!({ "taskId": lost, "responsibleId": 2 })).await;
    assert_eq!(refusal["code"], "WRITE_LOST", "{refusal}");
    assert_eq!(house.portal.task(lost).unwrap().responsible, 1);
}

#[tokio::test]
async fn more_than_ten_tasks_ask_first() {
    let house = House::open().await;
    let mut ids = Vec::new();
    for number in 0..11 {
        ids.push(house.task(&format!("Task {number}")).await);
    }
    for (tool, asked) in [
        ("b24_task_watch", json!({ "taskId": ids })),
        ("b24_task_favorite", json!({ "taskId": ids })),
        ("b24_task_delegate", json!({ "taskId": ids, "responsibleId": 2 })),
    ] {
        assert_eq!(house.code(tool, asked.clone()).await, "CHANGE_NEEDS_CONFIRM", "{tool}");
        let mut agreed = asked;
        agreed["confirmChange"] = json!(true);
        assert_eq!(house.call(tool, agreed).await["ok"], 11, "{tool}");
    }
}
