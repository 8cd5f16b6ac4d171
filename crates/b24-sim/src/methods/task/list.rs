//! `tasks.task.list`: filter, order, select, pages. What the caller may not see is not there.

use serde_json::{Map, Value, json};

use super::columns::{filter_cell, order, sort_cell};
use super::names::{camel, upper, upper_keys};
use super::nested;
use super::row::{LATER, STORED, View, on_request, stored};
use crate::methods::Call;
use crate::methods::query::cell::Cell;
use crate::methods::query::filter::{self, Operator};
use crate::methods::query::page;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::rights;
use crate::world::task::Task;

pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let filter = call.params.array("filter")?;
    let sort = sort(call)?;
    let select: Vec<String> = call.params.names("select")?.iter().map(|name| upper(name)).collect();
    let view = View::of(call);
    let mut found: Vec<&Task> =
        call.world.tasks.values().filter(|task| seen(&view, task) && passes(&view, task, &filter)).collect();
    found.sort_by(|a, b| {
        let by = sort.iter().map(|(name, down)| order(&view, a, b, name, *down));
        by.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    });
    let page = page::cut(call, found);
    let extras = call.params.array("params")?;
    let rows: Vec<Value> = page.rows.iter().map(|task| row(&view, task, &select, &extras)).collect();
    Ok(page.answer(json!({ "tasks": rows })))
}

fn seen(view: &View<'_>, task: &Task) -> bool {
    rights::role(view.world, task, view.caller).can_read()
}

/// The sort keys with "descending"; by id, newest first, when none is given.
fn sort(call: &Call<'_>) -> Result<Vec<(String, bool)>, Refusal> {
    let asked = upper_keys(call.params.array("order")?);
    if asked.is_empty() {
        return Ok(vec![("ID".to_owned(), true)]);
    }
    // Any task tells whether a key can be sorted by; the choice does not depend on it.
    let probe = Task::new(0, 0, 0, call.now);
    let view = View::of(call);
    asked
        .into_iter()
        .map(|(name, direction)| {
            if sort_cell(&view, &probe, &name).is_none() {
                return Err(Refusal::new(400, "0", "Invalid sorting key"));
            }
            let direction = lenient::text(&direction).unwrap_or_default().to_ascii_lowercase();
            Ok((name, direction.starts_with("desc")))
        })
        .collect()
}

fn passes(view: &View<'_>, task: &Task, filter: &Map<String, Value>) -> bool {
    filter.iter().all(|(key, value)| {
        let (operator, name) = filter::key(key);
        match upper(name).as_str() {
            "ONLY_ROOT_TASKS" => !lenient::yes(value) || is_root(view, task),
            "::SUBFILTER-PARAMS" => subfilter(view, task, value),
            // The title is a pattern as soon as it holds a wildcard.
            "TITLE" => {
                let pattern = lenient::text(value).is_some_and(|text| text.contains(['%', '_']));
                let operator = match operator {
                    Operator::Equal if pattern => Operator::Like,
                    Operator::NotEqual if pattern => Operator::NotLike,
                    other => other,
                };
                check(view, task, "TITLE", operator, value)
            }
            "STAGE_ID" => stands(view, task, operator, value),
            name => check(view, task, name, operator, value),
        }
    })
}

/// An unknown key is ignored.
fn check(view: &View<'_>, task: &Task, name: &str, operator: Operator, value: &Value) -> bool {
    filter_cell(view, task, name).is_none_or(|cell| filter::passes(operator, &cell, value, view.zone))
}

/// Whether a task stands in a column: of the board of its group, or of the caller's own plan.
fn stands(view: &View<'_>, task: &Task, operator: Operator, value: &Value) -> bool {
    let planned = task.planned.get(&view.caller).map_or_else(Vec::new, |stage| vec![*stage]);
    let planned = || filter::passes(operator, &Cell::Ids(planned), value, view.zone);
    let on_board = check(view, task, "STAGE_ID", operator, value);
    if operator == Operator::NotEqual { on_board && planned() } else { on_board || planned() }
}

/// A root task, or a subtask whose parent the caller may not see.
fn is_root(view: &View<'_>, task: &Task) -> bool {
    task.parent.and_then(|parent| view.world.tasks.get(&parent)).is_none_or(|parent| !seen(view, parent))
}

fn subfilter(view: &View<'_>, task: &Task, value: &Value) -> bool {
    let favorite = value.get("FAVORITE").is_some_and(lenient::yes);
    !favorite || task.favorite_of.contains(&view.caller)
}

fn row(view: &View<'_>, task: &Task, select: &[String], extras: &Map<String, Value>) -> Value {
    let all = select.is_empty() || select.iter().any(|name| name == "*");
    let has = |name: &str| select.iter().any(|own| own == name);
    let mut row = Map::new();
    for name in STORED.iter().chain(&LATER) {
        if all || *name == "ID" || has(name) {
            row.insert(camel(name), stored(view, task, name));
        }
    }
    for name in on_request(view).filter(|name| has(name) || has("UF_*")) {
        row.insert(camel(name), stored(view, task, name));
    }
    let mut add = |name: &str, value: Value| row.insert(name.to_owned(), value);
    if has("TAGS") || has("*") {
        add("tags", nested::tags(view.world, task));
    }
    if all || has("CHAT_ID") {
        add("chatId", json!(task.chat()));
    }
    add("group", nested::group(view.world, task));
    if all || has("CREATED_BY") {
        add("creator", nested::person(view.world, task.created_by));
    }
    if all || has("RESPONSIBLE_ID") {
        add("responsible", nested::person(view.world, task.responsible));
    }
    if all || has("ACCOMPLICES") {
        add("accomplicesData", nested::people_map(view.world, &task.accomplices));
    }
    if all || has("AUDITORS") {
        add("auditorsData", nested::people_map(view.world, &task.auditors));
    }
    if all || has("NEW_COMMENTS_COUNT") {
        add("newCommentsCount", json!(0));
    }
    if all || has("STATUS") || has("SUB_STATUS") {
        add("subStatus", stored(view, task, "SUB_STATUS"));
    }
    requested(view, task, extras, &mut add);
    Value::Object(row)
}

/// What `params` asks for beside the fields.
fn requested(
    view: &View<'_>,
    task: &Task,
    extras: &Map<String, Value>,
    add: &mut dyn FnMut(&str, Value) -> Option<Value>,
) {
    let asked =
        |name: &str| extras.iter().any(|(key, value)| key.eq_ignore_ascii_case(name) && lenient::yes(value));
    if asked("WITH_RESULT_INFO") {
        let required = task.parameters.contains(&3);
        add("taskRequireResult", json!(if required { "Y" } else { "N" }));
        let flag = |yes: bool| json!(if yes { "Y" } else { "N" });
        let open = view.world.results_of(task.id).any(|result| result.open);
        add("taskHasOpenResult", flag(open));
        add("taskHasResult", flag(view.world.results_of(task.id).next().is_some()));
    }
    if asked("WITH_TIMER_INFO") {
        let spent = view.world.spent(task.id);
        add("timeElapsed", json!((spent > 0).then_some(spent)));
        add("timerIsRunningForCurrentUser", json!("N"));
    }
    if asked("WITH_PARSED_DESCRIPTION") {
        add("parsedDescription", json!(task.description));
    }
}
