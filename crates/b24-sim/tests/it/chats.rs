//! The chats of tasks: the second store of comments, who may read it, and how its pages go.

use b24_sim::{Cards, Settings};
use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal, settings, v3_refusal};

async fn new_cards() -> House {
    House::with(Settings { cards: Cards::New, ..settings() }).await
}

/// The chat of a task as a dialog.
async fn dialog(house: &House, task: u64) -> String {
    let row = house.result("tasks.task.get", json!({ "taskId": task, "select": ["CHAT_ID"] })).await;
    format!("chat{}", row["task"]["chatId"])
}

fn texts(result: &Value) -> Vec<String> {
    let rows = result["messages"].as_array().expect("messages").iter();
    rows.map(|row| format!("{}: {}", row["author_id"], row["text"].as_str().expect("text"))).collect()
}

#[tokio::test]
async fn in_the_new_card_a_comment_goes_into_the_chat_and_the_forum_never_sees_it() {
    let house = new_cards().await;
    let task = house.task(json!({ "RESPONSIBLE_ID": 2 })).await;

    let id = house.result("task.commentitem.add", json!([task, { "POST_MESSAGE": "привет" }])).await;
    let listed = house.result("task.commentitem.getlist", json!([task])).await;
    let refused = [
        house.call("task.commentitem.get", json!([task, id])).await,
        house.call("task.commentitem.update", json!([task, id, { "POST_MESSAGE": "x" }])).await,
        house.call("task.commentitem.delete", json!([task, id])).await,
    ];
    let count = house.result("tasks.task.get", json!({ "taskId": task, "select": ["COMMENTS_COUNT"] })).await;
    let dialog = dialog(&house, task).await;
    let chat = house.result("im.dialog.messages.get", json!({ "DIALOG_ID": dialog })).await;

    assert_eq!((listed, &count["task"]["commentsCount"]), (json!([]), &Value::Null));
    assert_eq!(chat["messages"][0]["id"], id);
    assert_snapshot!(texts(&chat).join("\n"), @r"
    1: привет
    0: [USER=1]Мария Лебедянская[/USER] created the task
    ");
    assert_snapshot!(refused.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r"
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#512; Check listitem not found or not accessible; 512/TE/ITEM_NOT_FOUND_OR_NOT_ACCESSIBLE<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>
    ");
}

#[tokio::test]
async fn a_mixed_portal_has_tasks_of_both_cards_and_moved_comments_stand_in_the_chat_alone() {
    let house = House::new().await;
    let tasks: Vec<_> = house.portal.task_ids().into_iter().filter_map(|id| house.portal.task(id)).collect();

    let (new, old): (Vec<_>, Vec<_>) = tasks.iter().partition(|task| task.new_card);

    assert!(!new.is_empty() && !old.is_empty());
    assert!(new.iter().all(|task| task.comments.is_empty() && task.messages[0].author == 0));
    assert!(old.iter().all(|task| task.messages.is_empty()));
    assert!(
        new.iter().any(|task| task.messages.len() > 1) && old.iter().any(|task| !task.comments.is_empty())
    );
}

#[tokio::test]
async fn what_the_portal_says_itself_has_no_author() {
    let house = new_cards().await;
    let task = house.task(json!({})).await;
    house.result("tasks.task.start", json!({ "taskId": task })).await;
    house.result("tasks.task.delegate", json!({ "taskId": task, "userId": 2 })).await;

    let dialog = dialog(&house, task).await;
    let chat = house.result("im.dialog.messages.get", json!({ "DIALOG_ID": dialog })).await;

    assert_snapshot!(texts(&chat).join("\n"), @r"
    0: [USER=1]Мария Лебедянская[/USER] changed the assignee
    0: [USER=1]Мария Лебедянская[/USER] put the task back to the queue
    0: [USER=1]Мария Лебедянская[/USER] started the task
    0: [USER=1]Мария Лебедянская[/USER] created the task
    ");
}

#[tokio::test]
async fn a_message_as_a_row_and_its_author_beside_it() {
    let house = new_cards().await;
    let task = house.task(json!({})).await;
    house.v3("tasks.task.chat.message.send", json!({ "fields": { "taskId": task, "text": "a & b" } })).await;

    let dialog = dialog(&house, task).await;
    let chat = house.result("im.dialog.messages.get", json!({ "DIALOG_ID": dialog, "LIMIT": 1 })).await;

    assert_snapshot!(serde_json::to_string_pretty(&chat).expect("JSON"), @r##"
    {
      "chat_id": 2041,
      "messages": [
        {
          "id": 59,
          "chat_id": 2041,
          "author_id": 1,
          "date": "2026-05-14T12:00:00+03:00",
          "text": "a & b",
          "unread": false,
          "uuid": "eba1b9c1-68f6-4443-a655-03c1dac04753",
          "replaces": [],
          "params": [],
          "disappearing_date": null
        }
      ],
      "users": [
        {
          "id": 1,
          "active": true,
          "name": "Мария Лебедянская",
          "first_name": "Мария",
          "last_name": "Лебедянская",
          "work_position": "Администратор",
          "color": "#df532d",
          "avatar": "",
          "avatar_hr": "",
          "gender": "F",
          "birthday": "",
          "extranet": false,
          "network": false,
          "bot": false,
          "connector": false,
          "external_auth_id": "default",
          "status": "offline",
          "idle": false,
          "last_activity_date": "2026-05-06T12:00:00+03:00",
          "mobile_last_date": false,
          "desktop_last_date": false,
          "absent": false,
          "departments": [
            1
          ],
          "phones": false,
          "bot_data": null,
          "type": "user",
          "website": "",
          "email": "m.lebedyanskaya@rosenfeld.example.com"
        }
      ],
      "files": []
    }
    "##);
}

#[tokio::test]
async fn pages_go_by_the_ids_of_messages() {
    let house = new_cards().await;
    let task = house.task(json!({})).await;
    let dialog = dialog(&house, task).await;
    let mut ids = Vec::new();
    for number in 0..60 {
        let params = json!({ "DIALOG_ID": dialog, "MESSAGE": format!("{number}") });
        ids.push(house.result("im.message.add", params).await.as_u64().expect("an id"));
    }
    let window = async |more: Value| {
        let mut params = json!({ "DIALOG_ID": dialog });
        for (name, value) in more.as_object().expect("parameters") {
            params[name] = value.clone();
        }
        let chat = house.result("im.dialog.messages.get", params).await;
        let rows = chat["messages"].as_array().expect("messages").clone();
        (rows.len(), rows[0]["text"].clone(), rows[rows.len() - 1]["text"].clone())
    };

    let usual = window(json!({})).await;
    let most = window(json!({ "LIMIT": 500 })).await;
    let older = window(json!({ "LAST_ID": ids[40], "LIMIT": 5 })).await;
    let newer = window(json!({ "FIRST_ID": ids[40], "LIMIT": 5 })).await;

    assert_eq!(usual, (20, json!("59"), json!("40")));
    assert_eq!(most, (50, json!("59"), json!("10")));
    assert_eq!(older, (5, json!("39"), json!("35")));
    assert_eq!(newer, (5, json!("45"), json!("41")));
}

#[tokio::test]
async fn the_author_changes_their_words_and_the_owner_of_the_chat_removes_those_of_others() {
    let house = new_cards().await;
    let task = house.task(json!({ "RESPONSIBLE_ID": 2 })).await;
    let dialog = dialog(&house, task).await;
    let helper = house.person(2);
    let theirs = helper.result("im.message.add", json!({ "DIALOG_ID": dialog, "MESSAGE": "one" })).await;
    let mine = house.result("im.message.add", json!({ "DIALOG_ID": dialog, "MESSAGE": "two" })).await;
    let update = |id: &Value, text: &str| json!({ "MESSAGE_ID": id, "MESSAGE": text });

    let edited = helper.result("im.message.update", update(&theirs, "changed")).await;
    let refused = [
        house.call("im.message.update", update(&theirs, "x")).await,
        helper.call("im.message.delete", json!({ "MESSAGE_ID": mine })).await,
        house.person(3).call("im.message.delete", json!({ "MESSAGE_ID": mine })).await,
        house.call("im.message.delete", json!({})).await,
        house.call("im.message.delete", json!({ "MESSAGE_ID": 100_500 })).await,
    ];
    let removed = house.result("im.message.delete", json!({ "MESSAGE_ID": theirs })).await;
    let emptied = house.result("im.message.update", update(&mine, "")).await;
    let chat = house.result("im.dialog.messages.get", json!({ "DIALOG_ID": dialog, "LIMIT": 2 })).await;

    assert_eq!((edited, removed, emptied), (json!(true), json!(true), json!(true)));
    assert_eq!(texts(&chat), ["1: ", "2: "]);
    assert_eq!(chat["messages"][0]["params"], json!({ "IS_DELETED": "Y" }));
    assert_snapshot!(refused.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r"
    403 CANT_EDIT_MESSAGE: Time has expired for modification or you don't have access
    403 CANT_EDIT_MESSAGE: Time has expired for modification or you don't have access
    403 CANT_EDIT_MESSAGE: Time has expired for modification or you don't have access
    400 MESSAGE_ID_ERROR: Message ID can't be empty
    403 CANT_EDIT_MESSAGE: Time has expired for modification or you don't have access
    ");
}

#[tokio::test]
async fn only_those_who_take_part_read_and_write_and_an_administrator_as_such_does_not() {
    let house = new_cards().await;
    let owner = house.person(2);
    let fields = json!({ "TITLE": "ours", "RESPONSIBLE_ID": 3 });
    let added = owner.result("tasks.task.add", json!({ "fields": fields })).await;
    let (task, chat) = (&added["task"]["id"], &added["task"]["chatId"]);
    let dialog = format!("chat{chat}");
    let id: u64 = task.as_str().and_then(|id| id.parse().ok()).expect("an id");

    let lines = [
        house.call("im.dialog.messages.get", json!({ "DIALOG_ID": dialog })).await,
        house.call("im.dialog.get", json!({ "DIALOG_ID": dialog })).await,
        house.call("im.message.add", json!({ "DIALOG_ID": dialog, "MESSAGE": "x" })).await,
        house.call("im.chat.user.list", json!({ "CHAT_ID": chat })).await,
        owner.call("im.dialog.messages.get", json!({ "DIALOG_ID": "chat1" })).await,
        owner.call("im.dialog.messages.get", json!({})).await,
        owner.call("im.dialog.messages.get", json!({ "DIALOG_ID": "somewhere" })).await,
        owner.call("im.dialog.messages.get", json!({ "DIALOG_ID": dialog, "LAST_ID": "x" })).await,
        owner.call("im.dialog.messages.get", json!({ "DIALOG_ID": dialog, "FIRST_ID": "x" })).await,
        owner.call("im.message.add", json!({ "DIALOG_ID": dialog, "MESSAGE": " " })).await,
    ];
    let strict = [
        // Whoever may read the task may write into its chat by this door, so the administrator may.
        house
            .v3("tasks.task.chat.message.send", json!({ "fields": { "taskId": id, "text": "x" } }))
            .await
            .status,
        house
            .person(5)
            .v3("tasks.task.chat.message.send", json!({ "fields": { "taskId": id, "text": "x" } }))
            .await
            .status,
    ];
    let members = owner.result("im.chat.user.list", json!({ "CHAT_ID": chat })).await;

    assert_eq!((strict, members), ([200, 403], json!([2, 3])));
    assert_snapshot!(lines.iter().map(refusal).collect::<Vec<_>>().join("\n"), @r"
    403 ACCESS_ERROR: You do not have access to the specified dialog
    403 ACCESS_ERROR: You do not have access to the specified dialog
    400 ACCESS_ERROR: Action unavailable
    403 ACCESS_ERROR: You do not have access to the specified dialog
    403 ACCESS_ERROR: You do not have access to the specified dialog
    400 DIALOG_ID_EMPTY: Dialog ID can't be empty
    400 DIALOG_ID_EMPTY: Dialog ID can't be empty
    400 LAST_ID_STRING: Last ID can't be string
    400 FIRST_ID_STRING: First ID can't be string
    400 MESSAGE_EMPTY: Message can't be empty
    ");
}

#[tokio::test]
async fn a_strict_message_needs_a_task_and_words() {
    let house = new_cards().await;
    let task = house.task(json!({})).await;
    let send = async |params: Value| v3_refusal(&house.v3("tasks.task.chat.message.send", params).await);

    let lines = [
        send(json!({})).await,
        send(json!({ "fields": { "text": "x" } })).await,
        send(json!({ "fields": { "taskId": task } })).await,
        send(json!({ "fields": { "taskId": task.to_string(), "text": "x" } })).await,
        send(json!({ "fields": { "taskId": 100_500, "text": "x" } })).await,
    ];

    assert_snapshot!(lines.join("\n"), @r#"
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      fields: Required field `fields` is not specified
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION: Error during object validation
      taskId: The required field "taskId" is not filled
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_DTOVALIDATIONEXCEPTION: Error during object validation
      text: The required field "text" is not filled
    400 BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION: Error during request object validation
      taskId: Field `taskId` requires data type `int` for this request
    403 BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION: Access denied
    "#);
}

#[tokio::test]
async fn a_chat_is_found_by_its_task_and_says_so() {
    let house = new_cards().await;
    let task = house.task(json!({ "RESPONSIBLE_ID": 2 })).await;
    let dialog = dialog(&house, task).await;
    let find = async |kind: &str, id: Value| {
        house.result("im.chat.get", json!({ "ENTITY_TYPE": kind, "ENTITY_ID": id })).await
    };

    let found = find("TASKS_TASK", json!(task.to_string())).await;
    let old = find("TASKS", json!(task)).await;
    let none = find("TASKS_TASK", json!(100_500)).await;
    let told = house.result("im.dialog.get", json!({ "DIALOG_ID": dialog })).await;
    let strict = json!({ "id": task, "select": ["id", "chat.id", "chat.entityId", "chat.entityType"] });
    let strict = house.v3("tasks.task.get", strict).await.json();

    assert_eq!((format!("chat{}", found["ID"]), old, none), (dialog.clone(), Value::Null, Value::Null));
    assert_eq!(
        ["dialog_id", "entity_type", "entity_id", "owner", "user_counter", "message_count", "role"]
            .map(|name| told[name].clone()),
        [
            json!(dialog),
            json!("TASKS_TASK"),
            json!(task.to_string()),
            json!(1),
            json!(2),
            json!(1),
            json!("owner")
        ]
    );
    assert_eq!(
        strict["result"]["item"]["chat"],
        json!({ "id": found["ID"], "entityId": task, "entityType": "TASKS_TASK" })
    );
}
