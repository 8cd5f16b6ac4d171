//! How calls look on the wire, in both languages, and how answers may be wrapped.

use b24_rest::methods;
use serde_json::json;

use crate::scripted::{Server, Step, call, soon, whole};

/// `{"result":"gzip"}`, compressed.
const GZIPPED: &[u8] = &[
    31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 171, 86, 42, 74, 45, 46, 205, 41, 81, 178, 82, 74, 175, 202, 44, 80,
    170, 5, 0, 209, 169, 51, 237, 17, 0, 0, 0,
];

#[tokio::test]
async fn each_language_has_its_own_address_and_both_carry_json() {
    let server = Server::always(Step::json(200, json!({"result": []}))).await;
    let portal = server.portal();
    let calls = [
        call(
            &methods::task::LIST,
            json!({"filter": {">ID": 1, "!STATUS": [5, 6]}, "select": ["ID", "TITLE"]}),
        ),
        call(
            &methods::task::UPDATE,
            json!({"taskId": 1, "fields": {"TAGS": [], "DEADLINE": null, "TITLE": "Жук <b>"}}),
        ),
        call(&methods::task_v3::GET, json!({"id": 1, "select": ["id"]})),
        call(&methods::task_v3::DELETE, json!({"id": 1})),
        call(&methods::comment::ADD, json!({"FIELDS": {"POST_MESSAGE": "да"}, "TASKID": 5})),
        call(&methods::checklist::GETLIST, json!({"TASKID": 5})),
        call(&methods::system::PROFILE, json!({})),
    ];
    for call in calls {
        portal.call(call, soon()).await.expect("answered");
    }
    insta::assert_snapshot!(server.traffic(), @r#"
    /rest/7/***/tasks.task.list.json {"filter":{">ID":1,"!STATUS":[5,6]},"select":["ID","TITLE"]}
    /rest/7/***/tasks.task.update.json {"taskId":1,"fields":{"TAGS":[],"DEADLINE":null,"TITLE":"Жук <b>"}}
    /rest/api/7/***/tasks.task.get {"id":1,"select":["id"]}
    /rest/api/7/***/tasks.task.delete {"id":1}
    /rest/7/***/task.commentitem.add.json {"0":5,"1":{"POST_MESSAGE":"да"}}
    /rest/7/***/task.checklistitem.getlist.json {"0":5}
    /rest/7/***/profile.json {}
    "#);
    assert!(server.seen().iter().all(|seen| seen.head.contains("content-type: application/json\r\n")));
    assert!(server.seen().iter().all(|seen| seen.head.starts_with("post ")));
}

#[tokio::test]
async fn a_compressed_answer_is_read() {
    let server = Server::always(Step::text(200, GZIPPED).with("content-encoding", "gzip")).await;
    let reply =
        server.portal().call(call(&methods::system::SCOPE, json!({})), soon()).await.expect("answered");
    assert_eq!(reply.result, json!("gzip"));
    assert!(server.seen()[0].head.contains("accept-encoding: gzip"));
}

#[tokio::test]
async fn a_call_that_the_portal_would_misread_is_not_sent() {
    let server = Server::always(Step::json(200, json!({"result": 1}))).await;
    let portal = server.portal();
    let key = |key: &str| call(&methods::task_v3::ADD, json!({})).with_idempotency_key(key.to_owned());
    let calls = [
        call(&methods::checklist::COMPLETE, json!({"ITEMID": 2})),
        call(&methods::checklist::COMPLETE, json!({"taskid": 1, "ITEMID": 2})),
        call(&methods::task::GET, json!({"taskId": 1, "Auth": "token"})),
        key(""),
        key("ключ"),
        key(&"k".repeat(256)),
    ];
    let mut refusals = Vec::new();
    for call in calls {
        refusals.push(whole(&portal.call(call, soon()).await.expect_err("misused")));
    }
    assert_eq!(server.seen().len(), 0);
    insta::assert_snapshot!(refusals.join("\n"), @r"
    `task.checklistitem.complete` cannot be called like this: `TASKID` is missing; parameters are read by position: `TASKID`, `ITEMID`
    `task.checklistitem.complete` cannot be called like this: it has no parameter `taskid`; its parameters are `TASKID`, `ITEMID`
    `tasks.task.get` cannot be called like this: `auth` is not a parameter: the client adds the credential
    `tasks.task.add` cannot be called like this: an idempotency key is 1 to 255 printable ASCII characters
    `tasks.task.add` cannot be called like this: an idempotency key is 1 to 255 printable ASCII characters
    `tasks.task.add` cannot be called like this: an idempotency key is 1 to 255 printable ASCII characters
    ");
}

#[tokio::test]
async fn a_refusal_of_rest_3_names_the_fields_and_a_missing_scope_names_the_scope() {
    let validation = json!([{"field": "title", "message": "must not be empty"}]);
    let server = Server::new(move |n, _| match n {
        0 => Step::json(400, json!({"error": {"code": "BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION", "message": "bad input", "validation": validation}})),
        1 => Step::json(403, json!({"error": {"code": "BITRIX_REST_V3_EXCEPTION_INSUFFICIENTSCOPEEXCEPTION", "message": "scope"}})),
        2 => Step::json(403, json!({"error": "insufficient_scope", "error_description": ""})),
        _ => Step::json(401, json!({"error": {"code": "BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION", "message": "who?"}})),
    })
    .await;
    let portal = server.portal();
    let mut refusals = Vec::new();
    for _ in 0..2 {
        refusals
            .push(portal.call(call(&methods::task_v3::ADD, json!({})), soon()).await.expect_err("refused"));
    }
    refusals.push(portal.call(call(&methods::task::ADD, json!({})), soon()).await.expect_err("refused"));
    refusals.push(portal.call(call(&methods::task_v3::ADD, json!({})), soon()).await.expect_err("refused"));
    let told = refusals.iter().map(|error| format!("{} {:?}: {error}", error.code(), error.status()));
    insta::assert_snapshot!(told.collect::<Vec<_>>().join("\n"), @r"
    BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION Some(400): the portal refused `tasks.task.add`: bad input (BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION); title: must not be empty
    insufficient_scope Some(403): `tasks.task.add` needs the scope `tasks`, which this credential does not have
    insufficient_scope Some(403): `tasks.task.add` needs the scope `task`, which this credential does not have
    BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION Some(401): the portal does not accept this credential for `tasks.task.add`: who? (BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION)
    ");
}
