//! The parts of a task's answer that are maps: people, tags, the checklist, its tree, the allowed actions.

use serde_json::{Map, Value, json};

use super::row::View;
use crate::world::World;
use crate::world::checklist::ChecklistItem;
use crate::world::moment;
use crate::world::rights::{self, Actions};
use crate::world::task::Task;

/// A person on a task; somebody unknown is an empty map.
pub(super) fn person(world: &World, id: u64) -> Value {
    let Some(user) = world.users.get(&id) else {
        return json!({});
    };
    json!({
        "id": id.to_string(),
        "name": user.full_name(),
        "link": format!("/company/personal/user/{id}/"),
        "icon": "/bitrix/images/tasks/default_avatar.png",
        "workPosition": user.position,
    })
}

/// A map of people by id.
pub(super) fn people_map(world: &World, ids: &[u64]) -> Value {
    ids.iter().map(|id| (id.to_string(), person(world, *id))).collect::<Map<_, _>>().into()
}

/// The group of a task; `[]` when it has none.
pub(super) fn group(world: &World, task: &Task) -> Value {
    let Some(group) = world.groups.get(&task.group) else {
        return json!([]);
    };
    json!({
        "id": group.id.to_string(),
        "name": group.name,
        "opened": group.opened,
        "membersCount": group.members.len(),
        "image": "",
        "additionalData": [],
    })
}

/// Adds the group and everybody who takes part.
pub(super) fn people(world: &World, task: &Task, row: &mut Map<String, Value>) {
    row.insert("group".to_owned(), group(world, task));
    row.insert("creator".to_owned(), person(world, task.created_by));
    row.insert("responsible".to_owned(), person(world, task.responsible));
    row.insert("accomplicesData".to_owned(), people_map(world, &task.accomplices));
    row.insert("auditorsData".to_owned(), people_map(world, &task.auditors));
}

/// Tags by id; here ids are numbers.
pub(super) fn tags(world: &World, task: &Task) -> Value {
    let tag = |id: &u64| (id.to_string(), json!({ "id": id, "title": world.tag_name(*id) }));
    task.tags.iter().map(tag).collect::<Map<_, _>>().into()
}

/// The `action` map of the caller.
pub(super) fn action(view: &View<'_>, task: &Task) -> Value {
    let actions = rights::actions(view.world, task, view.caller);
    Value::Object(action_map(&actions, task.favorite_of.contains(&view.caller)))
}

/// Allowed actions under the names a task answers with.
pub(super) fn action_map(actions: &Actions, favorite: bool) -> Map<String, Value> {
    let read = actions.read;
    let pairs = [
        ("accept", false),
        ("decline", false),
        ("complete", actions.complete),
        ("approve", actions.approve),
        ("disapprove", actions.disapprove),
        ("start", actions.start),
        ("pause", actions.pause),
        ("delegate", actions.delegate),
        ("remove", actions.remove),
        ("edit", actions.edit),
        ("defer", actions.defer),
        ("renew", actions.renew),
        ("create", read),
        ("changeDeadline", actions.change_deadline),
        ("checklistAddItems", actions.checklist),
        ("addFavorite", read && !favorite),
        ("deleteFavorite", read && favorite),
        ("rate", actions.rate),
        ("take", false),
        ("edit.originator", false),
        ("checklist.reorder", actions.checklist),
        ("elapsedtime.add", actions.checklist),
        ("dayplan.timer.toggle", false),
        ("edit.plan", actions.change_deadline),
        ("checklist.add", actions.checklist),
        ("favorite.add", read && !favorite),
        ("favorite.delete", read && favorite),
    ];
    pairs.into_iter().map(|(name, yes)| (name.to_owned(), Value::Bool(yes))).collect()
}

pub(super) fn can_add(view: &View<'_>, task: &Task) -> bool {
    rights::actions(view.world, task, view.caller).checklist
}

/// The checklist as a map of items by id.
pub(super) fn checklist(view: &View<'_>, task: &Task) -> Value {
    let can = can_add(view, task);
    let items = view.world.items_of(task.id).map(|item| (item.id.to_string(), flat(view, item, can)));
    items.collect::<Map<_, _>>().into()
}

fn flat(view: &View<'_>, item: &ChecklistItem, can: bool) -> Value {
    json!({
        "id": item.id.to_string(),
        "taskId": item.task.to_string(),
        "createdBy": item.created_by.to_string(),
        "parentId": item.parent.to_string(),
        "title": item.title,
        "sortIndex": item.sort.to_string(),
        "isComplete": if item.complete { "Y" } else { "N" },
        "isImportant": if item.important { "Y" } else { "N" },
        "toggledBy": item.toggled.map(|(by, _)| by.to_string()),
        "toggledDate": item.toggled.map(|(_, at)| moment::iso(at, view.zone)).unwrap_or_default(),
        "ufChecklistFiles": false,
        "members": [],
        "attachments": [],
        "entityId": item.task.to_string(),
        "action": item_action(can),
    })
}

fn item_action(can: bool) -> Value {
    json!({ "modify": can, "remove": can, "toggle": can, "add": can, "addAccomplice": can })
}

/// The checklist as a tree under a root that is no item.
pub(super) fn tree(view: &View<'_>, task: &Task) -> Value {
    let items: Vec<&ChecklistItem> = view.world.items_of(task.id).collect();
    json!({
        "nodeId": 0,
        "fields": {
            "id": null, "copiedId": null, "entityId": null, "userId": view.caller, "createdBy": null,
            "parentId": null, "title": "", "sortIndex": null, "displaySortIndex": "", "isComplete": false,
            "isImportant": false, "completedCount": 0, "members": [], "attachments": [], "nodeId": null,
        },
        "action": [],
        "descendants": branch(view, &items, 0, can_add(view, task), ""),
    })
}

fn branch(view: &View<'_>, items: &[&ChecklistItem], parent: u64, can: bool, above: &str) -> Value {
    let mut children: Vec<&&ChecklistItem> = items.iter().filter(|item| item.parent == parent).collect();
    children.sort_by_key(|item| (item.sort, item.id));
    let nodes = children.iter().enumerate().map(|(at, item)| {
        // A checklist has no number of its own; its lines count from 1.
        let number = if parent == 0 { String::new() } else { format!("{above}{}", at + 1) };
        let below = if number.is_empty() { String::new() } else { format!("{number}.") };
        let done = items.iter().filter(|child| child.parent == item.id && child.complete).count();
        json!({
            "nodeId": item.id,
            "fields": {
                "id": item.id.to_string(), "copiedId": null, "entityId": item.task.to_string(),
                "userId": view.caller, "createdBy": item.created_by.to_string(),
                "parentId": item.parent.to_string(), "title": item.title, "sortIndex": item.sort.to_string(),
                "displaySortIndex": number, "isComplete": item.complete, "isImportant": item.important,
                "completedCount": done, "members": [], "attachments": [], "nodeId": null,
            },
            "action": item_action(can),
            "descendants": branch(view, items, item.id, can, &below),
        })
    });
    nodes.collect()
}
