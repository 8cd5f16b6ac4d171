//! Groups, the columns of their boards, flows, departments.

use b24_model::{Method, Scope, effect::Write};
use b24_sim::WebhookSpec;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};

use crate::house::House;

static GROUP_CREATE: Method<Write> = Method::classic("sonet_group.create", Scope::SONET_GROUP);

static STAGE_ADD: Method<Write> = Method::classic("task.stages.add", Scope::TASK);
static DEPARTMENT_ADD: Method<Write> = Method::classic("department.add", Scope::DEPARTMENT);

/// A group of person 1, and its id.
async fn group(house: &House, name: &str) -> u64 {
    house.rest(&GROUP_CREATE, json!({ "NAME": name })).await.as_u64().unwrap()
}

/// The id of a column of a board, or of the planner.
async fn stage(house: &House, group: Option<u64>, title: &str) -> u64 {
    let told = house.call("b24_stage_list", json!({ "group": group })).await;
    let stages = told["stages"].as_array().unwrap();
    stages.iter().find(|stage| stage["title"] == title).unwrap()["id"].as_u64().unwrap()
}

/// Where a task stands on the board of its group.
async fn stands(house: &House, task: u64) -> u64 {
    let told = house.call("b24_task_get", json!({ "taskId": task })).await;
    told["stageId"].as_u64().unwrap_or(0)
}

#[tokio::test]
async fn groups_are_found_by_words_of_their_name_with_the_role_one_has_in_them() {
    let house = House::open().await;
    group(&house, "Website: texts").await;
    house.traffic();
    let found = house.call("b24_group_find", json!({ "query": "WEBSITE" })).await;
    assert_snapshot!(house.traffic(), @"batch(2: sonet_group.get, sonet_group.user.groups)");
    assert_json_snapshot!(found);
    let mine = house.call("b24_group_find", json!({ "mine": true })).await;
    let roles: Vec<&Value> =
        mine["groups"].as_array().unwrap().iter().map(|group| &group["myRole"]).collect();
    assert!(!roles.is_empty() && roles.iter().all(|role| role.is_string()), "{mine}");
    let cut = house.call("b24_group_find", json!({ "limit": 1 })).await;
    assert_eq!((&cut["matches"], &cut["nextStart"]), (&json!(3), &json!(1)));
    let rest = house.call("b24_group_find", json!({ "start": 1 })).await;
    assert_eq!((rest["groups"].as_array().unwrap().len(), rest.get("nextStart")), (2, None));
    assert_eq!(house.call("b24_group_find", json!({ "query": "nothing like it" })).await["matches"], 0);
}

#[tokio::test]
async fn many_groups_are_read_in_two_requests() {
    let house = House::open().await;
    for number in 0..120 {
        group(&house, &format!("Group {number}")).await;
    }
    house.traffic();
    let found = house.call("b24_group_find", json!({ "query": "group 119" })).await;
    assert_eq!((&found["matches"], &found["groups"][0]["name"]), (&json!(1), &json!("Group 119")));
    assert_snapshot!(house.traffic(), @r"
    batch(2: sonet_group.get, sonet_group.user.groups)
    batch(2: sonet_group.get)
    ");
}

#[tokio::test]
async fn columns_are_those_of_a_group_by_name_or_of_ones_own_planner() {
    let house = House::open().await;
    let id = group(&house, "Board").await;
    let board = house.call("b24_stage_list", json!({ "group": "board" })).await;
    assert_eq!((&board["groupId"], &board["groupName"]), (&json!(id), &json!("Board")));
    assert_json_snapshot!(board, { ".groupId" => "[id]" });
    assert_json_snapshot!(house.call("b24_stage_list", json!({})).await);
    assert_eq!(house.code("b24_stage_list", json!({ "group": "No such thing" })).await, "NOT_FOUND");
    assert_eq!(house.code("b24_stage_list", json!({ "group": 100_500 })).await, "NOT_FOUND");
    group(&house, "Board of 2027").await;
    group(&house, "Board of 2028").await;
    let several = house.call("b24_stage_list", json!({ "group": "of board" })).await;
    assert_eq!(several["code"], "AMBIGUOUS", "{several}");
}

#[tokio::test]
async fn a_task_moves_to_a_column_by_title_and_the_move_is_read_back() {
    let house = House::open().await;
    let group = group(&house, "Board").await;
    let task = house.task("Card").await;
    house.call("b24_task_update", json!({ "taskId": task, "groupId": group })).await;
    let (new, done) = (stage(&house, Some(group), "New").await, stage(&house, Some(group), "Done").await);
    house.traffic();
    let moved = house.call("b24_task_stage_move", json!({ "taskId": task, "stage": "done" })).await;
    assert_snapshot!(house.traffic(), @r"
    batch(2: task.stages.get, tasks.task.get)
    task.stages.get
    task.stages.movetask
    tasks.task.list
    ");
    assert_eq!((&moved["stageId"], &moved["formerStageId"]), (&json!(done), &json!(new)), "{moved}");
    assert_json_snapshot!(moved, { ".id" => "[id]", ".link" => "[link]", ".stageId" => "[done]", ".formerStageId" => "[new]" });
    assert_eq!(stands(&house, task).await, done);
    let again = house.call("b24_task_stage_move", json!({ "taskId": task, "stage": done })).await;
    assert_eq!((&again["moved"], &again["already"]), (&json!(true), &json!(true)));
    let back = house.call("b24_task_stage_move", json!({ "taskId": task, "stage": new })).await;
    assert_eq!((&back["already"], &back["formerStageId"]), (&Value::Null, &json!(done)));
}

#[tokio::test]
async fn a_place_in_a_column_reaches_the_portal_and_is_for_one_task() {
    let house = House::open().await;
    let group = group(&house, "Board").await;
    let (a, b) = (house.task("A").await, house.task("B").await);
    for task in [a, b] {
        house.call("b24_task_update", json!({ "taskId": task, "groupId": group })).await;
    }
    house.traffic();
    let asked = json!({ "taskId": a, "stage": "New", "after": b });
    assert_eq!(house.code("b24_task_stage_move", asked).await, "ok");
    let moved =
        house.portal.traffic().into_iter().find(|seen| seen.method == "task.stages.movetask").unwrap();
    assert_eq!(
        (&moved.params["id"], &moved.params["after"], moved.params.get("before")),
        (&json!(a), &json!(b), None)
    );
    house.traffic();
    let both = json!({ "taskId": a, "stage": "New", "after": b, "before": b });
    assert_eq!(house.code("b24_task_stage_move", both).await, "INVALID_INPUT");
    let several = json!({ "taskId": [a, b], "stage": "New", "after": b });
    assert_eq!(house.code("b24_task_stage_move", several).await, "INVALID_INPUT");
    assert_eq!(house.traffic(), "");
}

#[tokio::test]
async fn a_column_of_another_board_is_refused_with_the_columns_of_the_right_one() {
    let house = House::open().await;
    let (own, other) = (group(&house, "Own").await, group(&house, "Other").await);
    let task = house.task("Card").await;
    house.call("b24_task_update", json!({ "taskId": task, "groupId": own })).await;
    let foreign = stage(&house, Some(other), "Done").await;
    house.traffic();
    let refusal = house.call("b24_task_stage_move", json!({ "taskId": task, "stage": foreign })).await;
    assert_eq!(refusal["code"], "NOT_FOUND");
    let message = refusal["message"].as_str().unwrap().to_owned();
    for part in [format!("group {own}"), format!("column {foreign};"), "In progress".into()] {
        assert!(message.contains(&part), "{message}");
    }
    assert!(!house.traffic().contains("movetask"));
    let planner = house.call("b24_task_stage_move", json!({ "taskId": task, "stage": "This week" })).await;
    assert_snapshot!(planner["hint"].as_str().unwrap(), @"take one of these; or, for the acting person's own planner, add `planner: true`");
    let more = json!({ "fields": { "TITLE": "In review", "ENTITY_ID": own } });
    house.rest(&STAGE_ADD, more).await;
    let several = house.call("b24_task_stage_move", json!({ "taskId": task, "stage": "in" })).await;
    assert_eq!(several["code"], "AMBIGUOUS", "{several}");
}

#[tokio::test]
async fn a_planner_is_ones_own_whatever_group_a_task_is_in() {
    let mut house = House::open().await;
    let group = group(&house, "Board").await;
    let (loose, grouped) = (house.task("Loose").await, house.task("Grouped").await);
    house.call("b24_task_update", json!({ "taskId": grouped, "groupId": group })).await;
    let week = stage(&house, None, "This week").await;
    house.traffic();
    let first = house.call("b24_task_stage_move", json!({ "taskId": loose, "stage": "this week" })).await;
    assert_eq!((&first["board"], &first["stageId"]), (&json!("planner"), &json!(week)), "{first}");
    assert_snapshot!(house.traffic(), @r"
    batch(2: task.stages.get, tasks.task.get)
    batch(2: tasks.task.list)
    task.stages.movetask
    tasks.task.list
    ");
    let asked = json!({ "taskId": [loose, grouped, 999_999], "stage": "This week", "planner": true });
    let both = house.call("b24_task_stage_move", asked).await;
    let rows = both["results"].as_array().unwrap();
    let told: Vec<String> =
        rows.iter().map(|row| format!("{} {} {}", row["ok"], row["board"], row["already"])).collect();
    assert_eq!(told, ["true \"planner\" true", "true \"planner\" null", "false null null"]);
    assert_eq!(stands(&house, grouped).await, 0);
    // The planner of somebody else is another one.
    house.act_as(WebhookSpec::of(2));
    let foreign = house.call("b24_task_stage_move", json!({ "taskId": grouped, "stage": week })).await;
    assert_eq!(foreign["code"], "NOT_FOUND", "{foreign}");
}

#[tokio::test]
async fn a_batch_goes_to_the_column_of_that_title_on_each_ones_board() {
    let house = House::open().await;
    let (one, two) = (group(&house, "One").await, group(&house, "Two").await);
    let tasks = [house.task("A").await, house.task("B").await];
    for (task, group) in tasks.iter().zip([one, two]) {
        house.call("b24_task_update", json!({ "taskId": task, "groupId": group })).await;
    }
    let goals = [stage(&house, Some(one), "Done").await, stage(&house, Some(two), "Done").await];
    house.traffic();
    let moved = house.call("b24_task_stage_move", json!({ "taskId": tasks, "stage": "Done" })).await;
    assert_eq!((&moved["ok"], &moved["verb"]), (&json!(2), &json!("moved")));
    assert_eq!([stands(&house, tasks[0]).await, stands(&house, tasks[1]).await], goals);
    assert!(house.traffic().starts_with(
        "batch(3: task.stages.get, tasks.task.get)\nbatch(2: task.stages.get)\nbatch(2: task.stages.movetask)\nbatch(2: tasks.task.list)"
    ));
}

#[tokio::test]
async fn an_unanswered_move_is_looked_up_and_a_forbidden_one_is_told() {
    let mut house = House::open().await;
    let group = group(&house, "Board").await;
    let task = house.task("Card").await;
    house.call("b24_task_update", json!({ "taskId": task, "groupId": group, "auditors": [3] })).await;
    let done = stage(&house, Some(group), "Done").await;
    let asked = json!({ "taskId": task, "stage": done });
    house.portal.faults().once("task.stages.movetask", b24_sim::Fault::DropBefore);
    assert_eq!(house.code("b24_task_stage_move", asked.clone()).await, "WRITE_LOST");
    house.portal.faults().once("task.stages.movetask", b24_sim::Fault::DropAfter);
    assert_eq!(house.call("b24_task_stage_move", asked.clone()).await["moved"], true);
    assert_eq!(stands(&house, task).await, done);
    // Who is not in the group does not see its board, but sees the task.
    house.act_as(WebhookSpec::of(3));
    let outsider = house.call("b24_task_stage_move", asked).await;
    assert_eq!(outsider["code"], "NOT_FOUND", "{outsider}");
    assert!(outsider["message"].as_str().unwrap().contains("board"), "{outsider}");
}

#[tokio::test]
async fn an_administrator_sees_a_foreign_board_and_is_told_that_moving_there_is_for_members() {
    let mut house = House::open().await;
    house.act_as(WebhookSpec::of(2));
    let theirs = group(&house, "Theirs").await;
    let create = json!({ "title": "Card", "responsibleId": 2, "groupId": theirs });
    let task = house.call("b24_task_create", create).await["id"].as_u64().unwrap();
    house.act_as(WebhookSpec::of(1));
    assert_eq!(
        house.call("b24_stage_list", json!({ "group": theirs })).await["stages"].as_array().unwrap().len(),
        3
    );
    let refusal = house.call("b24_task_stage_move", json!({ "taskId": task, "stage": "Done" })).await;
    assert_eq!(refusal["code"], "ACTION_NOT_ALLOWED", "{refusal}");
}

#[tokio::test]
async fn a_flow_is_found_through_the_tasks_that_are_in_it() {
    let house = House::open().await;
    let before = house.call("b24_flow_find", json!({ "query": "Договоры" })).await;
    assert_eq!((&before["flows"], &before["exists"]), (&json!([]), &json!(true)), "{before}");
    assert_eq!(house.call("b24_flow_find", json!({ "query": "No such" })).await["exists"], false);
    let id = house.task("Sign it").await;
    house.call("b24_task_update", json!({ "taskId": id, "fields": { "FLOW_ID": 1 } })).await;
    house.traffic();
    let found = house.call("b24_flow_find", json!({ "query": "договор" })).await;
    assert_snapshot!(house.traffic(), @r"
    batch(6: tasks.flow.flow.isexists, tasks.task.list)
    tasks.flow.flow.get
    ");
    assert_json_snapshot!(found);
    assert_eq!(house.call("b24_flow_find", json!({ "query": "1" })).await["flows"], found["flows"]);
    assert_eq!(house.code("b24_flow_find", json!({ "query": "100500" })).await, "NOT_FOUND");
}

#[tokio::test]
async fn departments_are_told_with_their_place_and_their_head() {
    let house = House::open().await;
    house.traffic();
    let found = house.call("b24_department_find", json!({ "query": "ПРОДАЖ" })).await;
    assert_snapshot!(house.traffic(), @r"
    department.get
    user.get
    ");
    assert_json_snapshot!(found);
    let below = house.call("b24_department_find", json!({ "parent": "отдел продаж" })).await;
    assert_eq!(below["departments"].as_array().unwrap().len(), 1);
    assert_eq!(house.call("b24_department_find", json!({ "parent": 1 })).await["matches"], 6);
    assert_eq!(house.code("b24_department_find", json!({ "parent": "Nowhere" })).await, "NOT_FOUND");
    house.rest(&DEPARTMENT_ADD, json!({ "NAME": "Support", "PARENT": 2 })).await;
    assert_eq!(house.code("b24_department_find", json!({ "parent": "support" })).await, "AMBIGUOUS");
}
