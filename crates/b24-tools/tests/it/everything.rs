//! A task with everything on it.

use b24_model::{Method, Scope, effect::Write};
use b24_sim::WebhookSpec;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

static TIME: Method<Write> =
    Method::classic("task.elapseditem.add", Scope::TASK).positional(&["TASKID", "ARFIELDS"]);
static RESULT: Method<Write> = Method::classic("tasks.task.result.addFromComment", Scope::TASK);
static UPLOAD: Method<Write> = Method::classic("disk.storage.uploadfile", Scope::DISK);
static ATTACH: Method<Write> = Method::classic("tasks.task.files.attach", Scope::TASK);

/// A task with one of everything.
async fn furnished(house: &House) -> u64 {
    let task = house.task("Open the branch").await;
    let earlier = house.task("Sign the lease").await;
    let later = house.task("Invite the press").await;
    let sub = json!({ "title": "Paint the sign", "responsibleId": 2, "parentId": task });
    assert_eq!(house.code("b24_task_create", sub).await, "ok");
    let item = json!({ "taskId": task, "title": "Keys" });
    assert_eq!(house.code("b24_task_checklist_item_add", item).await, "ok");
    let said = house.call("b24_task_comment_add", json!({ "taskId": task, "text": "Lease is signed" })).await;
    for (from, to) in [(earlier, task), (task, later)] {
        let link = json!({ "taskIdTo": to, "taskIdFrom": from, "linkType": 2 });
        assert_eq!(house.code("b24_task_dependency_add", link).await, "ok");
    }
    house
        .rest(&TIME, json!({ "TASKID": task, "ARFIELDS": { "SECONDS": 1800, "COMMENT_TEXT": "Calls" } }))
        .await;
    house.rest(&RESULT, json!({ "commentId": said["commentId"] })).await;
    let file =
        json!({ "id": 1, "data": { "NAME": "lease.txt" }, "fileContent": ["lease.txt", "U2lnbmVkLg=="] });
    let file = house.rest(&UPLOAD, file).await["ID"].take();
    house.rest(&ATTACH, json!({ "taskId": task, "fileId": file })).await;
    house.portal.clear_traffic();
    task
}

#[tokio::test]
async fn a_task_is_told_with_everything_on_it_in_three_requests_and_without_a_link_that_opens_a_file() {
    let house = House::open().await;
    let task = furnished(&house).await;
    let answer = house.call("b24_task_get", json!({ "taskId": task, "include": ["all"] })).await;
    assert_snapshot!(house.traffic(), @r"
    batch(8: task.checklistitem.getlist, task.commentitem.getlist, task.elapseditem.getlist, tasks.task.get, tasks.task.history.list, tasks.task.list, tasks.task.result.list)
    tasks.task.get
    batch(3: disk.attachedobject.get, im.dialog.messages.get, tasks.task.list)
    ");
    let text = answer.to_string().to_lowercase();
    for sign in ["download", "uf.php", "auth%5b", "auth[", "auth=", "view_url"] {
        assert!(!text.contains(sign), "{sign}: {text}");
    }
    assert_json_snapshot!(answer);
}

#[tokio::test]
async fn a_part_that_cannot_be_read_is_told_with_the_reason_and_hides_nothing() {
    let mut house = House::open().await;
    let task = furnished(&house).await;
    house.act_as(WebhookSpec::of(1).scopes(["task"]));
    let gone = "task.item.getdependson=refuse:ERROR_METHOD_NOT_FOUND*forever";
    house.portal.faults().plan(gone.parse().unwrap());
    let answer = house
        .call(
            "b24_task_get",
            json!({ "taskId": task, "include": ["files", "comments", "dependencies", "files"] }),
        )
        .await;
    assert_eq!(answer["title"], "Open the branch");
    assert_json_snapshot!(json!({
        "files": answer["files"], "comments": answer["comments"].as_array().map(Vec::len),
        "dependencies": answer["dependencies"], "missing": answer["missing"],
    }));
}

#[tokio::test]
async fn a_task_alone_costs_one_request_and_its_custom_fields_come_when_they_are_named() {
    let house = House::open().await;
    let custom: Vec<u64> = house.portal.task_ids().into_iter().filter(|id| id % 4 == 0).collect();
    let asked = json!({ "taskId": custom[0], "select": ["UF_TASK_WEBDAV_FILES", "UF_AUTO_731845920011"] });
    let answer = house.call("b24_task_get", asked.clone()).await;
    assert!(answer["ufAuto731845920011"].is_string(), "{answer}");
    // What custom fields there are is asked once, and remembered.
    assert_snapshot!(house.traffic(), @r"
    task.item.userfield.getlist
    batch(5: task.item.userfield.get)
    tasks.task.get
    ");
    assert_eq!(house.code("b24_task_get", asked).await, "ok");
    assert_snapshot!(house.traffic(), @"tasks.task.get");
    assert!(answer.get("missing").is_none(), "{answer}");
    let parts: Vec<&str> = ["checklist", "comments", "files", "history"]
        .into_iter()
        .filter(|part| answer.get(*part).is_some())
        .collect();
    assert_eq!(parts, Vec::<&str>::new());
    assert_eq!(
        house.code("b24_task_get", json!({ "taskId": 999_999, "include": ["all"] })).await,
        "NOT_FOUND"
    );
    assert_snapshot!(house.traffic(), @"batch(8: task.checklistitem.getlist, task.commentitem.getlist, task.elapseditem.getlist, tasks.task.get, tasks.task.history.list, tasks.task.list, tasks.task.result.list)");
}

#[tokio::test]
async fn a_long_conversation_shows_its_newest_words_and_names_the_tool_for_the_rest() {
    let house = House::open().await;
    let task = house.task("Chatty").await;
    for number in 0..35 {
        let said = json!({ "taskId": task, "text": format!("word {number}") });
        assert_eq!(house.code("b24_task_comment_add", said).await, "ok");
    }
    let answer = house.call("b24_task_get", json!({ "taskId": task, "include": ["comments"] })).await;
    let comments = answer["comments"].as_array().unwrap();
    let ends = [comments.first(), comments.last()].map(|row| row.and_then(|row| row["text"].as_str()));
    assert_eq!((comments.len(), ends), (30, [Some("word 5"), Some("word 34")]));
    let missing: Vec<&Value> = answer["missing"].as_array().unwrap().iter().collect();
    assert_eq!(
        missing,
        [&json!("comments: only the newest 30 are shown; `b24_task_comment_list` has the others")]
    );
}
