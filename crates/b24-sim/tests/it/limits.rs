//! Both limits, on a clock that moves only when told.

use std::time::Duration;

use b24_sim::{Bucket, Limits, Operating, OperatingCharge, Settings};
use insta::assert_snapshot;
use serde_json::json;

use crate::house::{House, refusal, settings};

fn bucket(threshold: u32, drain: u32) -> Settings {
    Settings { limits: Limits { bucket: Some(Bucket { threshold, drain }), operating: None }, ..settings() }
}

/// One second of charge a call, blocked after more than `limit` seconds.
fn operating(limit: u64, operating_charge: OperatingCharge) -> Settings {
    let operating = Operating { limit: Duration::from_secs(limit), charge: Duration::from_secs(1) };
    let limits = Limits { bucket: None, operating: Some(operating) };
    Settings { limits, operating_charge, ..settings() }
}

async fn statuses(house: &House, method: &str, calls: usize) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..calls {
        statuses.push(house.call(method, json!({})).await.status);
    }
    statuses
}

#[tokio::test]
async fn the_bucket_overflows_and_drains_by_the_second() {
    let house = House::with(bucket(3, 2)).await;

    let at_once = statuses(&house, "profile", 5).await;
    let words = refusal(&house.call("profile", json!({})).await);
    house.wait(Duration::from_millis(900));
    let too_early = statuses(&house, "profile", 1).await;
    house.wait(Duration::from_millis(100));
    let later = statuses(&house, "profile", 3).await;

    assert_eq!((at_once, too_early, later), (vec![200, 200, 200, 503, 503], vec![503], vec![200, 200, 503]));
    assert_snapshot!(words, @"503 QUERY_LIMIT_EXCEEDED: Too many requests");
}

#[tokio::test]
async fn the_bucket_is_shared_by_all_webhooks_and_both_dialects() {
    let house = House::with(bucket(2, 1)).await;

    let one = house.call("profile", json!({})).await.status;
    let two = house.v3("tasks.task.list", json!({})).await.status;
    let three = house.person(2).call("profile", json!({})).await.status;

    assert_eq!((one, two, three), (200, 200, 503));
}

#[tokio::test]
async fn a_batch_counts_as_one_request() {
    let house = House::with(bucket(2, 1)).await;
    let cmd = vec!["user.admin"; 50];

    house.result("batch", json!({ "cmd": cmd })).await;

    assert_eq!(statuses(&house, "profile", 2).await, [200, 503]);
}

#[tokio::test]
async fn a_method_that_worked_too_long_is_blocked_and_the_others_are_not() {
    let house = House::with(operating(2, OperatingCharge::Inner)).await;

    // The call that exceeds the limit still ends well; the next one is refused.
    let statuses = statuses(&house, "profile", 4).await;
    let words = refusal(&house.call("profile", json!({})).await);
    let other = house.call("server.time", json!({})).await.status;
    let somebody = house.person(2).call("profile", json!({})).await.status;

    assert_eq!((statuses, other, somebody), (vec![200, 200, 200, 429], 200, 200));
    assert_snapshot!(words, @"429 OPERATION_TIME_LIMIT: Method is blocked due to operation time limit.");
}

#[tokio::test]
async fn baskets_fall_out_ten_minutes_after_their_first_call() {
    let house = House::with(operating(1, OperatingCharge::Inner)).await;
    house.call("profile", json!({})).await;
    house.wait(Duration::from_secs(120));
    house.call("profile", json!({})).await;
    let blocked = house.call("profile", json!({})).await.status;

    house.wait(Duration::from_secs(480));
    let reply = house.call("profile", json!({})).await;

    let time = &reply.json()["time"];
    assert_eq!((blocked, reply.status), (429, 200));
    // The older basket is gone, the second one and this call are left.
    assert_eq!((&time["operating"], &time["operating_reset_at"]), (&json!(2), &json!(1_778_749_920)));
}

#[tokio::test]
async fn commands_of_a_batch_pay_for_their_own_methods() {
    let house = House::with(operating(1, OperatingCharge::Inner)).await;

    let result =
        house.result("batch", json!({ "cmd": ["profile", "profile", "profile", "server.time"] })).await;
    let alone = house.call("profile", json!({})).await.status;

    assert_eq!(result["result_error"]["2"]["error"], "OPERATION_TIME_LIMIT");
    assert_eq!((result["result_time"]["1"]["operating"].clone(), alone), (json!(2), 429));
}

#[tokio::test]
async fn a_batch_may_be_made_to_pay_for_its_commands() {
    let house = House::with(operating(1, OperatingCharge::Outer)).await;

    let first = house.call("batch", json!({ "cmd": ["profile", "server.time"] })).await;
    let second = house.call("batch", json!({ "cmd": ["user.admin"] })).await;
    let alone = house.call("profile", json!({})).await.status;

    assert_eq!((first.status, second.status, alone), (200, 429, 200));
}

#[test]
fn limits_are_named_on_the_command_line() {
    assert_eq!("Enterprise".parse(), Ok(Limits::enterprise()));
    let error = "loose".parse::<Limits>().expect_err("unknown");
    assert_snapshot!(error, @"`loose` names no set of limits: use `off`, `standard` or `enterprise`");
}

#[tokio::test]
async fn the_charge_of_a_call_is_told_even_when_nothing_is_limited() {
    let house = House::with(Settings { method_ms: Some(250), ..settings() }).await;
    house.call("profile", json!({})).await;

    let time = house.call("profile", json!({})).await.json()["time"].clone();

    assert_eq!(time["operating"], json!(0.5));
}
