//! A portal that misbehaves: what is repeated, and what is told.

use b24_sim::Fault;
use serde_json::{Value, json};

use crate::house::House;

fn create() -> Value {
    json!({ "title": "Once and only once", "responsibleId": 1 })
}

/// How often the portal ran a creation.
fn created(house: &House) -> usize {
    house
        .portal
        .task_ids()
        .iter()
        .filter(|id| house.portal.task(**id).unwrap().title == "Once and only once")
        .count()
}

#[tokio::test]
async fn whatever_befalls_a_write_it_runs_at_most_once_and_the_answer_says_what_is_known() {
    let faults = [
        ("dropped before", Fault::DropBefore),
        ("dropped after", Fault::DropAfter),
        ("500 before", Fault::Status(500)),
        ("500 after", Fault::StatusAfter(500)),
        ("half an answer", Fault::Half),
        ("a page of HTML", Fault::Html(200)),
        ("a page of HTML with 502", Fault::Html(502)),
        ("turned away once", Fault::QueryLimit),
        ("too long", Fault::Delay(std::time::Duration::from_secs(3))),
    ];
    let mut told = String::new();
    for (name, fault) in faults {
        let house = House::open().await;
        house.portal.faults().once("tasks.task.add", fault);
        let answer = house.call("b24_task_create", create()).await;
        let (exists, said) = (created(&house), answer["created"] == true);
        assert_eq!(exists, usize::from(said), "{name}: the answer says what is true: {answer}");
        let outcome = match answer["code"].as_str() {
            Some(code) => code,
            None if answer["foundLater"] == true => "created, found later",
            None => "created",
        };
        told.push_str(&format!("{name}: {outcome}\n"));
        assert!(!answer.to_string().contains("/rest/"), "{name}: {answer}");
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn a_read_survives_one_fault_of_any_kind() {
    for fault in [
        Fault::DropBefore,
        Fault::DropAfter,
        Fault::Status(500),
        Fault::Half,
        Fault::Html(502),
        Fault::QueryLimit,
    ] {
        let house = House::open().await;
        house.portal.faults().once("tasks.task.list", fault.clone());
        assert_eq!(house.code("b24_task_list", json!({})).await, "ok", "{fault:?}");
    }
}

#[tokio::test]
async fn a_portal_that_is_down_is_told_with_the_next_step_and_without_its_address() {
    let house = House::open().await;
    let House { portal, tenant, policy, .. } = &house;
    let (_, _) = (tenant, policy);
    let address = portal.expose_webhook_url();
    let secret = address.trim_end_matches('/').rsplit('/').next().unwrap().to_owned();
    house.portal.faults().times("profile", Fault::DropBefore, 50);
    house.portal.faults().times("user.current", Fault::DropBefore, 50);
    let answer = house.call("b24_user_me", json!({})).await;
    assert!(!answer.to_string().contains(&secret));
    insta::assert_json_snapshot!(answer);
}

#[tokio::test]
async fn an_unanswered_change_completion_or_deletion_is_looked_up_and_told_as_it_is() {
    let calls = [
        ("tasks.task.update", "b24_task_update", json!({ "title": "Renamed" })),
        ("tasks.task.complete", "b24_task_complete", json!({})),
        ("tasks.task.delete", "b24_task_delete", json!({ "confirmDelete": true })),
    ];
    let faults = [
        ("lost before", Fault::DropBefore),
        ("lost after", Fault::DropAfter),
        ("500 after", Fault::StatusAfter(500)),
    ];
    let mut told = String::new();
    for (method, tool, arguments) in calls {
        for (name, fault) in &faults {
            let house = House::open().await;
            let id = house.task("Lost and found").await;
            house.portal.faults().once(method, fault.clone());
            let mut arguments = arguments.clone();
            arguments["taskId"] = id.into();
            told.push_str(&format!("{tool}, {name}: {}\n", house.code(tool, arguments).await));
        }
    }
    insta::assert_snapshot!(told, @r"
    b24_task_update, lost before: WRITE_LOST
    b24_task_update, lost after: ok
    b24_task_update, 500 after: ok
    b24_task_complete, lost before: WRITE_LOST
    b24_task_complete, lost after: ok
    b24_task_complete, 500 after: ok
    b24_task_delete, lost before: WRITE_LOST
    b24_task_delete, lost after: ok
    b24_task_delete, 500 after: ok
    ");
}

#[tokio::test]
async fn when_even_the_look_is_impossible_the_write_stays_unsettled() {
    let house = House::open().await;
    house.portal.faults().once("tasks.task.add", Fault::DropAfter);
    house.portal.faults().times("tasks.task.list", Fault::DropBefore, 50);
    insta::assert_json_snapshot!(house.call("b24_task_create", create()).await);
    assert_eq!(created(&house), 1);
}

#[tokio::test]
async fn an_older_twin_is_not_taken_for_the_task_that_was_never_made() {
    let house = House::open().await;
    assert_eq!(house.code("b24_task_create", create()).await, "ok");
    house.portal.clock().advance(std::time::Duration::from_secs(120));
    let mut later = house;
    later.now = crate::house::now() + jiff::SignedDuration::from_secs(120);
    later.portal.faults().once("tasks.task.add", Fault::DropBefore);
    let answer = later.call("b24_task_create", create()).await;
    assert_eq!(answer["code"], "WRITE_UNSETTLED", "{answer}");
    assert!(answer["hint"].as_str().unwrap().contains("has that title and is a few minutes old"), "{answer}");
    assert_eq!(created(&later), 1);
}

#[tokio::test]
async fn a_change_that_was_made_but_looks_different_is_told_as_made() {
    let house = House::open().await;
    let id = house.task("Old").await;
    house.portal.faults().once("tasks.task.update", Fault::DropAfter);
    let answer = house.call("b24_task_update", json!({ "taskId": id, "title": "New", "parentId": 0 })).await;
    assert_eq!(answer["changed"]["title"], json!({ "from": "Old", "to": "New" }), "{answer}");
}

#[tokio::test]
async fn an_answer_in_an_unusual_dress_is_read_or_refused_and_never_misread() {
    let mut told = String::new();
    for word in ["gzip", "chunked", "bom", "no-time", "html-description", "odd-result"] {
        let house = House::open().await;
        house.portal.faults().plan(format!("tasks.task.list={word}*20").parse().unwrap());
        let answer = house.call("b24_task_list", json!({ "limit": 1 })).await;
        let outcome = match answer["code"].as_str() {
            Some(code) => format!("{code}: {}", answer["message"].as_str().unwrap()),
            None => format!("{} of {}", answer["returned"], answer["total"]),
        };
        told.push_str(&format!("{word}: {outcome}\n"));
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn an_update_whose_answer_holds_too_little_is_read_back() {
    let house = House::open().await;
    let id = house.task("Thin").await;
    house.portal.faults().once("tasks.task.update", Fault::ThinResult);
    house.traffic();
    let answer =
        house.call("b24_task_update", json!({ "taskId": id, "title": "Full", "priority": "2" })).await;
    assert_eq!(
        answer["changed"],
        json!({ "title": { "from": "Thin", "to": "Full" }, "priority": { "from": "1", "to": "2" } }),
        "{answer}"
    );
    assert_eq!((answer.get("ignored"), answer.get("unverified")), (None, None), "{answer}");
    assert_eq!(house.traffic(), "tasks.task.get\ntasks.task.update\ntasks.task.get");
}

#[tokio::test]
async fn a_completion_that_the_portal_took_without_effect_is_told_as_not_done() {
    let house = House::open().await;
    let id = house.task("Stubborn").await;
    house.portal.faults().once("tasks.task.complete", Fault::NoEffect);
    let answer = house.call("b24_task_complete", json!({ "taskId": id })).await;
    assert_eq!(answer["code"], "ACTION_NOT_ALLOWED", "{answer}");
    assert_eq!(answer["message"], format!("the portal took the call, but task {id} is still pending"));
    assert_eq!(house.portal.task(id).unwrap().status, 2);
}

#[tokio::test]
async fn a_lost_batch_is_looked_up_in_one_request_and_each_row_says_what_is_true() {
    let calls = [
        ("tasks.task.complete", "b24_task_complete", json!({})),
        ("tasks.task.update", "b24_task_rate", json!({ "rating": "positive" })),
        ("tasks.task.delete", "b24_task_delete", json!({ "confirmDelete": true })),
        ("task.checklistitem.complete", "b24_task_checklist_item_complete", json!({})),
        ("task.checklistitem.delete", "b24_task_checklist_item_delete", json!({ "confirmDelete": true })),
    ];
    let mut told = String::new();
    for (method, tool, arguments) in calls {
        for (name, fault) in [("before", Fault::DropBefore), ("after", Fault::DropAfter)] {
            let house = House::open().await;
            let ids = [house.task("A").await, house.task("B").await, house.task("C").await];
            let mut ask = arguments.clone();
            if tool.contains("checklist") {
                let heading = json!({ "taskId": ids[0], "title": "All" });
                let heading = house.call("b24_task_checklist_item_add", heading).await["itemId"].take();
                let mut items = Vec::new();
                for title in ["a", "b", "c"] {
                    let add = json!({ "taskId": ids[0], "title": title, "parentId": heading });
                    items.push(house.call("b24_task_checklist_item_add", add).await["itemId"].take());
                }
                ask["taskId"] = ids[0].into();
                ask["itemId"] = items.into();
            } else {
                ask["taskId"] = ids.to_vec().into();
            }
            house.portal.faults().once(method, fault);
            house.traffic();
            let answer = house.call(tool, ask).await;
            let code = answer["results"][0]["error"].as_str().unwrap_or("ok").split(':').next().unwrap();
            let requests = house.traffic().lines().count();
            told.push_str(&format!(
                "{tool}, lost {name}: {} of 3, {code}, {requests} requests\n",
                answer["ok"]
            ));
        }
    }
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn an_older_item_of_the_same_name_is_not_taken_for_the_one_that_was_lost() {
    let house = House::open().await;
    let task = house.task("Twins").await;
    let add = json!({ "taskId": task, "title": "Call" });
    assert_eq!(house.code("b24_task_checklist_item_add", add.clone()).await, "ok");
    house.portal.faults().once("task.checklistitem.add", Fault::DropBefore);
    assert_eq!(house.code("b24_task_checklist_item_add", add.clone()).await, "WRITE_LOST");
    house.portal.faults().once("task.checklistitem.add", Fault::DropAfter);
    assert_eq!(house.call("b24_task_checklist_item_add", add).await["foundLater"], true);
    assert_eq!(house.portal.task(task).unwrap().checklist.len(), 2);
}
