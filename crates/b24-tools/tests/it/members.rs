//! One more or one less in a set.

use b24_model::{Method, Scope, effect::Write};
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;

use crate::house::House;

static UPLOAD: Method<Write> = Method::classic("disk.storage.uploadfile", Scope::known("disk"));

#[tokio::test]
async fn one_observer_more_loses_nobody_and_is_written_as_a_whole_set() {
    let house = House::open().await;
    let id = house.task("Watched").await;
    house
        .call(
            "b24_task_update",
            json!({ "taskId": id, "auditors": [4, 5], "accomplices": [2], "tags": ["a"] }),
        )
        .await;
    house.traffic();
    let answer = house
        .call("b24_task_update", json!({ "taskId": id, "add": { "auditors": [6, "me"], "tags": ["b"] } }))
        .await;
    let written = house.portal.traffic().pop().unwrap();
    assert_eq!(written.params["fields"], json!({ "AUDITORS": [4, 5, 6, 1], "TAGS": ["a", "b"] }));
    assert_snapshot!(house.traffic(), @r"
    tasks.task.get
    tasks.task.update
    ");
    assert_json_snapshot!(answer, { ".id" => "[id]", ".link" => "[link]" });
    let task = house.portal.task(id).unwrap();
    assert_eq!((task.auditors, task.accomplices), (vec![4, 5, 6, 1], vec![2]));
    assert_eq!(task.tags, ["a", "b"]);
}

#[tokio::test]
async fn one_observer_less_needs_agreement_and_the_others_stay() {
    let house = House::open().await;
    let id = house.task("Watched").await;
    house.call("b24_task_update", json!({ "taskId": id, "auditors": [4, 5], "tags": ["Urgent", "b"] })).await;
    let less = json!({ "taskId": id, "remove": { "auditors": [4], "tags": ["urgent"] } });
    let refusal = house.call("b24_task_update", less.clone()).await;
    assert_eq!(refusal["code"], "CHANGE_NEEDS_CONFIRM");
    assert_snapshot!(refusal["message"].as_str().unwrap().replace(&id.to_string(), "[id]"), @"`b24_task_update` would remove observers 4 of task [id]; tags Urgent of task [id]; nothing was changed");
    assert_eq!(house.portal.task(id).unwrap().auditors, [4, 5]);
    let mut agreed = less;
    agreed["confirmChange"] = json!(true);
    let answer = house.call("b24_task_update", agreed).await;
    assert_eq!(answer["updated"], true, "{answer}");
    let task = house.portal.task(id).unwrap();
    assert_eq!((task.auditors, task.tags), (vec![5], vec!["b".to_owned()]));
}

#[tokio::test]
async fn who_is_there_already_and_who_is_not_are_told_and_nothing_is_written() {
    let house = House::open().await;
    let id = house.task("Watched").await;
    house.call("b24_task_update", json!({ "taskId": id, "auditors": [4], "tags": ["a"] })).await;
    house.traffic();
    let asked = json!({ "taskId": id, "add": { "auditors": [4], "tags": ["A"] }, "remove": { "accomplices": [5], "tags": ["b"] } });
    let answer = house.call("b24_task_update", asked).await;
    assert_snapshot!(house.traffic(), @"tasks.task.get");
    assert_eq!((&answer["updated"], &answer["changed"]), (&json!(false), &json!({})));
    assert_eq!(
        answer["already"],
        json!([
            "co-doer 5 was not there",
            "observer 4 was there",
            "tag \"A\" was there",
            "tag \"b\" was not there"
        ])
    );
}

#[tokio::test]
async fn a_set_is_changed_in_one_way_at_a_time() {
    let house = House::open().await;
    let id = house.task("Watched").await;
    house.traffic();
    let wrong = [
        json!({ "auditors": [4], "add": { "auditors": [5] } }),
        json!({ "fields": { "TAGS": ["a"] }, "remove": { "tags": ["b"] } }),
        json!({ "add": { "auditors": [4] }, "remove": { "auditors": [4] } }),
        json!({ "add": { "tags": ["x"] }, "remove": { "tags": ["X"] } }),
        json!({ "add": {} }),
        json!({ "add": { "tags": [" "] } }),
        json!({ "add": { "files": [1] } }),
        json!({ "add": { "auditors": 4 } }),
    ];
    for mut asked in wrong {
        asked["taskId"] = json!(id);
        assert_eq!(house.code("b24_task_update", asked.clone()).await, "INVALID_INPUT", "{asked}");
    }
    assert_eq!(house.traffic(), "");
    // Another set, or another field, may change in the same call.
    let asked = json!({ "taskId": id, "title": "Renamed", "accomplices": [2], "add": { "auditors": [5] } });
    assert_eq!(house.code("b24_task_update", asked).await, "ok");
    let task = house.portal.task(id).unwrap();
    assert_eq!((task.title.as_str(), task.accomplices, task.auditors), ("Renamed", vec![2], vec![5]));
}

#[tokio::test]
async fn the_files_of_a_task_stay_when_its_people_change() {
    let house = House::open().await;
    let id = house.task("With a file").await;
    let upload =
        json!({ "id": 1, "data": { "NAME": "offer.txt" }, "fileContent": ["offer.txt", "SGVsbG8="] });
    let file = house.rest(&UPLOAD, upload).await["ID"].as_u64().unwrap();
    house
        .call(
            "b24_task_update",
            json!({ "taskId": id, "fields": { "UF_TASK_WEBDAV_FILES": [format!("n{file}")] } }),
        )
        .await;
    let files = async || {
        let select = json!(["UF_TASK_WEBDAV_FILES"]);
        house.call("b24_task_get", json!({ "taskId": id, "select": select })).await["ufTaskWebdavFiles"]
            .clone()
    };
    let before = files().await;
    assert_eq!(before.as_array().map(Vec::len), Some(1), "{before}");
    house.call("b24_task_update", json!({ "taskId": id, "add": { "auditors": [5] } })).await;
    assert_eq!(files().await, before);
    let replaced = json!({ "taskId": id, "fields": { "UF_TASK_WEBDAV_FILES": [format!("n{file}")] } });
    let refusal = house.call("b24_task_update", replaced).await;
    assert_eq!(refusal["code"], "CHANGE_NEEDS_CONFIRM", "{refusal}");
    assert_eq!(files().await, before);
}
