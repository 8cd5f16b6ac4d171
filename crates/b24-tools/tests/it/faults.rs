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
        assert!(created(&house) <= 1, "{name}");
        let outcome = if answer["created"] == true {
            "created"
        } else {
            answer["code"].as_str().unwrap()
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
    let House {
        portal,
        tenant,
        policy,
        ..
    } = &house;
    let (_, _) = (tenant, policy);
    let address = portal.expose_webhook_url();
    let secret = address
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap()
        .to_owned();
    house.portal.faults().times("profile", Fault::DropBefore, 50);
    house.portal.faults().times("user.current", Fault::DropBefore, 50);
    let answer = house.call("b24_user_me", json!({})).await;
    assert!(!answer.to_string().contains(&secret));
    insta::assert_json_snapshot!(answer);
}
