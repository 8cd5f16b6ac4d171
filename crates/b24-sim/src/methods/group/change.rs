//! `sonet_group.create`, `.update`, `.delete`, `.setowner`.

use serde_json::json;

use super::{leads, named, refused};
use crate::methods::Call;
use crate::wire::answer_v2::Outcome;
use crate::wire::lenient;
use crate::world::disk::{Owner, Storage};
use crate::world::group::{Group, Role};
use crate::world::moment;
use crate::world::rights::is_admin;
use crate::world::stage::Board;

pub(super) fn create(call: &mut Call<'_>) -> Outcome {
    if call.params.text("NAME").unwrap_or_default().trim().is_empty() {
        return Err(refused("Cannot create group"));
    }
    let owner = call.params.get("OWNER_ID").and_then(lenient::id);
    let owner =
        owner.filter(|owner| is_admin(call.world, call.caller) && call.world.users.contains_key(owner));
    let mut group = blank(call, owner.unwrap_or(call.caller));
    write(call, &mut group);
    group.project = call.params.yes("PROJECT");
    Ok(json!(found(call, group)).into())
}

/// A group with its board and its drive; shared with flows, which make one when they are given none.
pub(in crate::methods) fn found(call: &mut Call<'_>, mut group: Group) -> u64 {
    let id = call.world.next_group();
    group.id = id;
    call.world.groups.insert(id, group);
    call.world.furnish(Board::Group(id));
    let drive = Storage { id: 100_000 + id, owner: Owner::Group(id) };
    call.world.storages.insert(drive.id, drive);
    id
}

pub(in crate::methods) fn blank(call: &Call<'_>, owner: u64) -> Group {
    Group {
        id: 0,
        name: String::new(),
        description: String::new(),
        keywords: String::new(),
        visible: true,
        opened: false,
        closed: false,
        project: false,
        initiate: "K".to_owned(),
        created: call.now,
        updated: call.now,
        starts: None,
        ends: None,
        members: vec![(owner, Role::Owner)],
    }
}

pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    let group = named(call, "GROUP_ID", "Wrong group ID")?;
    if !leads(call, group) {
        return Err(refused("User has no permissions to update group"));
    }
    let mut group = group.clone();
    write(call, &mut group);
    group.updated = call.now;
    if group.name.trim().is_empty() {
        return Err(refused("Cannot update group"));
    }
    let id = group.id;
    call.world.groups.insert(id, group);
    Ok(json!(id).into())
}

/// Its tasks stay, outside of any group.
pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let group = named(call, "GROUP_ID", "Wrong group ID")?;
    let id = group.id;
    if group.owner() != call.caller && !is_admin(call.world, call.caller) {
        return Err(refused("User has no permissions to delete group"));
    }
    call.world.groups.remove(&id);
    call.world.storages.remove(&(100_000 + id));
    call.world.stages.retain(|_, stage| stage.board != Board::Group(id));
    for task in call.world.tasks.values_mut().filter(|task| task.group == id) {
        (task.group, task.stage) = (0, 0);
    }
    Ok(json!(true).into())
}

pub(super) fn set_owner(call: &mut Call<'_>) -> Outcome {
    let wrong = "Invalid workgroup/project ID";
    let group = named(call, "GROUP_ID", wrong).map_err(|_| refused(wrong))?;
    let user = call.params.get("USER_ID").and_then(lenient::id);
    let user = user.filter(|user| call.world.users.contains_key(user));
    let user = user.ok_or_else(|| refused("Invalid user ID"))?;
    if group.owner() != call.caller && !is_admin(call.world, call.caller) {
        return Err(refused("User has no permissions to set owner"));
    }
    let mut group = group.clone();
    group.seat(group.owner(), Role::Moderator);
    group.seat(user, Role::Owner);
    call.world.groups.insert(group.id, group);
    Ok(json!(true).into())
}

/// Puts the given fields into a group; what is not given stays.
fn write(call: &Call<'_>, group: &mut Group) {
    let text = |name: &str, slot: &mut String| {
        if let Some(text) = call.params.text(name) {
            *slot = text;
        }
    };
    text("NAME", &mut group.name);
    text("DESCRIPTION", &mut group.description);
    text("KEYWORDS", &mut group.keywords);
    text("INITIATE_PERMS", &mut group.initiate);
    let flag = |name: &str, slot: &mut bool| {
        if call.params.get(name).is_some() {
            *slot = call.params.yes(name);
        }
    };
    flag("VISIBLE", &mut group.visible);
    flag("OPENED", &mut group.opened);
    flag("CLOSED", &mut group.closed);
    let date = |name: &str, slot: &mut Option<jiff::Timestamp>| {
        if let Some(text) = call.params.text(name) {
            *slot = moment::parse(&text, call.zone);
        }
    };
    date("PROJECT_DATE_START", &mut group.starts);
    date("PROJECT_DATE_FINISH", &mut group.ends);
}
