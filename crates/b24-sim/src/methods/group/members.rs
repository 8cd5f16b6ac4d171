//! `sonet_group.user.get`, `.groups`, `.add`, `.delete`, `.update`: who is in a group, and as what.

use serde_json::{Value, json};

use super::{leads, named, refused};
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::group::Role;
use crate::world::rights::is_admin;

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let group = named(call, "ID", "Wrong socialnetwork group ID")?;
    let rows: Vec<Value> = group
        .members
        .iter()
        .map(|(user, role)| json!({ "USER_ID": user.to_string(), "ROLE": role.letter() }))
        .collect();
    Ok(json!(rows).into())
}

/// The groups of the caller.
pub(super) fn groups(call: &mut Call<'_>) -> Outcome {
    let rows: Vec<Value> = call
        .world
        .groups
        .values()
        .filter_map(|group| {
            let role = group.role(call.caller)?;
            Some(json!({
                "GROUP_ID": group.id.to_string(),
                "GROUP_NAME": group.name,
                "ROLE": role.letter(),
                "GROUP_IMAGE_ID": null,
                "GROUP_IMAGE": "",
            }))
        })
        .collect();
    Ok(json!(rows).into())
}

/// Administrators put people into a group without asking them. Answers the ids that were not in it before.
pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    let mut group = named(call, "GROUP_ID", "Wrong group ID")?.clone();
    if !is_admin(call.world, call.caller) {
        return Err(refused("No permissions to add users"));
    }
    let mut added = Vec::new();
    for user in users(call)? {
        if group.role(user).is_none() && call.world.users.contains_key(&user) {
            group.seat(user, Role::Member);
            added.push(user.to_string());
        }
    }
    call.world.groups.insert(group.id, group);
    Ok(json!(added).into())
}

/// The owner stays: a group has exactly one.
pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    change(call, |group, user| {
        group.members.retain(|(member, _)| *member != user);
    })
}

pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    let role = match call.params.text("ROLE").unwrap_or_default().as_str() {
        "E" => Role::Moderator,
        "K" => Role::Member,
        _ => {
            named(call, "GROUP_ID", "Wrong group ID")?;
            return Err(refused("Incorrect role code"));
        }
    };
    change(call, |group, user| group.seat(user, role))
}

/// Changes the members that are named, the owner excepted; answers whom it changed.
fn change(call: &mut Call<'_>, with: impl Fn(&mut crate::world::group::Group, u64)) -> Outcome {
    let mut group = named(call, "GROUP_ID", "Wrong group ID")?.clone();
    if !leads(call, &group) {
        return Err(refused("No permissions to update users role"));
    }
    let mut changed = Vec::new();
    for user in users(call)? {
        if group.role(user).is_some_and(|role| role != Role::Owner) {
            with(&mut group, user);
            changed.push(user.to_string());
        }
    }
    call.world.groups.insert(group.id, group);
    Ok(json!(changed).into())
}

fn users(call: &Call<'_>) -> Result<Vec<u64>, Refusal> {
    let users = call.params.get("USER_ID").map(lenient::ids).unwrap_or_default();
    if users.is_empty() { Err(refused("Wrong user IDs")) } else { Ok(users) }
}
