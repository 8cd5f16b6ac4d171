//! `sonet_group.*` and `socialnetwork.api.workgroup.*`: workgroups and projects. Every error of the first has an
//! empty code, and words.

mod change;
mod get;
mod members;
mod workgroup;

pub(super) use change::{blank, found as found_group};

use super::query::cell::Cell;
use super::query::filter::{self, Operator};
use super::{Call, Method};
use crate::wire::answer_v2::Refusal;
use crate::wire::lenient;
use crate::world::group::Group;
use crate::world::rights::is_admin;
use serde_json::Value;

const SCOPES: &[&str] = &["sonet_group"];
const SCOPES_API: &[&str] = &["socialnetwork", "sonet_group"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "sonet_group.get", scopes: SCOPES, run: get::get },
    Method { name: "sonet_group.create", scopes: SCOPES, run: change::create },
    Method { name: "sonet_group.update", scopes: SCOPES, run: change::update },
    Method { name: "sonet_group.delete", scopes: SCOPES, run: change::delete },
    Method { name: "sonet_group.setowner", scopes: SCOPES, run: change::set_owner },
    Method { name: "sonet_group.user.get", scopes: SCOPES, run: members::get },
    Method { name: "sonet_group.user.groups", scopes: SCOPES, run: members::groups },
    Method { name: "sonet_group.user.add", scopes: SCOPES, run: members::add },
    Method { name: "sonet_group.user.delete", scopes: SCOPES, run: members::delete },
    Method { name: "sonet_group.user.update", scopes: SCOPES, run: members::update },
    Method { name: "socialnetwork.api.workgroup.get", scopes: SCOPES_API, run: workgroup::get },
    Method { name: "socialnetwork.api.workgroup.list", scopes: SCOPES_API, run: workgroup::list },
];

/// A refusal in words alone.
fn refused(words: &str) -> Refusal {
    Refusal::new(400, "", words)
}

/// The group under `name`, which must be a number, and must be shown to the caller.
fn named<'a>(call: &'a Call<'_>, name: &str, wrong: &str) -> Result<&'a Group, Refusal> {
    let id = call.params.get(name).and_then(lenient::id);
    let id = id.ok_or_else(|| refused(wrong))?;
    let group = call.world.groups.get(&id);
    group
        .filter(|group| group.shows_to(call.caller) || is_admin(call.world, call.caller))
        .ok_or_else(|| refused("Socialnetwork group not found"))
}

/// Whether the caller runs the group: as its owner or a moderator, or as an administrator.
fn leads(call: &Call<'_>, group: &Group) -> bool {
    group.role(call.caller).is_some_and(crate::world::group::Role::leads) || is_admin(call.world, call.caller)
}

/// Whether a group passes a filter; unknown keys are ignored. Groups have three prefixes of their own.
fn passes(call: &Call<'_>, group: &Group, key: &str, value: &Value) -> bool {
    let (between, rest) = match key.strip_prefix("!><") {
        Some(rest) => (Some(false), rest),
        None => key.strip_prefix("><").map_or((None, key), |rest| (Some(true), rest)),
    };
    let (operator, name) = match rest.strip_prefix('?') {
        Some(name) => (Operator::Contains, name),
        None => filter::key(rest),
    };
    let Some(cell) = cell(group, &name.to_ascii_uppercase()) else {
        return true;
    };
    match (between, lenient::list(value).as_slice()) {
        (Some(inside), [from, to]) => {
            let within = filter::passes(Operator::GreaterOrEqual, &cell, from, call.zone)
                && filter::passes(Operator::LessOrEqual, &cell, to, call.zone);
            within == inside
        }
        _ => filter::passes(operator, &cell, value, call.zone),
    }
}

/// A field to filter and sort by.
fn cell(group: &Group, name: &str) -> Option<Cell> {
    Some(match name {
        "ID" => Cell::id(group.id),
        "NAME" => Cell::Text(group.name.clone()),
        "OWNER_ID" => Cell::id(group.owner()),
        "ACTIVE" => Cell::flag(true),
        "VISIBLE" => Cell::flag(group.visible),
        "OPENED" => Cell::flag(group.opened),
        "CLOSED" => Cell::flag(group.closed),
        "PROJECT" => Cell::flag(group.project),
        "IS_EXTRANET" => Cell::flag(false),
        "SUBJECT_ID" => Cell::Int(1),
        "SITE_ID" => Cell::Text("s1".to_owned()),
        "DATE_CREATE" => Cell::Moment(Some(group.created)),
        "DATE_UPDATE" | "DATE_ACTIVITY" => Cell::Moment(Some(group.updated)),
        _ => return None,
    })
}

/// The groups a caller sees, filtered and sorted. `admin` lifts the check for administrators who ask for it.
fn found<'a>(
    call: &'a Call<'_>,
    filter: &serde_json::Map<String, Value>,
    order: &serde_json::Map<String, Value>,
    admin: bool,
) -> Vec<&'a Group> {
    let everything = admin && is_admin(call.world, call.caller);
    let kept = |group: &&Group| {
        (everything || group.shows_to(call.caller))
            && filter.iter().all(|(key, value)| passes(call, group, key, value))
    };
    let mut found: Vec<&Group> = call.world.groups.values().filter(kept).collect();
    found.reverse();
    for (name, way) in order.iter().rev() {
        let name = name.to_ascii_uppercase();
        let down = lenient::text(way).is_some_and(|way| way.eq_ignore_ascii_case("desc"));
        found.sort_by(|a, b| {
            let order = match (cell(a, &name), cell(b, &name)) {
                (Some(a), Some(b)) => a.order(&b),
                _ => std::cmp::Ordering::Equal,
            };
            if down { order.reverse() } else { order }
        });
    }
    found
}
