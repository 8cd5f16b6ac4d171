//! Whole errands, as people ask for them: several tools in a row, by names and in words. What counts is how the portal
//! stands afterwards, and that nothing else in it was touched; what the tools say about it is tested elsewhere.

mod many;
mod plans;
mod traces;

use std::collections::BTreeMap;

use b24_rest::methods::task;
use b24_sim::TaskFacts;
use serde_json::{Value, json};

use crate::house::House;

/// A project that every portal of these tests has, with tasks in it.
const PROJECT: &str = "Website relaunch";

/// All tasks of the portal as they are.
fn portal(house: &House) -> BTreeMap<u64, TaskFacts> {
    house.portal.task_ids().into_iter().map(|id| (id, house.portal.task(id).unwrap())).collect()
}

/// The tasks that are not what they were: changed, new or gone.
fn touched(before: &BTreeMap<u64, TaskFacts>, house: &House) -> Vec<u64> {
    let now = portal(house);
    let mut ids: Vec<u64> = before.keys().chain(now.keys()).copied().collect();
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| before.get(id) != now.get(id));
    ids
}

/// The ids of the tasks that `said` holds for.
fn those(tasks: &BTreeMap<u64, TaskFacts>, said: impl Fn(&TaskFacts) -> bool) -> Vec<u64> {
    tasks.values().filter(|task| said(task)).map(|task| task.id).collect()
}

/// Calls a tool that is expected to do what it is asked.
async fn done(house: &House, tool: &str, asked: Value) -> Value {
    let answer = house.call(tool, asked.clone()).await;
    assert!(answer.get("code").is_none() && answer["failed"].as_u64().unwrap_or(0) == 0, "{asked}: {answer}");
    answer
}

/// Calls a tool that is expected to ask for an agreement first, and to leave everything as it is.
async fn asks_first(house: &House, tool: &str, asked: Value, code: &str) {
    let before = portal(house);
    assert_eq!(house.code(tool, asked.clone()).await, code, "{asked}");
    assert_eq!(touched(&before, house), [0; 0], "{asked}");
}

/// Makes a task as the acting person: its id.
async fn create(house: &House, asked: Value) -> u64 {
    done(house, "b24_task_create", asked).await["id"].as_u64().unwrap()
}

/// The ids that `b24_task_list` tells, page after page, ascending.
async fn found(house: &House, mut asked: Value) -> Vec<u64> {
    let mut ids = Vec::new();
    loop {
        let page = done(house, "b24_task_list", asked.clone()).await;
        ids.extend(page["tasks"].as_array().unwrap().iter().map(|task| task["id"].as_u64().unwrap()));
        let Some(next) = page.get("nextStart") else { break };
        asked["start"] = next.clone();
    }
    ids.sort_unstable();
    ids
}

/// A field of a task as the portal itself tells it.
async fn field(house: &House, id: u64, name: &str, told_as: &str) -> Value {
    let answer = house.rest(&task::GET, json!({ "taskId": id, "select": ["ID", name] })).await;
    answer["task"][told_as].clone()
}

/// The id of somebody who is employed now.
fn hire(house: &House, names: [&str; 3]) -> u64 {
    house.portal.employ(names, "Инженер", 4)
}

/// A moment, as the facts tell it.
fn at(moment: &str) -> Option<jiff::Timestamp> {
    Some(moment.parse().unwrap())
}

/// What was said under a task, wherever the portal keeps it: who, and what.
fn said(house: &House, id: u64) -> Vec<(u64, String)> {
    let task = house.portal.task(id).unwrap();
    task.comments.into_iter().chain(task.messages).map(|comment| (comment.author, comment.text)).collect()
}
