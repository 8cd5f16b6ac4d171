//! Links between tasks, and the filter that finds what depends on what.

use insta::assert_snapshot;
use serde_json::{Value, json};

use crate::house::{House, refusal};

async fn link(house: &House, from: u64, to: u64) -> Value {
    house.result("task.dependence.add", json!({ "taskIdFrom": from, "taskIdTo": to, "linkType": 2 })).await
}

#[tokio::test]
async fn a_link_is_found_by_the_task_it_comes_from() {
    let house = House::new().await;
    let (first, second) = (house.task(json!({})).await, house.task(json!({})).await);

    let added = link(&house, first, second).await;
    let filter = json!({ "filter": { "DEPENDS_ON": first }, "select": ["ID"] });
    let found = house.result("tasks.task.list", filter.clone()).await;
    let before = house.result("task.item.getdependson", json!([second])).await;
    let removed =
        house.result("task.dependence.delete", json!({ "taskIdFrom": first, "taskIdTo": second })).await;
    let gone = house.result("tasks.task.list", filter).await;

    assert_eq!((added, removed), (json!([]), json!([])));
    assert_eq!(
        (&found["tasks"][0]["id"], &before),
        (&json!(second.to_string()), &json!([first.to_string()]))
    );
    assert_eq!(gone["tasks"], json!([]));
}

#[tokio::test]
async fn circles_doubles_and_tasks_of_others_are_refused() {
    let house = House::new().await;
    let (a, b, c) = (house.task(json!({})).await, house.task(json!({})).await, house.task(json!({})).await);
    link(&house, a, b).await;
    link(&house, b, c).await;
    let add = |from, to, kind| json!({ "taskIdFrom": from, "taskIdTo": to, "linkType": kind });

    let lines = [
        house.call("task.dependence.add", add(a, b, 0)).await,
        house.call("task.dependence.add", add(c, a, 0)).await,
        house.call("task.dependence.add", add(a, a, 0)).await,
        house.call("task.dependence.add", add(a, c, 7)).await,
        house.call("task.dependence.add", add(a, 100_500, 0)).await,
        house.person(5).call("task.dependence.add", add(a, c, 0)).await,
        house.call("task.dependence.add", json!({ "taskIdFrom": a, "taskIdTo": c })).await,
        house.call("task.dependence.add", add(a, c, 0)).await,
        house.call("task.dependence.delete", json!({ "taskIdFrom": c, "taskIdTo": a })).await,
        house.person(5).call("task.dependence.delete", json!({ "taskIdFrom": a, "taskIdTo": b })).await,
    ];

    let lines = lines.iter().map(|reply| match reply.status {
        200 => "200".to_owned(),
        _ => refusal(reply),
    });
    assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r"
    400 ILLEGAL_NEW_LINK: A link between tasks already exists
    400 ACTION_NOT_ALLOWED: Unable to add a link between tasks
    400 ACTION_NOT_ALLOWED: Unable to add a link between tasks
    400 ACTION_NOT_ALLOWED: Unable to add a link between tasks
    400 ACTION_NOT_ALLOWED: Unable to add a link between tasks
    400 ACTION_NOT_ALLOWED: Unable to add a link between tasks
    400 100: Could not find value for parameter {linkType}
    200
    400 ILLEGAL_NEW_LINK: The dependency between tasks does not exist
    400 ACTION_NOT_ALLOWED: It is not possible to delete the dependency between tasks
    ");
}
