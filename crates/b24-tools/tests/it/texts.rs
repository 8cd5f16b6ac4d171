//! Texts that somewhere, somehow, break something: what is written is what the portal holds.

use b24_sim::{Cards, Settings};
use serde_json::{Value, json};

use crate::house::House;

/// Texts of every kind that people, or those who mean harm, write.
fn nasty() -> Vec<(&'static str, String)> {
    vec![
        ("ten thousand letters", "щ".repeat(10_000)),
        ("emoji", "👩‍💻❤️🇩🇪 готово ✅".into()),
        ("right to left", "مرحبا، المهمة ٧ جاهزة".into()),
        ("joiners", "می‌خواهم".into()),
        ("BBCode", "[b]x[/b] [url=https://example.com]y[/url] [quote]".into()),
        ("a mention", "[USER=2]Anna[/USER] see [USER=999]nobody".into()),
        ("HTML", "<script>alert(1)</script> <b>&amp;</b> &lt;".into()),
        ("SQL", "Robert'); DROP TABLE b_tasks;-- \" ` OR 1=1".into()),
        ("shell", "$(rm -rf /) `id` | & ; > /dev/null \\ ~ * ? !".into()),
        ("a reference to a batch", "see $result[a][0][ID] and $result[b]".into()),
        ("form signs", "a&b=c%20d+e;f#g[h]=1".into()),
        ("JSON", "{\"a\":[1,2],\"b\":null}".into()),
        ("lines", "first\r\nsecond\n\n\tthird".into()),
        ("PHP", "<?php echo $_SERVER['x']; ?> a:0:{}".into()),
        ("a path", "../../etc/passwd C:\\x".into()),
        ("a template", "{{7*7}} ${7*7} #{7*7} %s %n".into()),
    ]
}

/// As it fits into a title.
fn short(text: &str) -> String {
    text.chars().take(255).collect()
}

#[tokio::test]
async fn a_comment_says_in_the_portal_exactly_what_was_sent() {
    for cards in [Cards::Old, Cards::New] {
        let house = House::built(Settings { cards, ..Settings::default() }).await;
        let task = house.task("Texts").await;
        for (name, text) in nasty() {
            let answer = house.call("b24_task_comment_add", json!({ "taskId": task, "text": text })).await;
            assert_eq!(answer["posted"], true, "{name}: {answer}");
            let facts = house.portal.task(task).unwrap();
            let stored = facts
                .comments
                .iter()
                .chain(&facts.messages)
                .find(|row| Some(row.id) == answer["commentId"].as_u64())
                .unwrap();
            assert_eq!(stored.text, text, "{name}");
        }
        // The first is longer than an answer may be: it is shortened, and that is said.
        let first = house.call("b24_task_comment_list", json!({ "taskId": task, "limit": 1 })).await;
        assert_eq!(first["cut"], json!(["comments[0].text: 4000 of 10000 characters"]));
        let told = house.call("b24_task_comment_list", json!({ "taskId": task, "offset": 1 })).await;
        let told: Vec<&str> =
            told["comments"].as_array().unwrap().iter().map(|row| row["text"].as_str().unwrap()).collect();
        let sent: Vec<String> = nasty().into_iter().map(|(_, text)| text).collect();
        assert_eq!(told, sent[1..]);
    }
}

#[tokio::test]
async fn a_checklist_item_is_called_in_the_portal_exactly_what_was_sent() {
    let house = House::open().await;
    let task = house.task("Texts").await;
    for (name, text) in nasty() {
        let title = short(&text);
        let answer =
            house.call("b24_task_checklist_item_add", json!({ "taskId": task, "title": title })).await;
        let items = house.portal.task(task).unwrap().checklist;
        let stored = items.iter().find(|item| Some(item.id) == answer["itemId"].as_u64());
        assert_eq!(stored.map(|item| item.title.as_str()), Some(title.as_str()), "{name}: {answer}");
    }
}

#[tokio::test]
async fn a_task_holds_exactly_the_words_that_were_sent() {
    let house = House::open().await;
    for (name, text) in nasty() {
        let ask = json!({ "title": short(&text), "responsibleId": 1, "description": text });
        let answer = house.call("b24_task_create", ask).await;
        let stored =
            house.portal.task(answer["id"].as_u64().unwrap_or_else(|| panic!("{name}: {answer}"))).unwrap();
        assert_eq!((stored.title, stored.description), (short(&text), text), "{name}");
    }
}

#[tokio::test]
async fn what_no_portal_can_hold_is_refused_before_the_portal_is_asked() {
    let house = House::open().await;
    let calls = [
        ("b24_task_comment_add", json!({ "taskId": 1, "text": "a\u{0}b" })),
        ("b24_task_comment_add", json!({ "taskId": 1, "text": "" })),
        ("b24_task_comment_add", json!({ "taskId": 1, "text": " \n\t" })),
        ("b24_task_comment_add", json!({ "taskId": 1, "text": "x".repeat(60_001) })),
        ("b24_task_comment_add", json!({ "taskId": 1, "text": "x", "authorId": "a\u{0}b" })),
        ("b24_task_comment_list", json!({ "taskId": 1, "limit": 0 })),
        ("b24_task_comment_list", json!({ "taskId": 1, "limit": 501 })),
        ("b24_task_comment_list", json!({ "taskId": 1, "last": 0 })),
        ("b24_task_comment_list", json!({ "taskId": 1, "offset": -1 })),
        ("b24_task_comment_list", json!({ "taskId": 1, "order": "sideways" })),
        ("b24_task_comment_list", json!({ "taskId": 1, "order": { "field": "id" } })),
        ("b24_task_comment_list", json!({ "taskId": 0 })),
        ("b24_task_checklist_item_add", json!({ "taskId": 1, "title": "a\u{0}b" })),
        ("b24_task_checklist_item_add", json!({ "taskId": 1, "title": " " })),
        ("b24_task_checklist_item_add", json!({ "taskId": 1, "title": "x".repeat(256) })),
        ("b24_task_checklist_item_complete", json!({ "taskId": 1, "itemId": [] })),
        ("b24_task_checklist_item_renew", json!({ "taskId": 1, "itemId": "7" })),
        ("b24_task_checklist_item_delete", json!({ "taskId": 1, "itemId": [0], "confirmDelete": true })),
        ("b24_task_dependency_add", json!({ "taskIdTo": 1, "taskIdFrom": 2 })),
        ("b24_task_dependency_add", json!({ "taskIdTo": 1, "taskIdFrom": 2, "linkType": 4 })),
        ("b24_task_dependency_add", json!({ "taskIdTo": 1, "taskIdFrom": 2, "linkType": -1 })),
        ("b24_task_dependency_add", json!({ "taskIdTo": 1, "taskIdFrom": 2, "linkType": "after" })),
        ("b24_task_dependency_add", json!({ "taskIdTo": 1, "taskIdFrom": [], "linkType": 2 })),
        ("b24_task_dependency_add", json!({ "taskIdTo": 1, "taskIdFrom": [2, 1, 1], "linkType": 2 })),
        ("b24_task_dependency_add", json!({ "taskIdTo": [1], "taskIdFrom": 2, "linkType": 2 })),
        ("b24_task_dependency_remove", json!({ "taskIdTo": 1, "taskIdFrom": 1, "confirmDelete": true })),
        ("b24_task_dependency_list", json!({})),
        ("b24_task_get", json!({ "taskId": 1, "include": ["links"] })),
        ("b24_task_get", json!({ "taskId": 1, "select": ["UF_"] })),
        ("b24_task_get", json!({ "taskId": 1, "select": ["UF_A[0]"] })),
    ];
    let mut told = String::new();
    for (tool, arguments) in calls {
        let shown: String = arguments.to_string().chars().take(70).collect();
        let answer: Value = house.call(tool, arguments).await;
        assert_eq!(answer["code"], "INVALID_INPUT", "{tool} {shown}: {answer}");
        let hint: String = answer["hint"].as_str().unwrap_or("-").chars().take(150).collect();
        told.push_str(&format!("{tool} {shown}\n  {}\n  {hint}\n", answer["message"].as_str().unwrap()));
    }
    assert_eq!(house.traffic(), "");
    insta::assert_snapshot!(told);
}

#[tokio::test]
async fn ids_that_do_not_exist_and_tasks_of_others_are_said_to_be_out_of_reach() {
    let mut house = House::open().await;
    let foreign = house.task("Private").await;
    house.act_as(b24_sim::WebhookSpec::of(5));
    let mut told = String::new();
    for task in [999_999, foreign] {
        let calls = [
            ("b24_task_get", json!({ "taskId": task, "include": ["all"] })),
            ("b24_task_comment_list", json!({ "taskId": task })),
            ("b24_task_comment_add", json!({ "taskId": task, "text": "x" })),
            ("b24_task_dependency_list", json!({ "taskId": task })),
            ("b24_task_dependency_add", json!({ "taskIdTo": task, "taskIdFrom": 1, "linkType": 2 })),
            (
                "b24_task_dependency_remove",
                json!({ "taskIdTo": task, "taskIdFrom": 1, "confirmDelete": true }),
            ),
            ("b24_task_checklist_item_list", json!({ "taskId": task })),
            ("b24_task_checklist_item_add", json!({ "taskId": task, "title": "x" })),
            ("b24_task_checklist_item_complete", json!({ "taskId": task, "itemId": 1 })),
            ("b24_task_checklist_item_renew", json!({ "taskId": task, "itemId": [1] })),
            ("b24_task_checklist_item_delete", json!({ "taskId": task, "itemId": 1, "confirmDelete": true })),
        ];
        for (tool, ask) in calls {
            let what = if task == foreign { "not mine" } else { "nowhere" };
            told.push_str(&format!("{what}: {tool}: {}\n", house.code(tool, ask).await));
        }
    }
    insta::assert_snapshot!(told);
}
