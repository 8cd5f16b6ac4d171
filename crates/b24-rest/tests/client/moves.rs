//! A renamed portal: its redirect is followed by hand, once, and only to a place that may have the credential.

use b24_rest::methods;
use serde_json::json;

use crate::scripted::{SECRET, Server, Step, call, soon, whole};

fn moved(status: u16, host: &str) -> Step {
    Step::text(status, "").with("location", format!("http://{host}/rest/7/{SECRET}/tasks.task.add.json"))
}

#[tokio::test]
async fn the_post_is_repeated_at_the_new_host_which_is_then_remembered() {
    for status in [301, 302, 307, 308] {
        let new = Server::always(Step::json(200, json!({"result": {"task": {"id": "1"}}}))).await;
        let old = Server::always(moved(status, &new.host)).await;
        let portal = old.portal();
        for title in ["first", "second"] {
            let add = call(&methods::task::ADD, json!({"fields": {"TITLE": title}}));
            portal.call(add, soon()).await.expect("the new host answers");
        }
        assert_eq!((old.seen().len(), portal.address()), (1, format!("http://{}", new.host)));
        insta::allow_duplicates! { insta::assert_snapshot!(new.traffic(), @r#"
        /rest/7/***/tasks.task.add.json {"fields":{"TITLE":"first"}}
        /rest/7/***/tasks.task.add.json {"fields":{"TITLE":"second"}}
        "#); }
        assert_eq!(portal.host().as_str(), old.host, "the configured host stays the portal's name");
    }
}

#[tokio::test]
async fn a_redirect_that_could_leak_the_credential_is_not_followed() {
    let target = Server::always(Step::json(200, json!({"result": 1}))).await;
    let here = &target.host;
    let path = format!("/rest/7/{SECRET}/tasks.task.add.json");
    let mut refusals = Vec::new();
    for location in [
        format!("http://{here}/rest/7/another/tasks.task.add.json"),
        format!("http://{here}/login/"),
        format!("http://{here}{path}?auth=x"),
        format!("http://user:pass@{here}{path}"),
        format!("https://{here}{path}"),
        format!("http://evil.example{path}"),
        format!("http://10.0.0.1{path}"),
        path.clone(),
        String::new(),
    ] {
        let old = Server::always(Step::text(302, "").with("location", location)).await;
        let error =
            old.portal().call(call(&methods::task::ADD, json!({})), soon()).await.expect_err("not followed");
        assert_eq!((error.code(), old.seen().len()), ("PORTAL_MOVED", 1));
        refusals.push(whole(&error).replace(here.as_str(), "HOST"));
    }
    assert_eq!(target.seen().len(), 0);
    insta::assert_snapshot!(refusals.join("\n"), @r"
    the portal redirects `tasks.task.add` to `HOST`, which is not followed: it is not the same method of the same webhook
    the portal redirects `tasks.task.add` to `HOST`, which is not followed: it is not the same method of the same webhook
    the portal redirects `tasks.task.add` to `HOST`, which is not followed: it is not the same method of the same webhook
    the portal redirects `tasks.task.add` to `HOST`, which is not followed: it carries a user name or password
    the portal redirects `tasks.task.add` to `HOST`, which is not followed: it changes between https and plain http
    the portal redirects `tasks.task.add` to `evil.example`, which is not followed: it is another kind of host than the portal's
    the portal redirects `tasks.task.add` to `10.0.0.1`, which is not followed: it is another kind of host than the portal's
    the portal redirects `tasks.task.add` to an unreadable address, which is not followed: it is not a full address
    the portal redirects `tasks.task.add` to an unreadable address, which is not followed: it is not a full address
    ");
}

#[tokio::test]
async fn a_chain_of_redirects_is_not_followed_to_its_end() {
    let last = Server::always(Step::json(200, json!({"result": 1}))).await;
    let middle = Server::always(moved(302, &last.host)).await;
    let first = Server::always(moved(302, &middle.host)).await;
    let portal = first.portal();
    let error = portal.call(call(&methods::task::ADD, json!({})), soon()).await.expect_err("not followed");
    assert_eq!(error.code(), "PORTAL_MOVED");
    assert_eq!((first.seen().len(), middle.seen().len(), last.seen().len()), (1, 1, 0));
    assert_eq!(portal.address(), format!("http://{}", first.host), "nothing was remembered");
}

#[tokio::test]
async fn a_new_host_that_does_not_speak_the_protocol_is_not_remembered() {
    let new = Server::always(Step::text(200, "<html>parked domain</html>")).await;
    let old = Server::always(moved(302, &new.host)).await;
    let portal = old.portal();
    let error = portal.call(call(&methods::task::ADD, json!({})), soon()).await.expect_err("no portal there");
    assert_eq!((error.code(), new.seen().len()), ("WRITE_UNSETTLED", 1));
    assert_eq!(portal.address(), format!("http://{}", old.host));
}
