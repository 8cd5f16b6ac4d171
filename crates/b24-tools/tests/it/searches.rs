//! Tasks by words, by tag, by parent.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::House;

fn titles(told: &Value) -> Vec<&str> {
    told["tasks"]
        .as_array()
        .unwrap_or_else(|| panic!("{told}"))
        .iter()
        .filter_map(|task| task["title"].as_str())
        .collect()
}

#[tokio::test]
async fn words_are_found_in_any_order_and_all_of_them_are() {
    let house = House::open().await;
    for title in ["Zebra report for April", "April zebra", "Zebra only", "апрельская зебра"] {
        house.task(title).await;
    }
    house.traffic();
    let one = house.call("b24_task_list", json!({ "search": "zebra" })).await;
    assert_eq!(titles(&one), ["Zebra only", "April zebra", "Zebra report for April"]);
    let two = house.call("b24_task_list", json!({ "search": "APRIL zebra" })).await;
    assert_eq!(titles(&two), ["April zebra", "Zebra report for April"]);
    assert_eq!(two["total"], 2);
    let three = json!({ "search": "report zebra april", "status": [2], "order": { "id": "asc" } });
    assert_eq!(titles(&house.call("b24_task_list", three).await), ["Zebra report for April"]);
    assert_snapshot!(house.traffic(), @r"
    tasks.task.list
    batch(2: tasks.task.list)
    tasks.task.list
    batch(6: tasks.task.list)
    tasks.task.list
    ");
    let none = house.call("b24_task_list", json!({ "search": "zebra zanzibar" })).await;
    assert_eq!((&none["total"], titles(&none)), (&json!(0), Vec::new()));
    assert_eq!(
        titles(&house.call("b24_task_list", json!({ "search": "ЗЕБРА" })).await),
        ["апрельская зебра"]
    );
}

#[tokio::test]
async fn more_words_than_can_be_asked_for_and_two_searches_at_once_are_refused() {
    let house = House::open().await;
    for asked in [
        json!({ "search": "one two three four" }),
        json!({ "search": "one", "titleContains": "two" }),
        json!({ "search": "one two", "filter": { "ID": [1] } }),
        json!({ "parentId": 1, "filter": { "PARENT_ID": 2 } }),
        json!({ "tag": "x", "filter": { "TAG": "y" } }),
    ] {
        assert_eq!(house.code("b24_task_list", asked.clone()).await, "INVALID_INPUT", "{asked}");
    }
    assert_eq!(house.traffic(), "");
}

#[tokio::test]
async fn subtasks_are_listed_by_their_parent_and_tasks_by_their_tag() {
    let house = House::open().await;
    let parent = house.task("Fair").await;
    for title in ["Stand", "Flyers"] {
        let create = json!({ "title": title, "responsibleId": 2, "parentId": parent, "tags": [format!("fair {title}")] });
        house.call("b24_task_create", create).await;
    }
    let children = house.call("b24_task_list", json!({ "parentId": parent })).await;
    assert_eq!(titles(&children), ["Flyers", "Stand"]);
    assert_eq!(titles(&house.call("b24_task_list", json!({ "tag": "FAIR flyers" })).await), ["Flyers"]);
    let roots = json!({ "parentId": 0, "filter": { "ID": [parent, children["tasks"][0]["id"]] } });
    assert_eq!(titles(&house.call("b24_task_list", roots).await), ["Fair"]);
}
