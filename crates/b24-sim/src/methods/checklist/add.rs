//! `task.checklistitem.add`: a line of a checklist, or a new checklist.

use serde_json::{Map, Value, json};

use super::change::tell;
use super::{FIELDS, failed};
use crate::methods::Call;
use crate::wire::answer_v2::Outcome;
use crate::wire::lenient;
use crate::wire::positional::{Signature, bind, fields, integer};
use crate::world::World;
use crate::world::checklist::{ChecklistItem, Member};
use crate::world::rights;

const SIGNATURE: Signature =
    Signature { name: "ctaskchecklistitem::add", slots: &[integer("taskId"), fields(FIELDS)] };

pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    let bound = bind(&SIGNATURE, call.params)?;
    let (task, fields) = (bound.id(0), bound.array(1));
    let found = call.world.tasks.get(&task);
    if !found.is_some_and(|task| rights::actions(call.world, task, call.caller).checklist) {
        return Err(failed("Adding item: action not allowed"));
    }
    let title = fields.get("TITLE").and_then(lenient::text).unwrap_or_default();
    if title.trim().is_empty() {
        return Err(failed("Item name not specified"));
    }
    let parent = parent(call, task, &fields);
    let id = insert(call, task, parent, title, &fields);
    join(call.world, task, id);
    if let Some(task) = call.world.tasks.get_mut(&task) {
        task.activity = call.now;
    }
    Ok(json!(id).into())
}

/// A named parent of this task; 0 for a new checklist; without a name the first checklist, which is made if the
/// task has none.
fn parent(call: &mut Call<'_>, task: u64, fields: &Map<String, Value>) -> u64 {
    if let Some(value) = fields.get("PARENT_ID") {
        let named = lenient::id(value).and_then(|id| call.world.checklist.get(&id));
        return named.filter(|item| item.task == task).map_or(0, |item| item.id);
    }
    let first = call.world.items_of(task).find(|item| item.parent == 0).map(|item| item.id);
    first.unwrap_or_else(|| insert(call, task, 0, "Checklist 1".to_owned(), &Map::new()))
}

fn insert(call: &mut Call<'_>, task: u64, parent: u64, title: String, fields: &Map<String, Value>) -> u64 {
    let behind = call.world.items_of(task).filter(|item| item.parent == parent).count();
    let complete = fields.get("IS_COMPLETE").is_some_and(lenient::yes);
    let id = call.world.next_item();
    let item = ChecklistItem {
        id,
        task,
        parent,
        created_by: call.caller,
        title,
        sort: fields.get("SORT_INDEX").and_then(lenient::int).unwrap_or(i64::try_from(behind).unwrap_or(0)),
        complete,
        important: fields.get("IS_IMPORTANT").is_some_and(lenient::yes),
        toggled: complete.then_some((call.caller, call.now)),
        members: fields.get("MEMBERS").map(members).unwrap_or_default(),
    };
    call.world.checklist.insert(id, item);
    tell(call, None, id);
    id
}

/// `{user: {TYPE: "A"}}`; anything but `A` observes.
pub(super) fn members(value: &Value) -> Vec<Member> {
    let Some(map) = value.as_object() else {
        return Vec::new();
    };
    let member = |(user, row): (&String, &Value)| {
        let kind = if row.get("TYPE").and_then(lenient::text).as_deref() == Some("A") { 'A' } else { 'U' };
        user.parse().ok().map(|user| Member { user, kind })
    };
    map.iter().filter_map(member).collect()
}

/// People named on an item join the task in the same roles.
pub(super) fn join(world: &mut World, task: u64, item: u64) {
    let members = world.checklist.get(&item).map(|item| item.members.clone()).unwrap_or_default();
    let known: Vec<Member> =
        members.into_iter().filter(|member| world.users.contains_key(&member.user)).collect();
    let Some(task) = world.tasks.get_mut(&task) else {
        return;
    };
    for member in known {
        let list = if member.kind == 'A' { &mut task.accomplices } else { &mut task.auditors };
        if !list.contains(&member.user) {
            list.push(member.user);
        }
    }
}
