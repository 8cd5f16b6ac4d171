//! `task.checklistitem.get`, `.getlist`, `.isactionallowed`.

use serde_json::{Value, json};

use super::failed;
use crate::methods::Call;
use crate::methods::query::cell::Cell;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::wire::positional::{Signature, bind, integer, optional};
use crate::world::World;
use crate::world::checklist::{ChecklistItem, Member};
use crate::world::moment;
use crate::world::rights;

const GET: Signature =
    Signature { name: "ctaskchecklistitem::get", slots: &[integer("taskId"), integer("itemId")] };

const ORDER: &[&str] = &[
    "ID",
    "PARENT_ID",
    "CREATED_BY",
    "TITLE",
    "SORT_INDEX",
    "IS_COMPLETE",
    "IS_IMPORTANT",
    "TOGGLED_BY",
    "TOGGLED_DATE",
];

const LIST: Signature = Signature {
    name: "ctaskchecklistitem::getlist",
    slots: &[integer("taskId"), optional("arOrder", ORDER, &[])],
};

const IS_ALLOWED: Signature = Signature {
    name: "ctaskchecklistitem::isactionallowed",
    slots: &[integer("taskId"), integer("itemId"), integer("actionId")],
};

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&GET, call.params)?;
    let (task, item) = (bound.id(0), bound.id(1));
    let item = call.world.checklist.get(&item).filter(|item| item.task == task && readable(call, task));
    match item {
        Some(item) => Ok(row(call, item, false).into()),
        None => Err(Refusal::core(
            "TASKS_ERROR_EXCEPTION_#512; Check listitem not found or not accessible; \
             512/TE/ITEM_NOT_FOUND_OR_NOT_ACCESSIBLE<br>",
        )),
    }
}

/// Unpaged; by id, newest first, unless `ORDER` says otherwise.
pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&LIST, call.params)?;
    let task = bound.id(0);
    if !readable(call, task) {
        return Err(failed("Action failed"));
    }
    let mut items: Vec<&ChecklistItem> = call.world.items_of(task).collect();
    let order = bound.array(1);
    let keys: Vec<(&str, bool)> = if order.is_empty() {
        vec![("ID", true)]
    } else {
        order.iter().map(|(name, way)| (name.as_str(), descends(way))).collect()
    };
    items.sort_by(|a, b| {
        keys.iter().fold(std::cmp::Ordering::Equal, |order, (name, down)| {
            let next = cell(a, name).order(&cell(b, name));
            order.then(if *down { next.reverse() } else { next })
        })
    });
    Ok(items.into_iter().map(|item| row(call, item, true)).collect::<Value>().into())
}

pub(super) fn is_allowed(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&IS_ALLOWED, call.params)?;
    let (task, item, action) = (bound.id(0), bound.id(1), bound.int(2));
    let known = call.world.checklist.get(&item).is_some_and(|item| item.task == task);
    let found = call.world.tasks.get(&task);
    let may = found.is_some_and(|task| rights::actions(call.world, task, call.caller).checklist);
    Ok(json!(known && may && (1..=5).contains(&action)).into())
}

pub(super) fn readable(call: &Call<'_>, task: u64) -> bool {
    call.world.tasks.get(&task).is_some_and(|task| rights::role(call.world, task, call.caller).can_read())
}

fn descends(way: &Value) -> bool {
    lenient::text(way).is_some_and(|way| way.to_ascii_lowercase().starts_with("desc"))
}

fn cell(item: &ChecklistItem, name: &str) -> Cell {
    match name {
        "PARENT_ID" => Cell::id(item.parent),
        "CREATED_BY" => Cell::id(item.created_by),
        "TITLE" => Cell::Text(item.title.clone()),
        "SORT_INDEX" => Cell::Int(item.sort),
        "IS_COMPLETE" => Cell::flag(item.complete),
        "IS_IMPORTANT" => Cell::flag(item.important),
        "TOGGLED_BY" => Cell::optional_id(item.toggled.map(|(by, _)| by)),
        "TOGGLED_DATE" => Cell::Moment(item.toggled.map(|(_, at)| at)),
        _ => Cell::id(item.id),
    }
}

/// An item as a row. In lists the parent of a checklist is the number 0, everywhere else ids are strings.
fn row(call: &Call<'_>, item: &ChecklistItem, listed: bool) -> Value {
    let parent = if listed && item.parent == 0 { json!(0) } else { json!(item.parent.to_string()) };
    let flag = |yes: bool| if yes { "Y" } else { "N" };
    json!({
        "ID": item.id.to_string(),
        "TASK_ID": item.task.to_string(),
        "PARENT_ID": parent,
        "CREATED_BY": item.created_by.to_string(),
        "TITLE": item.title,
        "SORT_INDEX": item.sort.to_string(),
        "IS_COMPLETE": flag(item.complete),
        "IS_IMPORTANT": flag(item.important),
        "TOGGLED_BY": item.toggled.map(|(by, _)| by.to_string()),
        "TOGGLED_DATE": item.toggled.map(|(_, at)| moment::iso(at, call.zone)).unwrap_or_default(),
        "MEMBERS": item.members.iter().filter_map(|member| person(call.world, member)).collect::<Value>(),
        "ATTACHMENTS": [],
    })
}

fn person(world: &World, member: &Member) -> Option<Value> {
    let user = world.users.get(&member.user)?;
    Some(json!({
        "ID": user.id.to_string(),
        "TYPE": member.kind,
        "NAME": user.full_name(),
        "PERSONAL_PHOTO": null,
        "PERSONAL_GENDER": user.gender,
        "IMAGE": "",
        "IS_COLLABER": false,
    }))
}
