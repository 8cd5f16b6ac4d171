//! Links between tasks: who waits for whom.

use b24_sim::{Fault, Settings, WebhookSpec};
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

/// Three tasks without links: their ids.
async fn three(house: &House) -> [u64; 3] {
    let ids = [house.task("Dig").await, house.task("Build").await, house.task("Paint").await];
    house.portal.clear_traffic();
    ids
}

async fn link(house: &House, from: impl Into<Value>, to: u64) -> Value {
    let ask = json!({ "taskIdTo": to, "taskIdFrom": from.into(), "linkType": 2 });
    house.call("b24_task_dependency_add", ask).await
}

async fn unlink(house: &House, from: impl Into<Value>, to: u64) -> Value {
    let ask = json!({ "taskIdTo": to, "taskIdFrom": from.into(), "confirmDelete": true });
    house.call("b24_task_dependency_remove", ask).await
}

/// What the portal says that a task waits for.
async fn waits_for(house: &House, task: u64) -> Value {
    house.call("b24_task_dependency_list", json!({ "taskId": task })).await["dependsOn"].take()
}

#[tokio::test]
async fn a_link_is_made_told_from_both_ends_and_taken_away() {
    let house = House::open().await;
    let [dig, build, paint] = three(&house).await;
    assert_json_snapshot!("made", link(&house, dig, build).await);
    assert_snapshot!(house.traffic(), @r"
    batch(2: tasks.task.get, tasks.task.list)
    task.dependence.add
    ");
    link(&house, build, paint).await;
    house.traffic();
    assert_json_snapshot!("listed", house.call("b24_task_dependency_list", json!({ "taskId": build })).await);
    assert_snapshot!(house.traffic(), @r"
    tasks.task.get
    batch(3: tasks.task.get, tasks.task.list)
    ");
    assert_json_snapshot!("removed", unlink(&house, dig, build).await);
    assert_eq!(waits_for(&house, build).await, json!([]));
}

#[tokio::test]
async fn the_same_code_means_linked_already_for_one_tool_and_not_linked_for_the_other() {
    let house = House::open().await;
    let [dig, build, _] = three(&house).await;
    link(&house, dig, build).await;
    let again = link(&house, dig, build).await;
    assert_eq!((&again["linked"], &again["already"]), (&json!(true), &json!(true)));
    assert!(again["note"].as_str().unwrap().contains("its type cannot be read"), "{again}");
    let wrong_way = unlink(&house, build, dig).await;
    assert_eq!(wrong_way["code"], "ILLEGAL_NEW_LINK");
    assert_eq!(
        wrong_way["message"],
        format!("task {dig} does not wait for task {build}: there is no such link")
    );
}

#[tokio::test]
async fn a_circle_is_told_apart_from_a_lack_of_rights_by_what_the_person_may_do() {
    let mut house = House::open().await;
    let [dig, build, paint] = three(&house).await;
    link(&house, dig, build).await;
    link(&house, build, paint).await;
    let circle = link(&house, paint, dig).await;
    assert_eq!(circle["code"], "ACTION_NOT_ALLOWED");
    assert_snapshot!(circle["message"].as_str().unwrap().replace(&paint.to_string(), "P").replace(&dig.to_string(), "D"), @"the portal does not let task D wait for task P: most likely task P waits for task D already, directly or through others");

    let assigned = json!({ "title": "Of somebody else", "responsibleId": 5 });
    let foreign = house.call("b24_task_create", assigned).await["id"].as_u64().unwrap();
    house.act_as(WebhookSpec::of(5));
    let own = house.call("b24_task_create", json!({ "title": "Own", "responsibleId": 5 })).await["id"]
        .as_u64()
        .unwrap();
    let refused = link(&house, own, foreign).await;
    assert_eq!(refused["code"], "ACTION_NOT_ALLOWED");
    assert_eq!(refused["message"], format!("the acting person may not change what task {foreign} waits for"));
    house.portal.faults().once("task.dependence.add", Fault::Refuse("INVALID_CREDENTIALS".into()));
    assert_eq!(link(&house, own, foreign).await["message"], refused["message"]);
    // What cannot be seen is not there.
    assert_eq!(link(&house, dig, own).await["code"], "NOT_FOUND");
    assert_eq!(link(&house, own, dig).await["code"], "NOT_FOUND");
}

#[tokio::test]
async fn a_batch_of_links_has_a_row_for_each_whatever_became_of_the_others() {
    let house = House::open().await;
    let [dig, build, paint] = three(&house).await;
    link(&house, dig, paint).await;
    let told = link(&house, json!([build, dig, 999_999, build]), paint).await;
    assert_json_snapshot!("batch_added", told);
    let gone = unlink(&house, json!([build, 999_999, dig, build]), paint).await;
    assert_json_snapshot!("batch_removed", gone);
    assert_eq!(waits_for(&house, paint).await, json!([]));
}

#[tokio::test]
async fn a_link_is_removed_after_an_agreement_and_a_self_made_loop_never_reaches_the_portal() {
    let house = House::open().await;
    let [dig, build, _] = three(&house).await;
    let remove = json!({ "taskIdTo": build, "taskIdFrom": [dig] });
    assert_eq!(house.code("b24_task_dependency_remove", remove).await, "DELETE_NEEDS_CONFIRM");
    let loops = link(&house, json!([dig, build]), build).await;
    assert_eq!((&loops["code"], house.traffic().as_str()), (&json!("INVALID_INPUT"), ""));
    assert_eq!(unlink(&house, build, build).await["code"], "INVALID_INPUT");
    assert_eq!(house.traffic(), "");
}

#[tokio::test]
async fn batches_of_one_fifty_and_five_hundred_are_made_and_fifty_one_needs_force() {
    let settings = Settings { tasks: 520, ..Settings::default() };
    let mut house = House::built(settings).await;
    house.wait_longer();
    let to = house.task("Last of all").await;
    let ids = |count: u64| (1..=count).collect::<Vec<_>>();
    let mut told = String::new();
    for (count, flags) in [
        (1, json!({})),
        (10, json!({})),
        (11, json!({})),
        (50, json!({ "confirmChange": true })),
        (51, json!({ "confirmChange": true })),
        (500, json!({ "confirmChange": true, "force": true })),
        (501, json!({ "confirmChange": true, "force": true })),
    ] {
        let mut ask = json!({ "taskIdTo": to, "taskIdFrom": ids(count), "linkType": 2 });
        ask.as_object_mut().unwrap().extend(flags.as_object().unwrap().clone());
        house.traffic();
        let answer = house.call("b24_task_dependency_add", ask).await;
        let requests = house.traffic().lines().count();
        let outcome = match answer["code"].as_str() {
            Some(code) => code.to_owned(),
            None => format!("{} of {}", answer["ok"], answer["total"]),
        };
        told.push_str(&format!("{count}: {outcome}, {requests} requests\n"));
    }
    assert_snapshot!(told);
}

#[tokio::test]
async fn an_unanswered_link_is_looked_up_and_told_as_it_is() {
    let faults = [
        ("lost before", Fault::DropBefore),
        ("lost after", Fault::DropAfter),
        ("500 after", Fault::StatusAfter(500)),
    ];
    let mut told = String::new();
    for (name, fault) in faults {
        let house = House::open().await;
        let [dig, build, paint] = three(&house).await;
        house.portal.faults().once("task.dependence.add", fault.clone());
        let added = link(&house, json!([dig, paint]), build).await;
        let there = waits_for(&house, build).await;
        assert_eq!(there.as_array().unwrap().len(), usize::try_from(added["ok"].as_u64().unwrap()).unwrap());
        link(&house, json!([dig, paint]), build).await;
        house.portal.faults().once("task.dependence.delete", fault);
        let removed = unlink(&house, dig, build).await;
        assert_eq!(waits_for(&house, build).await == json!([paint]), removed["unlinked"] == true);
        let code = |answer: &Value| answer["code"].as_str().unwrap_or("ok").to_owned();
        let first =
            added["results"][0]["error"].as_str().unwrap_or("ok").split(':').next().unwrap().to_owned();
        told.push_str(&format!("{name}: added {first}, removed {}\n", code(&removed)));
    }
    assert_snapshot!(told);
}

#[tokio::test]
async fn what_waits_is_told_without_the_newer_api_and_what_cannot_be_told_is_said() {
    let mut house = House::open().await;
    let [dig, build, _] = three(&house).await;
    link(&house, dig, build).await;
    house.act_as(WebhookSpec::of(1).scopes(["task", "user"]));
    let old_way = house.call("b24_task_dependency_list", json!({ "taskId": build })).await;
    assert_eq!((&old_way["dependsOn"], &old_way["missing"]), (&json!([dig]), &Value::Null));
    let gone = "task.item.getdependson=refuse:ERROR_METHOD_NOT_FOUND*forever";
    house.portal.faults().plan(gone.parse().unwrap());
    let untold = house.call("b24_task_dependency_list", json!({ "taskId": build })).await;
    assert_json_snapshot!("untold", untold);
    assert_eq!(house.code("b24_task_dependency_list", json!({ "taskId": 999_999 })).await, "NOT_FOUND");
}
