//! The verbs of a task's life.

use b24_sim::WebhookSpec;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;

use crate::house::House;

/// What each verb says to a task that has gone through `path` before.
async fn verbs_after(path: &[&str]) -> String {
    let mut told = String::new();
    for verb in ["start", "pause", "complete", "approve", "disapprove", "defer", "renew"] {
        let house = House::open().await;
        let id = house.task("Lived").await;
        for step in path {
            assert_eq!(
                house.code(&format!("b24_task_{step}"), json!({ "taskId": id })).await,
                "ok",
                "{step}"
            );
        }
        let answer = house.call(&format!("b24_task_{verb}"), json!({ "taskId": id })).await;
        let status = house.portal.task(id).unwrap().status;
        let outcome = match answer["code"].as_str() {
            Some(code) => code.to_owned(),
            None if answer["already"] == true => format!("already, {status}"),
            None => format!("{status}"),
        };
        told.push_str(&format!("{verb}: {outcome}\n"));
    }
    told
}

#[tokio::test]
async fn a_pending_task_can_be_started_put_off_and_completed() {
    assert_snapshot!(verbs_after(&[]).await, @r"
    start: 3
    pause: already, 2
    complete: 5
    approve: ACTION_NOT_ALLOWED
    disapprove: ACTION_NOT_ALLOWED
    defer: 6
    renew: already, 2
    ");
}

#[tokio::test]
async fn a_task_in_progress_can_be_paused_and_completed() {
    assert_snapshot!(verbs_after(&["start"]).await, @r"
    start: already, 3
    pause: 2
    complete: 5
    approve: ACTION_NOT_ALLOWED
    disapprove: ACTION_NOT_ALLOWED
    defer: ACTION_NOT_ALLOWED
    renew: ACTION_NOT_ALLOWED
    ");
}

#[tokio::test]
async fn a_completed_task_can_only_be_renewed() {
    assert_snapshot!(verbs_after(&["complete"]).await, @r"
    start: ACTION_NOT_ALLOWED
    pause: ACTION_NOT_ALLOWED
    complete: already, 5
    approve: already, 5
    disapprove: ACTION_NOT_ALLOWED
    defer: ACTION_NOT_ALLOWED
    renew: 2
    ");
}

#[tokio::test]
async fn a_refused_verb_names_the_state_and_the_way_out() {
    let house = House::open().await;
    let id = house.task("Put off").await;
    house.call("b24_task_defer", json!({ "taskId": id })).await;
    let refusal = house.call("b24_task_start", json!({ "taskId": id })).await;
    assert_json_snapshot!(refusal, { ".message" => insta::dynamic_redaction(move |value, _| {
        value.as_str().unwrap().replace(&id.to_string(), "[id]")
    })});
}

#[tokio::test]
async fn work_that_is_checked_goes_to_its_creator_who_accepts_it_or_sends_it_back() {
    let house = House::open().await;
    let create = json!({ "title": "Checked", "responsibleId": 2 });
    let id = house.call("b24_task_create", create).await["id"].as_u64().unwrap();
    let control = json!({ "taskId": id, "fields": { "TASK_CONTROL": "Y", "STATUS": 4 } });
    assert_eq!(house.code("b24_task_update", control).await, "ok");
    assert_eq!(house.code("b24_task_disapprove", json!({ "taskId": id })).await, "ok");
    assert!(matches!(house.portal.task(id).unwrap().status, 2 | 3));
    let again = json!({ "taskId": id, "fields": { "STATUS": 4 } });
    assert_eq!(house.code("b24_task_update", again).await, "ok");
    assert_eq!(house.code("b24_task_approve", json!({ "taskId": [id] })).await, "ok");
    assert_eq!(house.portal.task(id).unwrap().status, 5);
}

#[tokio::test]
async fn a_verb_is_an_action_of_one_tool_and_a_name_of_its_own() {
    let house = House::open().await;
    let id = house.task("Twice named").await;
    let start = json!({ "action": "start", "taskId": id });
    assert_eq!(house.call("b24_task_transition", start).await["started"], true);
    assert_eq!(house.call("bitrix24_start_task", json!({ "taskId": id })).await["already"], true);
    let both = json!({ "action": "complete", "taskId": id });
    assert_eq!(house.code("b24_task_pause", both).await, "INVALID_INPUT");
    assert_eq!(house.portal.task(id).unwrap().status, 3);
}

#[tokio::test]
async fn who_did_the_work_cannot_judge_it_and_the_administrator_can() {
    let mut house = House::open().await;
    let boss = house.portal.users().into_iter().find(|user| user.active && !user.admin).unwrap().id;
    house.act_as(WebhookSpec::of(boss));
    let create = json!({ "title": "Checked", "responsibleId": 3, "auditors": [5] });
    let id = house.call("b24_task_create", create).await["id"].as_u64().unwrap();
    let control = json!({ "taskId": id, "fields": { "TASK_CONTROL": "Y", "STATUS": 4 } });
    assert_eq!(house.code("b24_task_update", control).await, "ok");
    let mut told = String::new();
    // Who does it, who watches it, and who does not see it.
    for person in [3, 5, 7] {
        house.act_as(WebhookSpec::of(person));
        for verb in ["approve", "disapprove"] {
            let refusal = house.call(&format!("b24_task_{verb}"), json!({ "taskId": id })).await;
            let refusal =
                format!("{}: {}", refusal["code"], refusal["message"]).replace(&id.to_string(), "[id]");
            told.push_str(&format!("{person} {verb} {refusal}\n"));
        }
    }
    assert_eq!(house.portal.task(id).unwrap().status, 4);
    assert_snapshot!(told);
    house.act_as(WebhookSpec::of(1));
    assert_eq!(house.code("b24_task_approve", json!({ "taskId": id })).await, "ok");
    assert_eq!(house.portal.task(id).unwrap().status, 5);
}

#[tokio::test]
async fn work_that_is_checked_is_handed_in_by_who_did_it_and_completed_by_its_creator() {
    let mut house = House::open().await;
    let create = json!({ "title": "Checked", "responsibleId": 3 });
    let id = house.call("b24_task_create", create).await["id"].as_u64().unwrap();
    let control = json!({ "taskId": id, "fields": { "TASK_CONTROL": "Y" } });
    assert_eq!(house.code("b24_task_update", control).await, "ok");
    house.act_as(WebhookSpec::of(3));
    let handed_in = house.call("b24_task_complete", json!({ "taskId": id })).await;
    assert_eq!(
        (&handed_in["completed"], &handed_in["statusName"]),
        (&json!(true), &json!("awaiting control"))
    );
    let again = house.call("b24_task_complete", json!({ "taskId": id })).await;
    assert_eq!(again["code"], "ACTION_NOT_ALLOWED", "{again}");
    assert!(again["hint"].as_str().unwrap().contains("(`approve`)"), "{again}");
}
