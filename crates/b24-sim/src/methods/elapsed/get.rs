//! `task.elapseditem.get` and `.getlist`. The list has pages of its own (`NAV_PARAMS`), at most fifty rows each.

use serde_json::{Map, Value, json};

use super::{not_found, seen};
use crate::methods::Call;
use crate::methods::query::cell::Cell;
use crate::methods::query::filter;
use crate::wire::answer_v2::{Answer, Outcome, Refusal};
use crate::wire::lenient;
use crate::wire::params::as_map;
use crate::wire::positional::{Bound, Signature, Slot, any, bind, integer, optional};
use crate::world::elapsed::Elapsed;
use crate::world::moment;
use crate::world::rights;

const SIZE: usize = 50;
const ORDER: Slot = optional(
    "arOrder",
    &["ID", "TASK_ID", "USER_ID", "MINUTES", "SECONDS", "CREATED_DATE", "DATE_START", "DATE_STOP"],
    &[],
);
/// `TASK_ID` is in the manifest, not in the table of the method.
const FILTER: Slot =
    optional("arFilter", &["ID", "TASK_ID", "USER_ID", "CREATED_DATE"], &["!", "<=", "<", ">=", ">"]);
const PARAMS: Slot = optional("arParams", &["NAV_PARAMS"], &[]);
const GET: Signature =
    Signature { name: "ctaskelapseditem::get", slots: &[integer("taskId"), integer("itemId")] };
const LIST: Signature = Signature {
    name: "ctaskelapseditem::getlist",
    slots: &[integer("taskId"), ORDER, FILTER, any("arSelect"), PARAMS],
};
/// The same without a task, which the documents do not require.
const LIST_ALL: Signature =
    Signature { name: "ctaskelapseditem::getlist", slots: &[ORDER, FILTER, any("arSelect"), PARAMS] };

/// One entry, in a list of one.
pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&GET, call.params)?;
    let task = bound.id(0);
    seen(call, task)?;
    let entry = call.world.elapsed.get(&bound.id(1));
    match entry.filter(|entry| entry.task == task) {
        Some(entry) => Ok(json!([row(call, entry)]).into()),
        None => Err(not_found()),
    }
}

pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let first = call.params.as_map().values().next();
    let all = first.is_none_or(|value| value.is_object() || value.is_array());
    let bound = bind(if all { &LIST_ALL } else { &LIST }, call.params)?;
    let at = usize::from(!all);
    let task = (!all).then(|| bound.id(0));
    if let Some(task) = task {
        seen(call, task)?;
    }
    let (order, wanted) = (bound.array(at), bound.array(at + 1));
    let kept = |entry: &&Elapsed| {
        let visible = task.map_or_else(
            || {
                call.world
                    .tasks
                    .get(&entry.task)
                    .is_some_and(|task| rights::role(call.world, task, call.caller).can_read())
            },
            |task| entry.task == task,
        );
        visible && passes(call, entry, &wanted)
    };
    let mut found: Vec<&Elapsed> = call.world.elapsed.values().filter(kept).collect();
    for (name, way) in order.iter().rev() {
        let down = lenient::text(way).is_some_and(|way| way.to_ascii_lowercase().starts_with("desc"));
        found.sort_by(|a, b| {
            let order = cell(a, name).order(&cell(b, name));
            if down { order.reverse() } else { order }
        });
    }
    let total = found.len();
    let (offset, size) = page(&bound.array(at + 3))?;
    let names = select(&bound, at + 2);
    let page = found.into_iter().skip(offset).take(size);
    let rows = page.map(|entry| reduced(row(call, entry), &names)).collect();
    Ok(Answer { result: rows, total: Some(total), next: None })
}

fn passes(call: &Call<'_>, entry: &Elapsed, wanted: &Map<String, Value>) -> bool {
    wanted.iter().all(|(key, value)| {
        let (operator, name) = filter::key(key);
        filter::passes(operator, &cell(entry, name), value, call.zone)
    })
}

/// Offset and size; an empty `PARAMS` is the first page.
fn page(params: &Map<String, Value>) -> Result<(usize, usize), Refusal> {
    let nav = match params.get("NAV_PARAMS") {
        None | Some(Value::Null) => return Ok((0, SIZE)),
        Some(value) => as_map(value).unwrap_or_default(),
    };
    let number = |name: &str| nav.get(name).and_then(lenient::id).and_then(|n| usize::try_from(n).ok());
    let size = number("nPageSize").unwrap_or(SIZE).min(SIZE);
    let before = number("iNumPage").unwrap_or(1) - 1;
    Ok((before.saturating_mul(size), size))
}

fn select(bound: &Bound, at: usize) -> Vec<String> {
    let names: Vec<String> = bound.array(at).values().filter_map(lenient::text).collect();
    if names.iter().any(|name| name == "*") { Vec::new() } else { names }
}

fn reduced(mut row: Value, names: &[String]) -> Value {
    if let Some(map) = row.as_object_mut()
        && !names.is_empty()
    {
        map.retain(|name, _| names.contains(name));
    }
    row
}

fn cell(entry: &Elapsed, name: &str) -> Cell {
    match name {
        "TASK_ID" => Cell::id(entry.task),
        "USER_ID" => Cell::id(entry.user),
        "SECONDS" => Cell::Int(entry.seconds),
        "MINUTES" => Cell::Int(entry.seconds / 60),
        "CREATED_DATE" => Cell::Moment(Some(entry.began.unwrap_or(entry.created))),
        "DATE_START" | "DATE_STOP" => Cell::Moment(Some(entry.created)),
        _ => Cell::id(entry.id),
    }
}

fn row(call: &Call<'_>, entry: &Elapsed) -> Value {
    let date = moment::iso(entry.created, call.zone);
    json!({
        "ID": entry.id.to_string(),
        "TASK_ID": entry.task.to_string(),
        "USER_ID": entry.user.to_string(),
        "COMMENT_TEXT": entry.comment,
        "SECONDS": entry.seconds.to_string(),
        "MINUTES": (entry.seconds / 60).to_string(),
        // 2: written by hand, not counted by a timer.
        "SOURCE": "2",
        "CREATED_DATE": moment::iso(entry.began.unwrap_or(entry.created), call.zone),
        "DATE_START": date,
        "DATE_STOP": date,
    })
}
