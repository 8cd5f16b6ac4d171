//! What was said under a task: in the forum, in its chat, or in both.

use b24_model::{Method, Scope, effect::Write};
use b24_sim::{Cards, Fault, Settings, WebhookSpec};
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

/// Says something in a chat, as a person does.
static SAY: Method<Write> = Method::classic("im.message.add", Scope::IM);

async fn with_cards(cards: Cards) -> House {
    House::built(Settings { cards, ..Settings::default() }).await
}

async fn comment(house: &House, task: u64, text: &str) -> u64 {
    let answer = house.call("b24_task_comment_add", json!({ "taskId": task, "text": text })).await;
    answer["commentId"].as_u64().unwrap_or_else(|| panic!("{answer}"))
}

async fn list(house: &House, task: u64, more: Value) -> Value {
    let mut ask = json!({ "taskId": task });
    ask.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    house.call("b24_task_comment_list", ask).await
}

fn texts(answer: &Value) -> Vec<&str> {
    answer["comments"].as_array().unwrap().iter().map(|row| row["text"].as_str().unwrap()).collect()
}

/// A task of persons 1 and 2 with `count` numbered messages in its chat.
async fn talked(house: &House, count: usize) -> u64 {
    let task = house.task("Talked about").await;
    let dialog = format!("chat{}", 2000 + task);
    let say = |number| json!({ "DIALOG_ID": dialog, "MESSAGE": format!("word {number}") });
    for chunk in (1..=count).collect::<Vec<_>>().chunks(50) {
        let calls =
            chunk.iter().map(|number| b24_rest::Call::new(&SAY, say(*number).as_object().unwrap().clone()));
        let deadline = b24_rest::Deadline::after(std::time::Duration::from_secs(10));
        let replies = house.tenant.portal.batch(calls.collect(), deadline).await;
        assert!(replies.iter().all(Result::is_ok));
    }
    house.portal.clear_traffic();
    task
}

#[tokio::test]
async fn a_card_that_moved_to_the_chat_in_mid_conversation_is_one_thread() {
    let mut house = House::open().await;
    let task = house.call("b24_task_create", json!({ "title": "Fair", "responsibleId": 2 })).await["id"]
        .as_u64()
        .unwrap();
    comment(&house, task, "Book a [b]stand[/b], [USER=2]Anna[/USER]").await;
    house.portal.give_new_card(task, false);
    house.act_as(WebhookSpec::of(2));
    house.portal.clock().advance(std::time::Duration::from_secs(60));
    comment(&house, task, "Забронировано").await;
    house.call("b24_task_start", json!({ "taskId": task })).await;
    house.traffic();
    let told = list(&house, task, json!({})).await;
    assert_snapshot!(house.traffic(), @r"
    batch(2: task.commentitem.getlist, tasks.task.get)
    im.dialog.messages.get
    im.dialog.messages.get
    ");
    assert_json_snapshot!("both_stores", told);
    let system = list(&house, task, json!({ "includeSystem": true, "order": "desc", "limit": 1 })).await;
    assert_json_snapshot!("portal_line", system["comments"]);
    assert_eq!(
        (&system["systemHidden"], &system["matched"], &system["total"]),
        (&json!(0), &json!(3), &json!(3))
    );
}

#[tokio::test]
async fn half_a_thread_never_looks_like_a_whole_one() {
    let mut house = with_cards(Cards::New).await;
    let task = house.task("In the chat").await;
    comment(&house, task, "Only the chat knows").await;
    house.act_as(WebhookSpec::of(1).scopes(["task"]));
    let no_scope = list(&house, task, json!({})).await;
    assert_eq!(texts(&no_scope), Vec::<&str>::new());
    assert_json_snapshot!("no_scope", no_scope["missing"]);

    // An administrator who is not on the task sees it, and is in no chat of it.
    house.act_as(WebhookSpec::of(2));
    let foreign =
        house.call("b24_task_create", json!({ "title": "Foreign", "responsibleId": 2 })).await["id"]
            .as_u64()
            .unwrap();
    comment(&house, foreign, "Between us").await;
    house.act_as(WebhookSpec::of(1));
    let outside = list(&house, foreign, json!({})).await;
    assert_json_snapshot!("no_participant", outside["missing"]);

    assert_eq!(list(&house, 999_999, json!({})).await["code"], "NOT_FOUND");
}

#[tokio::test]
async fn a_copy_that_the_move_left_behind_is_told_once_and_the_same_words_later_are_told_again() {
    let house = House::open().await;
    let task = house.task("Moved").await;
    comment(&house, task, "Done?").await;
    house.portal.give_new_card(task, true);
    let told = list(&house, task, json!({})).await;
    assert_eq!(
        (texts(&told), &told["twinsHidden"], &told["sources"]),
        (vec!["Done?"], &json!(1), &json!({ "forum": 0, "chat": 1 }))
    );
    house.portal.clock().advance(std::time::Duration::from_secs(1));
    comment(&house, task, "Done?").await;
    assert_eq!(texts(&list(&house, task, json!({})).await), ["Done?", "Done?"]);
}

#[tokio::test]
async fn a_long_chat_is_read_to_its_end_past_short_pages_and_told_in_parts() {
    let house = with_cards(Cards::New).await;
    let task = talked(&house, 120).await;
    let whole = list(&house, task, json!({})).await;
    assert_eq!(
        (&whole["matched"], &whole["systemHidden"], &whole["chatTruncated"]),
        (&json!(120), &json!(1), &Value::Null)
    );
    assert_eq!(house.traffic().lines().count(), 5);
    let middle = list(&house, task, json!({ "limit": 2, "offset": 49 })).await;
    assert_eq!(texts(&middle), ["word 50", "word 51"]);
    let newest_first = list(&house, task, json!({ "limit": 1, "order": "desc", "offset": 1 })).await;
    assert_eq!(texts(&newest_first), ["word 119"]);
    let beyond = list(&house, task, json!({ "offset": 500 })).await;
    assert_eq!((texts(&beyond), &beyond["matched"]), (vec![], &json!(120)));
    house.traffic();
    let last = list(&house, task, json!({ "last": 3 })).await;
    assert_eq!(
        (texts(&last), &last["chatTruncated"]),
        (vec!["word 120", "word 119", "word 118"], &json!(true))
    );
    assert_eq!(house.traffic().lines().count(), 2);
    let before_that = list(&house, task, json!({ "last": 2, "offset": 49 })).await;
    assert_eq!(texts(&before_that), ["word 71", "word 70"]);
}

#[tokio::test]
async fn a_chat_longer_than_is_read_says_so() {
    let mut house = with_cards(Cards::New).await;
    house.wait_longer();
    let task = talked(&house, 1_005).await;
    let told = list(&house, task, json!({ "limit": 1 })).await;
    assert_eq!((&told["chatTruncated"], &told["total"]), (&json!(true), &json!(1_000)));
}

#[tokio::test]
async fn comments_of_one_person_are_found_by_name_and_everybody_is_counted() {
    let house = House::open().await;
    let task = house.task("Discussed").await;
    let second = house.portal.users().into_iter().find(|user| user.id == 2).unwrap();
    let name = format!("{} {}", second.name, second.last_name);
    comment(&house, task, "mine").await;
    let theirs = json!({ "taskId": task, "text": "theirs", "authorId": name });
    assert_eq!(house.code("b24_task_comment_add", theirs).await, "ok");
    let told = list(&house, task, json!({ "authorId": name })).await;
    assert_eq!((texts(&told), &told["matched"], &told["total"]), (vec!["theirs"], &json!(1), &json!(2)));
    assert_eq!(told["authors"].as_array().unwrap().len(), 2);
    let last = json!({ "taskId": task, "last": 1, "limit": 1 });
    assert_eq!(house.code("b24_task_comment_list", last).await, "INVALID_INPUT");
}

#[tokio::test]
async fn a_comment_lands_in_the_store_of_its_card_and_comes_back_word_for_word() {
    for cards in [Cards::Old, Cards::New] {
        let house = with_cards(cards).await;
        let task = house.task("Carded").await;
        let id = comment(&house, task, "Здравствуйте, [USER=2]Анна[/USER]").await;
        let facts = house.portal.task(task).unwrap();
        let stored =
            facts.comments.iter().chain(&facts.messages).filter(|row| row.author == 1).collect::<Vec<_>>();
        assert_eq!(
            stored.iter().map(|row| (row.id, row.text.as_str())).collect::<Vec<_>>(),
            [(id, "Здравствуйте, [USER=2]Анна[/USER]")]
        );
        let told = list(&house, task, json!({})).await;
        assert_eq!(
            (&told["comments"][0]["id"], &told["comments"][0]["mentions"]),
            (&json!(id), &json!([{ "id": 2, "name": "Анна" }]))
        );
    }
}

#[tokio::test]
async fn an_unanswered_comment_is_looked_for_in_both_stores_and_never_posted_twice() {
    let mut told = String::new();
    for cards in [Cards::Old, Cards::New] {
        for (name, fault) in [
            ("before", Fault::DropBefore),
            ("after", Fault::DropAfter),
            ("500 after", Fault::StatusAfter(500)),
        ] {
            let house = with_cards(cards).await;
            let task = house.task("Lost words").await;
            house.portal.faults().once("task.commentitem.add", fault);
            let answer = house.call("b24_task_comment_add", json!({ "taskId": task, "text": "Once " })).await;
            let facts = house.portal.task(task).unwrap();
            let posted =
                facts.comments.iter().chain(&facts.messages).filter(|row| row.text == "Once ").count();
            assert_eq!(posted, usize::from(answer["posted"] == true), "{answer}");
            let outcome = answer["code"]
                .as_str()
                .map_or_else(|| format!("found later: {}", answer["foundLater"]), str::to_owned);
            told.push_str(&format!("{cards}, lost {name}: {outcome}\n"));
        }
    }
    assert_snapshot!(told);
}

#[tokio::test]
async fn the_same_words_of_a_minute_ago_are_not_taken_for_the_comment_that_was_lost() {
    let mut house = House::open().await;
    let task = house.task("Said before").await;
    comment(&house, task, "ok").await;
    house.now = crate::house::now() + jiff::SignedDuration::from_secs(60);
    house.portal.clock().advance(std::time::Duration::from_secs(60));
    house.portal.faults().once("task.commentitem.add", Fault::DropBefore);
    let answer = house.call("b24_task_comment_add", json!({ "taskId": task, "text": "ok" })).await;
    assert_eq!(answer["code"], "WRITE_UNSETTLED", "{answer}");
    assert!(answer["hint"].as_str().unwrap().contains("is older than this call"), "{answer}");
}
