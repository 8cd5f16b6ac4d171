//! `tasks.task.get`. A task that does not exist or may not be seen is an empty result, not an error.

use serde_json::{Map, Value, json};

use super::names::{camel, upper};
use super::row::{LATER, STORED, View, full, on_request, stored};
use super::{nested, reach};
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::world::task::Task;

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let id = reach::task_id(call, "taskId")?;
    // An empty or scalar `select` is an error of its own.
    if let Some(value) = call.params.get("select")
        && !(value.is_array() || value.is_object() || value.is_null())
    {
        return Err(Refusal::wrong_type(value, "select"));
    }
    let select: Vec<String> = call.params.names("select")?.iter().map(|name| upper(name)).collect();
    let view = View::of(call);
    let task = call.world.tasks.get(&id).filter(|_| reach::actions(call, id).is_some());
    Ok(match task {
        None => json!([]),
        Some(task) if select.is_empty() => json!({ "task": full(&view, task) }),
        Some(task) => json!({ "task": selected(&view, task, &select) }),
    }
    .into())
}

/// The named fields, and what the portal adds on its own.
fn selected(view: &View<'_>, task: &Task, select: &[String]) -> Value {
    let has = |name: &str| select.iter().any(|own| own == name);
    let mut row = if has("*") {
        full(view, task).as_object().cloned().unwrap_or_default()
    } else {
        named(view, task, &has)
    };
    for name in on_request(view).filter(|name| has(name) || has("UF_*")) {
        row.insert(camel(name), stored(view, task, name));
    }
    Value::Object(row)
}

fn named(view: &View<'_>, task: &Task, has: &dyn Fn(&str) -> bool) -> Map<String, Value> {
    let mut row = Map::new();
    for name in STORED.iter().chain(&LATER) {
        if *name == "ID" || *name == "DESCRIPTION_IN_BBCODE" || has(name) {
            row.insert(camel(name), stored(view, task, name));
        }
    }
    let mut add = |name: &str, value: Value| row.insert(name.to_owned(), value);
    if has("CHAT_ID") {
        add("chatId", json!(task.chat()));
    }
    if has("SUB_STATUS") {
        add("subStatus", stored(view, task, "SUB_STATUS"));
    }
    if has("TAGS") {
        add("tags", nested::tags(view.world, task));
    }
    if has("CHECKLIST") {
        add("checklist", nested::checklist(view, task));
    }
    if has("NEW_COMMENTS_COUNT") {
        add("newCommentsCount", json!(0));
    }
    add("group", nested::group(view.world, task));
    if has("CREATED_BY") || has("CREATOR") {
        add("creator", nested::person(view.world, task.created_by));
    }
    if has("RESPONSIBLE_ID") || has("RESPONSIBLE") {
        add("responsible", nested::person(view.world, task.responsible));
    }
    if has("ACCOMPLICES") {
        add("accomplicesData", nested::people_map(view.world, &task.accomplices));
    }
    if has("AUDITORS") {
        add("auditorsData", nested::people_map(view.world, &task.auditors));
    }
    add("action", nested::action(view, task));
    row
}
