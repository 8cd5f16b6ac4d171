//! `task.checklistitem.update`, `.complete`, `.renew`, `.delete`, `.moveafteritem`.

use serde_json::{Value, json};

use super::add::{join, members};
use super::{FIELDS, failed};
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::wire::positional::{Bound, Signature, bind, fields, integer};
use crate::world::checklist::ChecklistItem;
use crate::world::rights;

const UPDATE: Signature = Signature {
    name: "ctaskchecklistitem::update",
    slots: &[integer("taskId"), integer("itemId"), fields(FIELDS)],
};
const COMPLETE: Signature =
    Signature { name: "ctaskchecklistitem::complete", slots: &[integer("taskId"), integer("itemId")] };
const RENEW: Signature =
    Signature { name: "ctaskchecklistitem::renew", slots: &[integer("taskId"), integer("itemId")] };
const DELETE: Signature =
    Signature { name: "ctaskchecklistitem::delete", slots: &[integer("taskId"), integer("itemId")] };
const MOVE: Signature = Signature {
    name: "ctaskchecklistitem::moveafteritem",
    slots: &[integer("taskId"), integer("itemId"), integer("afterItemId")],
};

pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&UPDATE, call.params)?;
    let (task, id, fields) = (bound.id(0), bound.id(1), bound.array(2));
    if !may_change(call, task) {
        return Err(no_edit());
    }
    let (caller, now) = (call.caller, call.now);
    let parents: Vec<u64> = call.world.items_of(task).map(|item| item.id).collect();
    let before = call.world.checklist.get(&id).cloned();
    let Some(item) = call.world.checklist.get_mut(&id).filter(|item| item.task == task) else {
        let title = fields.get("TITLE").and_then(lenient::text).unwrap_or_default();
        let text = format!("Incorrect value [] specified for field [ENTITY_ID] in item [, {title}]");
        return Err(failed(&text));
    };
    for (name, value) in &fields {
        match name.as_str() {
            "TITLE" => item.title = lenient::text(value).unwrap_or_default(),
            "SORT_INDEX" => item.sort = lenient::int(value).unwrap_or(item.sort),
            "IS_IMPORTANT" => item.important = lenient::yes(value),
            "IS_COMPLETE" if lenient::yes(value) != item.complete => {
                item.complete = !item.complete;
                item.toggled = Some((caller, now));
            }
            "MEMBERS" => item.members = members(value),
            "PARENT_ID" => {
                let parent = lenient::id(value).unwrap_or(0);
                if parent == 0 || (parent != id && parents.contains(&parent)) {
                    item.parent = parent;
                }
            }
            _ => {}
        }
    }
    join(call.world, task, id);
    tell(call, before.as_ref(), id);
    Ok(Value::Null.into())
}

pub(super) fn complete(call: &mut Call<'_>) -> Outcome {
    toggle(call, &COMPLETE, true)
}

pub(super) fn renew(call: &mut Call<'_>) -> Outcome {
    toggle(call, &RENEW, false)
}

/// Idempotent. An item that does not exist is `false`, and nothing checks that the item belongs to the task.
fn toggle(call: &mut Call<'_>, signature: &Signature, to: bool) -> Outcome {
    let bound = bind(signature, call.params)?;
    positive(&bound)?;
    if !may_change(call, bound.id(0)) {
        return Err(Refusal::core(
            "TASKS_ERROR_EXCEPTION_#4; Action is not allowed; 4/TE/ACTION_NOT_ALLOWED<br>",
        ));
    }
    let (caller, now) = (call.caller, call.now);
    let before = call.world.checklist.get(&bound.id(1)).cloned();
    let Some(item) = call.world.checklist.get_mut(&bound.id(1)) else {
        return Ok(json!(false).into());
    };
    if item.complete != to {
        item.complete = to;
        item.toggled = Some((caller, now));
    }
    tell(call, before.as_ref(), bound.id(1));
    Ok(json!(true).into())
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&DELETE, call.params)?;
    let (task, id) = (bound.id(0), bound.id(1));
    let known = call.world.checklist.get(&id).is_some_and(|item| item.task == task);
    if !known || !may_change(call, task) {
        return Err(failed("Deleting item: action not allowed"));
    }
    let mut gone = vec![id];
    while let Some(id) = gone.pop() {
        let before = call.world.checklist.remove(&id);
        tell(call, before.as_ref(), id);
        gone.extend(call.world.items_of(task).filter(|item| item.parent == id).map(|item| item.id));
    }
    Ok(json!(true).into())
}

pub(super) fn move_after(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&MOVE, call.params)?;
    let (task, id, after) = (bound.id(0), bound.id(1), bound.id(2));
    let target = call.world.checklist.get(&after).filter(|item| item.task == task);
    let target = target.map(|item| (item.parent, item.sort)).filter(|_| may_change(call, task));
    let Some((parent, sort)) = target else {
        return Err(failed("Moving item: action not allowed"));
    };
    for item in call.world.checklist.values_mut().filter(|item| item.task == task && item.parent == parent) {
        if item.sort > sort {
            item.sort = item.sort.saturating_add(1);
        }
    }
    if let Some(item) = call.world.checklist.get_mut(&id).filter(|item| item.task == task) {
        item.parent = parent;
        item.sort = sort.saturating_add(1);
    }
    Ok(Value::Null.into())
}

/// Writes what happened to a line into the history of its task.
pub(super) fn tell(call: &mut Call<'_>, before: Option<&ChecklistItem>, id: u64) {
    let after = call.world.checklist.get(&id).cloned();
    let Some(task) = before.or(after.as_ref()).map(|item| item.task) else {
        return;
    };
    let title = |item: &ChecklistItem| Some(item.title.clone());
    let mut note = |field, from, to| {
        call.world.note(task, call.caller, call.now, field, (from, to));
    };
    match (before, after.as_ref()) {
        (None, Some(after)) => note("CHECKLIST_ITEM_CREATE", Some(String::new()), title(after)),
        (Some(before), None) => note("CHECKLIST_ITEM_REMOVE", title(before), Some(String::new())),
        (Some(before), Some(after)) => {
            if before.title != after.title {
                note("CHECKLIST_ITEM_RENAME", title(before), title(after));
            }
            if before.complete != after.complete {
                let field = if after.complete { "CHECKLIST_ITEM_CHECK" } else { "CHECKLIST_ITEM_UNCHECK" };
                note(field, title(before), title(after));
            }
        }
        (None, None) => {}
    }
}

fn positive(bound: &Bound) -> Result<(), Refusal> {
    if bound.int(0) > 0 && bound.int(1) > 0 {
        Ok(())
    } else {
        Err(Refusal::core("TASKS_ERROR_ASSERT_EXCEPTION<br>"))
    }
}

fn may_change(call: &Call<'_>, task: u64) -> bool {
    call.world.tasks.get(&task).is_some_and(|task| rights::actions(call.world, task, call.caller).checklist)
}

fn no_edit() -> Refusal {
    Refusal::core("TASKS_ERROR_EXCEPTION_#4; No access to edit the task; 4/TE/ACTION_NOT_ALLOWED<br>")
}
