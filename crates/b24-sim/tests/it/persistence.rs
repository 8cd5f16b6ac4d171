//! A portal that is kept in a file.

use std::fs;
use std::path::{Path, PathBuf};

use b24_sim::{Portal, Running, Settings, StartError, WebhookSpec};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, settings};

fn kept(data: &Path) -> Settings {
    Settings { data: Some(data.to_owned()), ..settings() }
}

/// A folder of one's own, and a file in it that does not exist yet.
fn file() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("portal.json");
    (folder, file)
}

/// Why a portal does not start, causes included, without the folder of this test.
async fn refused(data: &Path) -> String {
    let error = Portal::start(kept(data)).await.expect_err("refused");
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text.replace(&data.parent().expect("a folder").display().to_string(), "")
}

#[tokio::test]
async fn records_and_webhooks_outlive_the_process() {
    let (_folder, file) = file();
    let house = House::with(kept(&file)).await;
    let id = house.task(json!({ "TITLE": "Долгая задача", "TAGS": ["a"] })).await;
    let before = (house.portal.task(id), house.portal.users());
    let default = house.portal.expose_webhook_url();
    let other = house.portal.add_webhook(WebhookSpec::of(2)).expect("a webhook");
    house.portal.stop().await;

    let house = House::with(Settings { seed: 99, tasks: 3, ..kept(&file) }).await;
    let again = house.portal.expose_webhook_url();
    let reply = house.through(&other, "profile", json!({})).await;
    let next = house.task(json!({})).await;

    assert_eq!((house.portal.task(id), house.portal.users()), before);
    let path = |url: &str| url.split_once("/rest/").map(|(_, path)| path.to_owned());
    assert_eq!(path(&again), path(&default));
    assert_eq!(reply.json()["result"]["ID"], "2");
    assert_eq!(next, id + 1, "ids are not given twice");
}

#[tokio::test]
async fn the_file_holds_one_secret_in_clear_and_is_for_its_owner_alone() {
    let (_folder, file) = file();
    let portal = Portal::start(kept(&file)).await.expect("a portal");
    portal.add_webhook(WebhookSpec::of(2).secret("second-secret")).expect("a webhook");
    portal.save().await.expect("saved");

    let text = fs::read_to_string(&file).expect("the file");
    let stored: Value = serde_json::from_str(&text).expect("JSON");
    let url = portal.expose_webhook_url();
    let secret = url.trim_end_matches('/').rsplit('/').next().expect("a secret");

    assert_eq!(stored["webhooks"][0]["secret"], secret);
    assert!(!text.contains("second-secret"));
    assert_eq!(stored["webhooks"][1]["sha256"].as_str().map(str::len), Some(64));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&file).expect("the file").permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_webhook_that_was_asked_for_is_the_same_at_every_start() {
    let (_folder, file) = file();
    let settings = || Settings {
        webhooks: vec![WebhookSpec::of(3).scopes(["task"]), WebhookSpec::of(2).secret("told")],
        ..kept(&file)
    };
    let urls = async |portal: Running| {
        let url = portal.expose_webhook_url();
        portal.stop().await;
        url.split_once("/rest/").map(|(_, path)| path.to_owned())
    };

    let first = urls(Portal::start(settings()).await.expect("a portal")).await;
    let second = urls(Portal::start(settings()).await.expect("a portal")).await;

    assert_eq!(first, second);
    let text = fs::read_to_string(&file).expect("the file");
    let stored: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(stored["webhooks"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn a_file_that_cannot_be_used_is_refused_with_the_way_out() {
    let (_folder, file) = file();
    let mut lines = Vec::new();
    for text in [
        "",
        "{\"some\":\"json\"}",
        "{\"format\":\"another\",\"version\":1}",
        "{\"format\":\"b24-sandbox\",\"version\":99,\"world\":{}}",
        "{\"format\":\"b24-sandbox\",\"version\":1,\"webhooks\":[]}",
    ] {
        fs::write(&file, text).expect("written");
        lines.push(refused(&file).await);
        assert_eq!(fs::read_to_string(&file).expect("the file"), text, "it is left alone");
    }
    lines.push(refused(&file.join("not-a-folder")).await.replace("portal.json", ""));

    assert_snapshot!(lines[..5].join("\n"), @r"
    cannot keep the portal in a file: `/portal.json` is no file of the sandbox: name another file, or one that does not exist yet
    cannot keep the portal in a file: `/portal.json` is no file of the sandbox: name another file, or one that does not exist yet
    cannot keep the portal in a file: `/portal.json` is no file of the sandbox: name another file, or one that does not exist yet
    cannot keep the portal in a file: `/portal.json` has format version 99, and this build reads version 1: start it with the build that wrote it, or name a new file
    cannot keep the portal in a file: `/portal.json` cannot be understood: restore it from a copy, or name a new file: missing field `world` at line 1 column 50
    ");
    assert!(lines[5].contains("cannot lock"), "{}", lines[5]);
}

#[tokio::test]
async fn two_sandboxes_never_share_a_file() {
    let (_folder, file) = file();
    let first = Portal::start(kept(&file)).await.expect("a portal");

    let second = Portal::start(kept(&file)).await.expect_err("refused");
    first.stop().await;
    let third = Portal::start(kept(&file)).await;

    assert!(matches!(second, StartError::Data(b24_sim::StoreError::InUse(_))));
    assert!(third.is_ok(), "{third:?}");
}

#[tokio::test]
async fn a_dropped_portal_leaves_a_whole_file() {
    let (_folder, file) = file();
    let house = House::with(kept(&file)).await;
    house.task(json!({})).await;
    house.portal.save().await.expect("saved");
    drop(house);

    let stored: Value = serde_json::from_slice(&fs::read(&file).expect("the file")).expect("JSON");
    assert_eq!(stored["world"]["tasks"].as_object().map(|tasks| tasks.len()), Some(41));
}
