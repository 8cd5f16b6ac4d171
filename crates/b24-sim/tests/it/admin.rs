//! The admin route: for tests written in other languages.

use b24_sim::{Clock, Settings};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, settings};
use crate::http::{exchange_over, send_with, status};

async fn ask(house: &House, verb: &str, path: &str, body: &str) -> (u16, Value) {
    let token = format!("X-Sandbox-Token: {}", house.portal.expose_admin_token());
    let path = format!("/__sandbox/{path}");
    let (reply, _) = send_with(house.portal.address(), verb, &path, &token, body).await.expect("an answer");
    (reply.status, reply.json())
}

#[tokio::test]
async fn it_opens_to_the_token_of_this_start_alone() {
    let house = House::new().await;
    let mut statuses = Vec::new();
    for header in ["", "X-Sandbox-Token:", "X-Sandbox-Token: wrong", "Authorization: Bearer wrong"] {
        let reply = send_with(house.portal.address(), "GET", "/__sandbox/state", header, "").await;
        statuses.push(reply.map(|(reply, _)| reply.status));
    }
    let printed = format!("{:?}", house.portal);

    assert_eq!(statuses, [Some(401); 4]);
    assert_eq!(ask(&house, "GET", "state", "").await.0, 200);
    assert!(!printed.contains(house.portal.expose_admin_token()));
}

#[tokio::test]
async fn faults_are_planned_told_and_forgotten() {
    let house = House::new().await;

    let planned = ask(&house, "POST", "faults", "profile=status:500*2\n\n any=gzip\n").await;
    let bad = ask(&house, "POST", "faults", "profile=half\nprofile=explode").await;
    let empty = ask(&house, "POST", "faults", " \n").await;
    let hit = house.call("profile", json!({})).await.status;
    let left = ask(&house, "GET", "faults", "").await;
    let cleared = ask(&house, "DELETE", "faults", "").await;
    let well = house.call("profile", json!({})).await.status;

    assert_eq!(planned, (200, json!({ "planned": ["profile=status:500*2", "any=gzip"] })));
    assert_eq!((bad.0, empty.0), (400, 400));
    assert_snapshot!(bad.1["error"].as_str().expect("words"), @"`explode` is no fault: use drop-before, drop-after, delay:MILLISECONDS, status:CODE, status-after:CODE, half, html:CODE, 429, query-limit, gzip, chunked, bom, no-time, html-description, odd-result, thin-result, map-result, no-effect or refuse:CODE");
    assert_eq!(left, (200, json!({ "planned": ["profile=status:500", "any=gzip"] })));
    assert_eq!((hit, well, cleared), (500, 200, (200, json!({ "planned": [] }))));
}

#[tokio::test]
async fn traffic_is_told_without_secrets_and_without_the_route_itself() {
    let house = House::new().await;
    house.call("user.get", json!({ "FILTER": { "ID": 1 } })).await;
    house.call("batch", json!({ "cmd": { "a": "user.admin" } })).await;

    let (_, told) = ask(&house, "GET", "traffic", "").await;
    let (_, cleared) = ask(&house, "DELETE", "traffic", "").await;

    assert_eq!(
        told["traffic"],
        json!([
            {
                "method": "user.get", "v3": false, "user": 1, "params": { "FILTER": { "ID": 1 } }, "commands": [],
                "status": 200, "ran": true,
            },
            {
                "method": "batch", "v3": false, "user": 1, "params": [], "status": 200, "ran": true,
                "commands": [{ "key": "a", "method": "user.admin", "params": [], "ran": true, "error": null }],
            },
        ])
    );
    assert_eq!((cleared, house.portal.traffic()), (json!({ "traffic": [] }), vec![]));
}

#[tokio::test]
async fn the_clock_is_set_forward_told_or_real() {
    let house = House::new().await;
    let told = ask(&house, "POST", "clock", "{\"advance_s\": 600}").await;
    let real = House::with(Settings { clock: Clock::real(), ..settings() }).await;
    let before = real.portal.clock().now();
    ask(&real, "POST", "clock", "{\"advance_s\": 86400}").await;
    let ahead = real.portal.clock().now().duration_since(before).as_secs();
    let mut bad = Vec::new();
    for body in ["", "{}", "{\"advance_s\": -1}", "{\"advance_s\": \"60\"}", "{\"advance_s\": 99999999999}"] {
        bad.push(ask(&house, "POST", "clock", body).await.0);
    }

    assert_eq!(told, (200, json!({ "now": "2026-05-14T12:10:00+03:00" })));
    assert!(ahead >= 86_400, "{ahead}");
    assert_eq!(bad, [400; 5]);
}

#[tokio::test]
async fn the_state_tells_how_many_records_there_are_and_their_ids() {
    let house = House::new().await;
    house.task(json!({})).await;

    let (_, state) = ask(&house, "GET", "state", "").await;

    assert_eq!(
        (&state["counts"]["tasks"], &state["counts"]["users"], &state["ids"]["tasks"][40]),
        (&json!(41), &json!(12), &json!(41))
    );
    assert_eq!(
        (&state["now"], &state["language"], &state["webhooks"]),
        (&json!("2026-05-14T12:00:00+03:00"), &json!("en"), &json!(1))
    );
}

#[tokio::test]
async fn other_verbs_and_paths_are_answered_with_those_there_are() {
    let house = House::new().await;

    let verb = ask(&house, "PUT", "clock", "").await;
    let path = ask(&house, "GET", "secrets", "").await;

    assert_eq!((verb.0, path.0), (405, 404));
    assert_snapshot!(path.1["error"].as_str().expect("words"), @"there is /__sandbox/faults, /__sandbox/traffic, /__sandbox/clock and /__sandbox/state");
}

#[tokio::test]
async fn a_name_that_merely_points_here_is_turned_away() {
    let house = House::new().await;
    let mut statuses = Vec::new();
    for host in
        ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost:80", "127.0.0.1", "[::1]:80"]
    {
        let stream = tokio::net::TcpStream::connect(house.portal.address()).await.expect("it listens");
        let (head, _) = exchange_over(stream, host, "GET", "/", "", b"").await.expect("an answer");
        statuses.push(status(&head));
    }

    assert_eq!(statuses, [421, 421, 421, 200, 200, 200]);
}
