//! Results of tasks: written, made of comments and of chat messages, and demanded before a task is completed.

use b24_sim::Cards;
use b24_sim::Settings;
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal, settings, v3_refusal};

async fn write(house: &House, task: u64, text: &str) -> Value {
    let fields = json!({ "taskId": task, "text": text });
    house.v3("tasks.task.result.add", json!({ "fields": fields })).await.json()["result"]["item"].clone()
}

#[tokio::test]
async fn a_result_is_written_told_changed_and_removed() {
    let house = House::new().await;
    let task = house.task(json!({})).await;

    let item = write(&house, task, "Договор подписан").await;
    let id = item["id"].clone();
    let changed = house
        .v3("tasks.task.result.update", json!({ "id": id, "fields": { "text": "[B]Fertig[/B]" } }))
        .await
        .json();
    let classic = house.result("tasks.task.result.list", json!({ "taskId": task })).await;
    let info = json!({ "filter": { "ID": task }, "params": { "WITH_RESULT_INFO": "Y" } });
    let listed = house.result("tasks.task.list", info).await;
    let gone = house.v3("tasks.task.result.delete", json!({ "id": id })).await.json();
    let left = house.result("tasks.task.result.list", json!({ "taskId": task })).await;

    let date = "2026-05-14T12:00:00+03:00";
    assert_eq!(
        item,
        json!({
            "id": id, "taskId": task, "text": "Договор подписан", "authorId": 1, "createdAt": date,
            "updatedAt": null, "status": "open", "fileIds": [], "rights": { "edit": true, "remove": true },
            "messageId": null,
        })
    );
    assert_eq!(
        (&changed["result"]["item"]["text"], &changed["result"]["item"]["updatedAt"]),
        (&json!("[B]Fertig[/B]"), &json!(date))
    );
    assert_eq!(
        classic,
        json!([{
            "id": id, "taskId": task, "commentId": 0, "createdBy": 1, "createdAt": date, "updatedAt": date,
            "status": 0, "text": "[B]Fertig[/B]", "formattedText": "<b>Fertig</b>", "files": [],
        }])
    );
    assert_eq!(listed["tasks"][0]["taskHasOpenResult"], "Y");
    assert_eq!((&gone["result"], left), (&json!({ "result": true }), json!([])));
}

#[tokio::test]
async fn results_are_listed_by_filter_order_and_page() {
    let house = House::new().await;
    let task = house.task(json!({})).await;
    for text in ["a", "b", "c"] {
        write(&house, task, text).await;
    }
    let texts = |reply: &Value| {
        let rows = reply["result"]["items"].as_array().expect("items").iter();
        rows.map(|row| row["text"].as_str().unwrap_or("-").to_owned()).collect::<String>()
    };
    let ask = async |params: Value| house.v3("tasks.task.result.list", params).await.json();

    let down = ask(json!({ "filter": [["taskId", task]], "order": { "id": "DESC" } })).await;
    let page = ask(json!({ "filter": [["taskId", "=", task], ["status", "open"], ["authorId", "in", [1]]],
        "pagination": { "page": 2, "limit": 2 } }))
    .await;
    let few = ask(
        json!({ "filter": [["taskId", task]], "select": ["id", "status"], "pagination": { "limit": 1 } }),
    );

    assert_eq!((texts(&down), texts(&page)), ("cba".to_owned(), "c".to_owned()));
    assert_eq!(few.await["result"]["items"][0].as_object().map(serde_json::Map::len), Some(2));
}

#[tokio::test]
async fn strict_results_refuse_what_is_wrong() {
    let house = House::new().await;
    let task = house.task(json!({ "AUDITORS": [2] })).await;
    let id = write(&house, task, "mine").await["id"].clone();
    let (watcher, stranger) = (house.person(2), house.person(5));
    let add = |fields: Value| json!({ "fields": fields });
    let list = |filter: Value| json!({ "filter": filter });
    let result = |verb: &str| format!("tasks.task.result.{verb}");

    let lines = [
        house.v3(&result("add"), json!({})).await,
        house.v3(&result("add"), add(json!({ "text": "x" }))).await,
        house.v3(&result("add"), add(json!({ "taskId": task }))).await,
        house.v3(&result("add"), add(json!({ "taskId": task.to_string(), "text": "x" }))).await,
        house.v3(&result("add"), add(json!({ "taskId": -1, "text": "x" }))).await,
        house.v3(&result("add"), add(json!({ "taskId": 100_500, "text": "x" }))).await,
        house.v3(&result("add"), add(json!({ "taskId": task, "text": "x", "fileIds": [1] }))).await,
        house.v3(&result("add"), add(json!({ "taskId": task, "text": "x", "mood": 1 }))).await,
        stranger.v3(&result("add"), add(json!({ "taskId": task, "text": "x" }))).await,
        watcher.v3(&result("update"), json!({ "id": id, "fields": { "text": "x" } })).await,
        watcher.v3(&result("delete"), json!({ "id": id })).await,
        house.v3(&result("delete"), json!({})).await,
        house.v3(&result("delete"), json!({ "id": id.to_string() })).await,
        house.v3(&result("list"), json!({})).await,
        house.v3(&result("list"), list(json!([]))).await,
        house.v3(&result("list"), list(json!([["id", 1]]))).await,
        house.v3(&result("list"), list(json!([["taskId", "x"]]))).await,
        house.v3(&result("list"), list(json!({ "taskId": task }))).await,
        house.v3(&result("list"), list(json!([["taskId", "~", task]]))).await,
        house.v3(&result("list"), list(json!([["taskId", task], ["mood", 1]]))).await,
        house.v3(&result("list"), json!({ "filter": [["taskId", task]], "order": { "id": "up" } })).await,
        house.v3(&result("list"), json!({ "filter": [["taskId", task]], "select": ["mood"] })).await,
        house
            .v3(&result("list"), json!({ "filter": [["taskId", task]], "pagination": { "limit": 0 } }))
            .await,
        stranger.v3(&result("list"), list(json!([["taskId", task]]))).await,
    ];

    assert_snapshot!(lines.iter().map(v3_refusal).collect::<Vec<_>>().join("\n"), @r#"
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      fields: Required field `fields` is not specified
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION: Error during object validation
      taskId: Required field `taskId` is not specified
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION: Error during object validation
      text: Required field `text` is not specified
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      taskId: Field `taskId` requires data type `int` for this request
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      taskId: Task id must be positive
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      taskId: Task not found
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION: Error during object validation
      fileIds: Field `fileIds` is not available for filling
    400 BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION: Unknown field `mood` for entity `ResultDto`
    403 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied
    403 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied
    403 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      id: Required field `id` is not specified
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      id: Field `id` requires data type `int` for this request
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      filter: The field value cannot be empty
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      filter: The field value cannot be empty
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTFILTERVALIDATIONEXCEPTION: A filter for the required field `taskId` must be specified
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      taskId: Field `taskId` requires data type `int` for this request
    400 BITRIX_REST_V3_EXCEPTION_INVALIDFILTEREXCEPTION: Unable to recognize the filter expression `{"taskId":41}`
    400 BITRIX_REST_V3_EXCEPTION_UNKNOWNFILTEROPERATOREXCEPTION: Unknown filter operator `~`
    400 BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION: Unknown field `mood` for entity `ResultDto`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDORDEREXCEPTION: Unable to recognize the sorting expression `{"id":"up"}`
    400 BITRIX_REST_V3_EXCEPTION_UNKNOWNDTOPROPERTYEXCEPTION: Unknown field `mood` for entity `ResultDto`
    400 BITRIX_REST_V3_EXCEPTION_INVALIDPAGINATIONEXCEPTION: Unable to recognize the pagination parameter `{"limit":0}`
    403 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied
    "#);
}

#[tokio::test]
async fn a_forum_comment_becomes_a_result_once() {
    let house = House::with(Settings { cards: Cards::Old, ..settings() }).await;
    let task = house.task(json!({ "AUDITORS": [2] })).await;
    let comment = house.result("task.commentitem.add", json!([task, { "POST_MESSAGE": "fertig" }])).await;
    let watcher = house.person(2);

    let refused = watcher.call("tasks.task.result.addFromComment", json!({ "commentId": comment })).await;
    let added = house.result("tasks.task.result.addFromComment", json!({ "commentId": comment })).await;
    let again = house.call("tasks.task.result.addFromComment", json!({ "commentId": comment })).await;
    let gone = house.result("tasks.task.result.deleteFromComment", json!({ "commentId": comment })).await;
    let left = house.result("tasks.task.result.list", json!({ "taskId": task })).await;
    let lines = [
        refused,
        again,
        house.call("tasks.task.result.addFromComment", json!({ "commentId": 100_500 })).await,
        house.call("tasks.task.result.addFromComment", json!({ "commentId": "x" })).await,
        house.person(5).call("tasks.task.result.list", json!({ "taskId": task })).await,
    ];

    assert_eq!((&added["commentId"], &added["files"]), (&comment, &Value::Null));
    assert_eq!((gone, left), (Value::Null, json!([])));
    assert_snapshot!(lines.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r"
    400 0: Access denied.
    400 0: Result already exists.
    400 0: Comment not found.
    400 100: Invalid value {x} to match with parameter {commentId}. Should be value of type int.
    400 0: Access denied.
    ");
}

#[tokio::test]
async fn a_chat_message_becomes_a_result_and_a_comment_of_the_new_card_does_not() {
    let house = House::with(Settings { cards: Cards::New, ..settings() }).await;
    let task = house.task(json!({})).await;
    let message = house.result("task.commentitem.add", json!([task, { "POST_MESSAGE": "готово" }])).await;

    let item = house
        .v3("tasks.task.result.addfromchatmessage", json!({ "fields": { "messageId": message } }))
        .await
        .json();
    let classic = house.call("tasks.task.result.addFromComment", json!({ "commentId": message })).await;
    let unknown =
        house.v3("tasks.task.result.addfromchatmessage", json!({ "fields": { "messageId": 100_500 } })).await;

    let item = &item["result"]["item"];
    assert_eq!((&item["messageId"], &item["text"]), (&message, &json!("готово")));
    assert_eq!(refusal(&classic), "400 0: Comment not found.");
    assert_snapshot!(v3_refusal(&unknown), @r"
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      messageId: Message is not from task chat
    ");
}

#[tokio::test]
async fn a_task_that_demands_a_result_is_not_completed_without_an_open_one() {
    let house = House::new().await;
    let demand = json!({ "SE_PARAMETER": [{ "CODE": 3, "VALUE": "Y" }] });
    let task = house.task(demand).await;
    let complete = async || house.call("tasks.task.complete", json!({ "taskId": task })).await;

    let early = complete().await;
    let by_update =
        house.call("tasks.task.update", json!({ "taskId": task, "fields": { "STATUS": 5 } })).await;
    let strict =
        house.v3("tasks.task.update", json!({ "id": task, "fields": { "status": "completed" } })).await;
    write(&house, task, "done").await;
    let done = complete().await;
    house.result("tasks.task.renew", json!({ "taskId": task })).await;
    let closed = house.result("tasks.task.result.list", json!({ "taskId": task })).await;
    let again = complete().await;

    assert_eq!((early.status, by_update.status, strict.status), (400, 400, 400));
    assert_eq!(refusal(&early), "400 0: Task result is required");
    assert_eq!((done.status, again.status, &closed[0]["status"]), (200, 400, &json!(1)));
}
