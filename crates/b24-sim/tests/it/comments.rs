//! The legacy classes that bind by position: comments and checklists.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};

const FORM: &str = "application/x-www-form-urlencoded";

#[tokio::test]
async fn order_binds_and_names_do_not() {
    let house = House::new().await;
    let id = house.task(json!({})).await;
    let path = house.hook_path("task.commentitem.add");

    house
        .result("task.commentitem.add", json!({ "ANYTHING": id, "ELSE": { "POST_MESSAGE": "by order" } }))
        .await;
    house.result("task.commentitem.add", json!([id, { "POST_MESSAGE": "by a list" }])).await;
    house.raw("POST", &path, FORM, &format!("0={id}&1[POST_MESSAGE]=by+number")).await;
    house.raw("POST", &path, FORM, &format!("TASKID={id}&FIELDS[POST_MESSAGE]=by+form")).await;
    let swapped =
        house.call("task.commentitem.add", json!({ "FIELDS": { "POST_MESSAGE": "x" }, "TASKID": id })).await;

    let texts: Vec<String> =
        house.portal.task(id).expect("the task").comments.into_iter().map(|comment| comment.text).collect();
    assert_eq!(texts, ["by order", "by a list", "by number", "by form"]);
    assert_snapshot!(refusal(&swapped), @r#"400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #0 (taskId) for method ctaskcommentitem::add() expected to be of type "integer", but given something else.; 256/TE/WRONG_ARGUMENTS<br>"#);
}

#[tokio::test]
async fn one_leading_key_too_many_shifts_everything() {
    let house = House::new().await;
    let id = house.task(json!({})).await;

    let reply = house.call("task.commentitem.getlist", json!({ "order": {}, "TASKID": id })).await;
    let credential = house.call("task.commentitem.getlist", json!({ "auth": "ignored", "TASKID": id })).await;

    assert_eq!(credential.status, 200);
    assert_snapshot!(refusal(&reply), @r#"400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #0 (taskId) for method ctaskcommentitem::getlist() expected to be of type "integer", but given something else.; 256/TE/WRONG_ARGUMENTS<br>"#);
}

#[tokio::test]
async fn arguments_are_refused_by_number() {
    let house = House::new().await;
    let id = house.task(json!({})).await;
    let mut lines = Vec::new();
    for (method, params) in [
        ("task.commentitem.get", json!({})),
        ("task.commentitem.get", json!({ "TASKID": id })),
        ("task.commentitem.add", json!({ "TASKID": id, "FIELDS": { "SUBJECT": "x" } })),
        ("task.commentitem.getlist", json!({ "TASKID": id, "ORDER": { ">=POST_DATE": "x" } })),
        ("task.commentitem.getlist", json!({ "TASKID": id, "ORDER": {}, "FILTER": { "%POST_DATE": "x" } })),
        ("task.checklistitem.add", json!({ "TASKID": id })),
        ("task.checklistitem.getlist", json!({ "TASKID": id, "ORDER": { "IS_COMPLETED": "asc" } })),
        ("task.checklistitem.complete", json!({ "TASKID": 0, "ITEMID": 1 })),
    ] {
        lines.push(refusal(&house.call(method, params).await));
    }
    assert_snapshot!(lines.join("\n"), @r#"
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #0 (taskId) expected by method ctaskcommentitem::get(), but not given.; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #1 (itemId) expected by method ctaskcommentitem::get(), but not given.; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #1 (arFields) for method ctaskcommentitem::add() must not contain key "SUBJECT".; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #1 (arOrder) for method ctaskcommentitem::getlist() must not contain key ">=POST_DATE".; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #2 (arFilter) for method ctaskcommentitem::getlist() must not contain key "%POST_DATE".; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #1 (arFields) expected by method ctaskchecklistitem::add(), but not given.; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#256; Param #1 (arOrder) for method ctaskchecklistitem::getlist() must not contain key "IS_COMPLETED".; 256/TE/WRONG_ARGUMENTS<br>
    400 ERROR_CORE: TASKS_ERROR_ASSERT_EXCEPTION<br>
    "#);
}

#[tokio::test]
async fn comments_are_listed_newest_first_and_filtered() {
    let house = House::new().await;
    let id = house.task(json!({})).await;
    let other = house.task(json!({})).await;
    for (text, author) in [("one", 1), ("two", 2), ("three", 2)] {
        let fields = json!({ "POST_MESSAGE": text, "AUTHOR_ID": author });
        house.result("task.commentitem.add", json!({ "TASKID": id, "FIELDS": fields })).await;
    }
    house
        .result("task.commentitem.add", json!({ "TASKID": other, "FIELDS": { "POST_MESSAGE": "else" } }))
        .await;
    let texts = |rows: &Value| {
        let rows = rows.as_array().expect("rows").iter();
        rows.filter_map(|row| row["POST_MESSAGE"].as_str().map(str::to_owned)).collect::<Vec<_>>().join(" ")
    };

    let all = house.result("task.commentitem.getlist", json!({ "TASKID": id })).await;
    let up = house.result("task.commentitem.getlist", json!([id, { "ID": "asc" }])).await;
    let some =
        house.result("task.commentitem.getlist", json!([id, { "ID": "asc" }, { "!AUTHOR_ID": 1 }])).await;

    assert_eq!([texts(&all), texts(&up), texts(&some)], ["three two one", "one two three", "two three"]);
    assert_snapshot!(serde_json::to_string_pretty(&up[0]).expect("JSON"), @r#"
    {
      "POST_MESSAGE_HTML": null,
      "ID": "18",
      "AUTHOR_ID": "1",
      "AUTHOR_NAME": "Мария Лебедянская",
      "AUTHOR_EMAIL": "",
      "POST_DATE": "2026-05-14T12:00:00+03:00",
      "POST_MESSAGE": "one",
      "ATTACHED_OBJECTS": {}
    }
    "#);
}

#[tokio::test]
async fn comments_are_changed_by_their_author_or_an_administrator() {
    let house = House::new().await;
    let id = house.task(json!({ "RESPONSIBLE_ID": 2, "ACCOMPLICES": [3] })).await;
    let comment =
        house.person(2).result("task.commentitem.add", json!([id, { "POST_MESSAGE": "mine" }])).await;

    let stranger =
        house.person(3).call("task.commentitem.update", json!([id, comment, { "POST_MESSAGE": "x" }])).await;
    let author = house
        .person(2)
        .result("task.commentitem.update", json!([id, comment, { "POST_MESSAGE": "y" }]))
        .await;
    let admin = house.result("task.commentitem.delete", json!([id, comment])).await;
    let gone = house.call("task.commentitem.get", json!([id, comment])).await;

    assert_eq!((author, admin), (json!(true), json!(true)));
    assert_snapshot!(format!("{}\n{}", refusal(&stranger), refusal(&gone)), @r"
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#512; Check listitem not found or not accessible; 512/TE/ITEM_NOT_FOUND_OR_NOT_ACCESSIBLE<br>
    ");
}

#[tokio::test]
async fn a_checklist_is_made_with_the_first_line_and_shown_as_a_tree() {
    let house = House::new().await;
    let id = house.task(json!({})).await;
    let add = async |fields: Value| house.result("task.checklistitem.add", json!([id, fields])).await;

    let line =
        add(json!({ "TITLE": "first", "MEMBERS": { "3": { "TYPE": "A" }, "4": { "TYPE": "U" } } })).await;
    let list = add(json!({ "TITLE": "Abnahme", "PARENT_ID": 0 })).await;
    add(json!({ "TITLE": "below", "PARENT_ID": list, "IS_COMPLETE": "Y" })).await;
    house.result("task.checklistitem.complete", json!([id, line])).await;

    let task = house.portal.task(id).expect("the task");
    let items: Vec<String> = task
        .checklist
        .iter()
        .map(|item| format!("{} under {}: {} {}", item.id, item.parent, item.title, item.complete))
        .collect();
    assert_eq!((task.accomplices, task.auditors), (vec![3], vec![4]));
    assert_snapshot!(items.join("\n"), @r"
    45 under 0: Checklist 1 false
    46 under 45: first true
    47 under 0: Abnahme false
    48 under 47: below true
    ");
    let full = house.result("tasks.task.get", json!({ "taskId": id })).await;
    let tree = &full["task"]["checkListTree"]["descendants"];
    assert_eq!(
        (
            &tree[1]["fields"]["title"],
            &tree[1]["fields"]["completedCount"],
            &tree[1]["descendants"][0]["fields"]["isComplete"]
        ),
        (&json!("Abnahme"), &json!(1), &json!(true))
    );
}

#[tokio::test]
async fn one_line_of_a_checklist_as_a_row() {
    let house = House::new().await;
    let id = house.task(json!({})).await;
    let item =
        house.result("task.checklistitem.add", json!([id, { "TITLE": "x", "IS_IMPORTANT": "Y" }])).await;

    let row = house.result("task.checklistitem.get", json!([id, item])).await;
    let rows = house.result("task.checklistitem.getlist", json!([id, { "ID": "asc" }])).await;

    assert_eq!((&rows[0]["PARENT_ID"], &rows[1]["PARENT_ID"]), (&json!(0), &rows[0]["ID"]));
    let mut row = row;
    for name in ["ID", "TASK_ID", "PARENT_ID"] {
        row[name] = json!("…");
    }
    assert_snapshot!(serde_json::to_string_pretty(&row).expect("JSON"), @r#"
    {
      "ID": "…",
      "TASK_ID": "…",
      "PARENT_ID": "…",
      "CREATED_BY": "1",
      "TITLE": "x",
      "SORT_INDEX": "0",
      "IS_COMPLETE": "N",
      "IS_IMPORTANT": "Y",
      "TOGGLED_BY": null,
      "TOGGLED_DATE": "",
      "MEMBERS": [],
      "ATTACHMENTS": []
    }
    "#);
}

#[tokio::test]
async fn lines_are_changed_ticked_and_removed_by_those_who_work() {
    let house = House::new().await;
    let id = house.task(json!({ "AUDITORS": [2] })).await;
    let list = house.result("task.checklistitem.add", json!([id, { "TITLE": "List", "PARENT_ID": 0 }])).await;
    let line = house.result("task.checklistitem.add", json!([id, { "TITLE": "x", "PARENT_ID": list }])).await;

    let changed = house.result("task.checklistitem.update", json!([id, line, { "TITLE": "y" }])).await;
    let again = [
        house.result("task.checklistitem.complete", json!([id, line])).await,
        house.result("task.checklistitem.complete", json!([id, line])).await,
        house.result("task.checklistitem.renew", json!([id, line])).await,
        house.result("task.checklistitem.complete", json!([id, 100_500])).await,
    ];
    let watcher = house.person(2);
    let refused = [
        refusal(&watcher.call("task.checklistitem.add", json!([id, { "TITLE": "x" }])).await),
        refusal(&watcher.call("task.checklistitem.update", json!([id, line, { "TITLE": "x" }])).await),
        refusal(&watcher.call("task.checklistitem.delete", json!([id, line])).await),
        refusal(&house.call("task.checklistitem.add", json!([id, { "SORT_INDEX": 1 }])).await),
        refusal(&house.call("task.checklistitem.get", json!([line, id])).await),
        refusal(&house.person(5).call("task.checklistitem.getlist", json!([100_500])).await),
    ];
    let removed = house.result("task.checklistitem.delete", json!([id, list])).await;

    assert_eq!((changed, removed), (Value::Null, json!(true)));
    assert_eq!(again, [json!(true), json!(true), json!(true), json!(false)]);
    assert_eq!(house.portal.task(id).expect("the task").checklist, []);
    assert_snapshot!(refused.join("\n"), @r"
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#8; Adding item: action not allowed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#4; No access to edit the task; 4/TE/ACTION_NOT_ALLOWED<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#8; Deleting item: action not allowed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#8; Item name not specified; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#512; Check listitem not found or not accessible; 512/TE/ITEM_NOT_FOUND_OR_NOT_ACCESSIBLE<br>
    400 ERROR_CORE: TASKS_ERROR_EXCEPTION_#8; Action failed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>
    ");
}

#[tokio::test]
async fn a_task_out_of_reach_and_one_that_is_not_there_are_refused_alike() {
    let house = House::new().await;
    let hidden = house.task(json!({})).await;
    let stranger = house.person(5);
    let comment = house.result("task.commentitem.add", json!([hidden, { "POST_MESSAGE": "x" }])).await;
    let item = house.result("task.checklistitem.add", json!([hidden, { "TITLE": "x" }])).await;
    let words = json!({ "POST_MESSAGE": "y" });
    let line = json!({ "TITLE": "y" });
    let mut lines = Vec::new();
    for (method, rest) in [
        ("task.commentitem.add", vec![words.clone()]),
        ("task.commentitem.get", vec![comment.clone()]),
        ("task.commentitem.getlist", vec![]),
        ("task.commentitem.update", vec![comment.clone(), words]),
        ("task.commentitem.delete", vec![comment]),
        ("task.checklistitem.add", vec![line.clone()]),
        ("task.checklistitem.get", vec![item.clone()]),
        ("task.checklistitem.getlist", vec![]),
        ("task.checklistitem.update", vec![item.clone(), line]),
        ("task.checklistitem.complete", vec![item.clone()]),
        ("task.checklistitem.delete", vec![item.clone()]),
        ("task.checklistitem.moveafteritem", vec![item.clone(), item]),
        ("task.elapseditem.add", vec![json!({ "SECONDS": 60, "COMMENT_TEXT": "x" })]),
        ("task.elapseditem.getlist", vec![]),
    ] {
        let ask = |task: u64| Value::Array([vec![json!(task)], rest.clone()].concat());
        let reached = refusal(&stranger.call(method, ask(hidden)).await);
        let missing = refusal(&stranger.call(method, ask(100_500)).await);
        assert_eq!(reached, missing, "{method}");
        lines.push(format!("{method}: {}", reached.trim_start_matches("400 ERROR_CORE: ")));
    }
    let asked = stranger.call("task.commentitem.isactionallowed", json!([hidden, 100_500, 2])).await;

    assert_snapshot!(lines.join("\n"), @r"
    task.commentitem.add: Insufficient permissions to add a comment.<br>
    task.commentitem.get: TASKS_ERROR_EXCEPTION_#512; Check listitem not found or not accessible; 512/TE/ITEM_NOT_FOUND_OR_NOT_ACCESSIBLE<br>
    task.commentitem.getlist: TASKS_ERROR_EXCEPTION_#8; Action failed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>
    task.commentitem.update: TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>
    task.commentitem.delete: TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>
    task.checklistitem.add: TASKS_ERROR_EXCEPTION_#8; Adding item: action not allowed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>
    task.checklistitem.get: TASKS_ERROR_EXCEPTION_#512; Check listitem not found or not accessible; 512/TE/ITEM_NOT_FOUND_OR_NOT_ACCESSIBLE<br>
    task.checklistitem.getlist: TASKS_ERROR_EXCEPTION_#8; Action failed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>
    task.checklistitem.update: TASKS_ERROR_EXCEPTION_#4; No access to edit the task; 4/TE/ACTION_NOT_ALLOWED<br>
    task.checklistitem.complete: TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>
    task.checklistitem.delete: TASKS_ERROR_EXCEPTION_#8; Deleting item: action not allowed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>
    task.checklistitem.moveafteritem: TASKS_ERROR_EXCEPTION_#8; Moving item: action not allowed; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>
    task.elapseditem.add: TASKS_ERROR_EXCEPTION_#1; Task not found or not accessible; 1/TE/TASK_NOT_FOUND_OR_NOT_ACCESSIBLE<br>
    task.elapseditem.getlist: TASKS_ERROR_EXCEPTION_#1; Task not found or not accessible; 1/TE/TASK_NOT_FOUND_OR_NOT_ACCESSIBLE<br>
    ");
    assert_eq!(refusal(&asked), "400 ERROR_CORE: TASKS_ERROR_ASSERT_EXCEPTION<br>");
}

#[tokio::test]
async fn a_task_that_moves_to_the_chat_in_mid_conversation_has_words_in_both_stores() {
    for copied in [false, true] {
        let house = House::new().await;
        let task = house.task(json!({})).await;
        house.result("task.commentitem.add", json!([task, { "POST_MESSAGE": "before" }])).await;

        assert!(house.portal.give_new_card(task, copied) && !house.portal.give_new_card(0, copied));
        house.result("task.commentitem.add", json!([task, { "POST_MESSAGE": "after" }])).await;

        let task = house.portal.task(task).expect("a task");
        let texts =
            |rows: &[b24_sim::CommentFacts]| rows.iter().map(|row| row.text.clone()).collect::<Vec<_>>();
        let chat: &[&str] = if copied { &["before", "after"] } else { &["after"] };
        assert_eq!(
            (texts(&task.comments), texts(&task.messages)),
            (vec!["before".into()], chat.iter().map(ToString::to_string).collect())
        );
    }
}
