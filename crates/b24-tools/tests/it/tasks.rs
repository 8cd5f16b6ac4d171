//! Tasks: what is told about them, and what becomes of them.

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

#[tokio::test]
async fn a_list_is_compact_counted_and_names_the_next_page() {
    let house = House::open().await;
    let mut answer = house.call("b24_task_list", json!({ "limit": 2, "order": { "id": "asc" } })).await;
    assert_json_snapshot!(answer.take());
}

#[tokio::test]
async fn the_conditions_of_a_list_reach_the_portal_in_its_own_grammar() {
    let house = House::open().await;
    let asked = json!({
        "responsible": "me", "overdue": true, "titleContains": "report", "deadlineFrom": "-30d",
        "filter": { "!groupId": 7, "favorite": true }, "select": ["description"], "order": { "deadline": "asc" },
    });
    assert_eq!(house.code("b24_task_list", asked).await, "ok");
    assert_json_snapshot!(house.portal.traffic()[0].params);
}

#[tokio::test]
async fn overdue_tasks_are_past_their_deadline_and_still_open() {
    let house = House::open().await;
    let answer = house.call("b24_task_list", json!({ "overdue": true })).await;
    let now = crate::house::now();
    let expected: Vec<u64> = {
        let mut tasks: Vec<u64> = house.portal.task_ids();
        tasks.retain(|id| {
            let task = house.portal.task(*id).unwrap();
            task.deadline.is_some_and(|deadline| deadline < now) && matches!(task.status, 2 | 3)
        });
        tasks.reverse();
        tasks
    };
    let told: Vec<u64> =
        answer["tasks"].as_array().unwrap().iter().filter_map(|task| task["id"].as_u64()).collect();
    assert!(!expected.is_empty());
    assert_eq!(told, expected);
}

#[tokio::test]
async fn a_task_is_told_with_what_hangs_on_it_in_two_requests() {
    let house = House::open().await;
    let id = house.task("Prepare the fair").await;
    let sub = json!({ "title": "Book a stand", "responsibleId": 2, "parentId": id, "deadline": "friday" });
    assert_eq!(house.code("b24_task_create", sub).await, "ok");
    house.traffic();
    let asked = json!({ "taskId": id, "include": ["checklist", "comments", "subtasks"] });
    let answer = house.call("b24_task_get", asked).await;
    assert_snapshot!(house.traffic(), @r"
    batch(4: task.checklistitem.getlist, task.commentitem.getlist, tasks.task.get, tasks.task.list)
    im.dialog.messages.get
    ");
    assert_json_snapshot!(answer);
}

#[tokio::test]
async fn a_task_that_is_not_there_is_said_to_be_not_there() {
    let house = House::open().await;
    assert_json_snapshot!(house.call("b24_task_get", json!({ "taskId": 999_999 })).await);
}

#[tokio::test]
async fn a_created_task_is_in_the_portal_as_it_was_asked_for() {
    let house = House::open().await;
    let asked = json!({
        "title": "Отчёт за квартал", "responsibleId": "2", "description": "[b]Срочно[/b]", "deadline": "tomorrow 15:00",
        "priority": "2", "accomplices": [3], "auditors": [4, 5], "tags": ["finance"], "groupId": 0,
    });
    let answer = house.call("b24_task_create", asked).await;
    let id = answer["id"].as_u64().unwrap();
    assert_json_snapshot!(answer, { ".id" => "[id]", ".link" => "[link]" });
    let task = house.portal.task(id).unwrap();
    assert_eq!((task.title.as_str(), task.created_by, task.responsible), ("Отчёт за квартал", 1, 2));
    assert_eq!((task.priority, task.accomplices, task.auditors), (2, vec![3], vec![4, 5]));
    assert_eq!(task.tags, ["finance"]);
    assert_eq!(task.deadline, Some("2026-10-17T15:00:00+03:00".parse().unwrap()));
}

#[tokio::test]
async fn an_update_tells_what_changed_and_what_the_portal_ignored() {
    let house = House::open().await;
    let id = house.task("Draft").await;
    let asked = json!({
        "taskId": id, "title": "Final", "deadline": "monday", "priority": "1", "fields": { "TIME_ESTIMATE": 3600 },
    });
    let answer = house.call("b24_task_update", asked).await;
    assert_json_snapshot!(answer, { ".id" => "[id]", ".link" => "[link]" });
    assert_eq!(house.portal.task(id).unwrap().title, "Final");
}

#[tokio::test]
async fn an_update_that_shrinks_a_set_needs_agreement_and_one_that_grows_it_does_not() {
    let house = House::open().await;
    let id = house.task("Watched").await;
    let watch = |who: Value| json!({ "taskId": id, "auditors": who });
    assert_eq!(house.code("b24_task_update", watch(json!([4, 5]))).await, "ok");
    house.traffic();
    let refusal = house.call("b24_task_update", watch(json!([5, 6]))).await;
    assert_json_snapshot!(refusal, { ".message" => insta::dynamic_redaction(move |value, _| {
        value.as_str().unwrap().replace(&id.to_string(), "[id]")
    })});
    assert_snapshot!(house.traffic(), @"tasks.task.get");
    assert_eq!(house.portal.task(id).unwrap().auditors, [4, 5]);
    let agreed = json!({ "taskId": id, "auditors": [], "confirmChange": true });
    assert_eq!(house.code("b24_task_update", agreed).await, "ok");
    assert!(house.portal.task(id).unwrap().auditors.is_empty());
}

#[tokio::test]
async fn completing_a_task_twice_is_told_and_written_once() {
    let house = House::open().await;
    let id = house.task("Once").await;
    house.traffic();
    let first = house.call("b24_task_complete", json!({ "taskId": id })).await;
    assert_json_snapshot!(first, { ".id" => "[id]", ".link" => "[link]" });
    let second = house.call("b24_task_complete", json!({ "taskId": id })).await;
    assert_eq!(
        (&second["completed"], &second["already"], &second["status"]),
        (&json!(true), &json!(true), &json!(5))
    );
    assert_snapshot!(house.traffic(), @r"
    tasks.task.get
    tasks.task.complete
    tasks.task.get
    ");
}

#[tokio::test]
async fn a_batch_has_one_row_for_each_id_in_order_and_one_failure_hides_nothing() {
    let house = House::open().await;
    let (a, b) = (house.task("A").await, house.task("B").await);
    house.traffic();
    let answer = house.call("b24_task_complete", json!({ "taskId": [b, 999_999, a, b] })).await;
    assert_eq!(
        (&answer["verb"], &answer["total"], &answer["ok"], &answer["failed"]),
        (&json!("completed"), &json!(4), &json!(3), &json!(1))
    );
    let rows = answer["results"].as_array().unwrap();
    let ids: Vec<u64> = rows.iter().filter_map(|row| row["taskId"].as_u64()).collect();
    assert_eq!(ids, [b, 999_999, a, b]);
    assert_eq!(rows[1]["ok"], false);
    assert_snapshot!(rows[1]["error"].as_str().unwrap(), @"NOT_FOUND: task 999999 does not exist, or the acting person may not see it");
    assert_snapshot!(house.traffic(), @r"
    batch(3: tasks.task.get)
    batch(2: tasks.task.complete)
    ");
}

#[tokio::test]
async fn a_batch_over_a_hundred_goes_in_chunks_of_fifty_once_it_is_agreed_to() {
    let house = House::open().await;
    let mut ids = Vec::new();
    for number in 0..101 {
        ids.push(house.task(&format!("Task {number}")).await);
    }
    house.traffic();
    assert_eq!(house.code("b24_task_complete", json!({ "taskId": ids })).await, "BATCH_TOO_LARGE");
    assert_snapshot!(house.traffic(), @"");
    let refusal = house.call("b24_task_complete", json!({ "taskId": ids, "force": true })).await;
    assert_eq!(refusal["code"], "CHANGE_NEEDS_CONFIRM", "{refusal}");
    house.traffic();
    let answer =
        house.call("b24_task_complete", json!({ "taskId": ids, "force": true, "confirmChange": true })).await;
    assert_eq!((&answer["ok"], &answer["failed"]), (&json!(101), &json!(0)));
    assert_snapshot!(house.traffic(), @r"
    batch(50: tasks.task.get)
    batch(50: tasks.task.get)
    tasks.task.get
    batch(50: tasks.task.complete)
    batch(50: tasks.task.complete)
    tasks.task.complete
    ");
    assert!(ids.iter().all(|id| house.portal.task(*id).unwrap().status == 5));
}

#[tokio::test]
async fn nothing_is_deleted_without_agreement_and_the_portal_is_not_even_asked() {
    let house = House::open().await;
    let id = house.task("Precious").await;
    house.traffic();
    for arguments in [json!({ "taskId": id }), json!({ "taskId": [id], "confirmDelete": false })] {
        assert_eq!(house.code("b24_task_delete", arguments).await, "DELETE_NEEDS_CONFIRM");
    }
    assert_eq!(house.traffic(), "");
    assert!(house.portal.task(id).is_some());
    let answer = house.call("b24_task_delete", json!({ "taskId": id, "confirmDelete": true })).await;
    assert_eq!(answer, json!({ "deleted": true, "taskId": id, "title": "Precious" }));
    assert!(house.portal.task(id).is_none());
    assert_eq!(
        house.code("b24_task_delete", json!({ "taskId": id, "confirmDelete": true })).await,
        "NOT_FOUND"
    );
}

#[tokio::test]
async fn text_that_looks_like_a_batch_reference_or_markup_stays_text() {
    let house = House::open().await;
    for title in
        ["$result[a][0][ID]", "<b>x</b> & 'y'; DROP TABLE", "[URL=https://x.example]x[/URL]", "👩‍💻 مهمة"]
    {
        let id = house.task(title).await;
        assert_eq!(house.portal.task(id).unwrap().title, title);
        let told = house.call("b24_task_get", json!({ "taskId": id, "include": ["comments"] })).await;
        assert_eq!(told["title"], title);
    }
}

#[tokio::test]
async fn a_mark_is_given_to_one_task_or_many_and_taken_away_again() {
    let house = House::open().await;
    let (a, b) = (house.task("A").await, house.task("B").await);
    let good = house.call("b24_task_rate", json!({ "taskId": [a, b, 999_999], "rating": "positive" })).await;
    assert_eq!((&good["mark"], &good["ok"], &good["failed"]), (&json!("P"), &json!(2), &json!(1)));
    assert!(good.get("verb").is_none());
    let none = house.call("b24_task_rate", json!({ "taskId": a, "rating": "none" })).await;
    assert_eq!((&none["rated"], &none["mark"], &none["title"]), (&json!(true), &Value::Null, &json!("A")));
    let told = house.call("b24_task_get", json!({ "taskId": b })).await;
    assert_eq!(told["mark"], "P");
}

#[tokio::test]
async fn a_comment_is_posted_as_the_acting_person_or_in_the_name_of_another() {
    let house = House::open().await;
    let id = house.task("Discussed").await;
    let posted =
        house.call("b24_task_comment_add", json!({ "taskId": id, "text": "Готово, [b]проверьте[/b]" })).await;
    assert_eq!((&posted["posted"], &posted["taskId"]), (&json!(true), &json!(id)));
    assert!(posted["commentId"].as_u64().is_some());
    let other = json!({ "taskId": id, "text": "From the field", "authorId": 2 });
    assert_eq!(house.code("b24_task_comment_add", other).await, "ok");
    let last = house.portal.traffic().pop().unwrap();
    assert_eq!((last.method.as_str(), &last.params["1"]["AUTHOR_ID"]), ("task.commentitem.add", &json!(2)));
    assert_eq!(
        house.code("b24_task_comment_add", json!({ "taskId": 999_999, "text": "x" })).await,
        "NOT_FOUND"
    );
    assert_eq!(
        house.code("b24_task_comment_add", json!({ "taskId": id, "text": " " })).await,
        "INVALID_INPUT"
    );
}

#[tokio::test]
async fn fields_and_parts_asked_for_twice_are_told_once_and_keep_their_type() {
    let house = House::open().await;
    let id = house.task("Asked twice").await;
    house.traffic();
    let asked = json!({ "taskId": id, "select": ["ID", "STATUS", "*"], "include": ["comments", "checklist", "comments"] });
    let told = house.call("b24_task_get", asked).await;
    assert_eq!((&told["id"], &told["status"]), (&json!(id), &json!(2)));
    assert_snapshot!(house.traffic(), @r"
    batch(3: task.checklistitem.getlist, task.commentitem.getlist, tasks.task.get)
    im.dialog.messages.get
    ");
}

#[tokio::test]
async fn a_page_that_was_cut_does_not_point_past_the_rows_it_left_out() {
    let house = House::open().await;
    for number in 0..20 {
        house.task(&format!("More {number}")).await;
    }
    let whole = house.call("b24_task_list", json!({})).await;
    assert_eq!((&whole["returned"], &whole["nextStart"]), (&json!(50), &json!(50)));
    let cut = house.call("b24_task_list", json!({ "limit": 2 })).await;
    assert_eq!((&cut["truncatedAt"], &cut["nextStart"]), (&json!(2), &json!(2)));
    let all = house.call("b24_task_list", json!({ "limit": 4 })).await;
    let rest = house.call("b24_task_list", json!({ "limit": 2, "start": 2 })).await;
    assert_eq!(rest["tasks"].as_array().unwrap()[..], all["tasks"].as_array().unwrap()[2..]);
}

#[tokio::test]
async fn several_people_by_name_are_looked_up_together_and_each_once() {
    let house = House::open().await;
    let names: Vec<String> = house.portal.users()[1..3].iter().map(|user| user.email.clone()).collect();
    let watchers = json!([names[0], names[1], names[0], "me"]);
    let create = json!({ "title": "Watched", "responsibleId": 1, "auditors": watchers });
    assert_eq!(house.code("b24_task_create", create).await, "ok");
    assert_snapshot!(house.traffic(), @r"
    batch(2: user.get)
    tasks.task.add
    ");
}
