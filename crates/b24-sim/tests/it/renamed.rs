//! A portal that was renamed: the old address still answers, with the new one.

use b24_sim::{Portal, Settings, StartError};
use serde_json::json;

use crate::house::{House, settings};
use crate::http::{exchange, header, send, status};

#[tokio::test]
async fn the_old_address_sends_everything_to_the_new_one() {
    let house = House::with(Settings {
        renamed_from: Some("127.0.0.1:0".parse().expect("an address")),
        ..settings()
    })
    .await;
    let old = house.portal.old_url().expect("an old address");
    let to = old.trim_start_matches("http://").parse().expect("an address");
    let path = house.hook_path("tasks.task.add") + "?a=b%20c";
    let body = json!({ "fields": { "TITLE": "moved", "RESPONSIBLE_ID": 1 } }).to_string();

    let kind = "Content-Type: application/json";
    let (head, _) = exchange(to, "POST", &path, kind, body.as_bytes()).await.expect("an answer");
    let location = header(&head, "location").expect("a location").to_owned();

    assert_eq!(
        (status(&head), location.as_str()),
        (302, format!("{}{path}", house.portal.base_url()).as_str())
    );
    assert_eq!(house.portal.traffic(), vec![], "nothing ran");
    assert_eq!(
        house.portal.webhook_under(&old).expose_webhook_url(),
        house.portal.expose_webhook_url().replace(&house.portal.base_url(), &old)
    );
    // A client that repeats its POST there succeeds.
    let again = location.strip_prefix(&house.portal.base_url()).expect("the new address");
    let reply = send(house.portal.address(), "POST", again, "application/json", &body).await;
    assert_eq!(reply.map(|reply| reply.status), Some(200));
    assert_eq!(house.portal.task(41).map(|task| task.title), Some("moved".to_owned()));
}

#[tokio::test]
async fn every_address_must_be_of_this_machine() {
    let open = "0.0.0.0:0".parse().ok();
    for settings in
        [Settings { renamed_from: open, ..settings() }, Settings { tls_listen: open, ..settings() }]
    {
        let error = Portal::start(settings).await.expect_err("refused");
        assert!(matches!(error, StartError::NotLoopback(_)), "{error}");
    }
}
