//! `socialnetwork.api.workgroup.get` (UPPERCASE, numbers) and `.list` (lowerCamel, strings).

use serde_json::{Map, Value, json};

use super::found;
use crate::methods::Call;
use crate::methods::query::page;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::wire::params::as_map;
use crate::world::group::{Group, Role};
use crate::world::moment;

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let params = call.params.array("params")?;
    let Some(id) = params.get("groupId").and_then(lenient::id) else {
        return Err(Refusal::new(
            400,
            "SONET_CONTROLLER_WORKGROUP_EMPTY",
            "No value for the workgroup ID was provided.",
        ));
    };
    let group = call.world.groups.get(&id);
    let group = group.filter(|group| {
        group.shows_to(call.caller) || crate::world::rights::is_admin(call.world, call.caller)
    });
    match group {
        Some(group) => Ok(whole(call, group).into()),
        None => Err(Refusal::new(400, "SONET_CONTROLLER_WORKGROUP_NOT_FOUND", "Workgroup not found.")),
    }
}

fn whole(call: &Call<'_>, group: &Group) -> Value {
    let flag = |yes: bool| if yes { "Y" } else { "N" };
    let date = |at| call.local(at);
    let of = |role: Role| -> Vec<u64> {
        let members = group.members.iter().filter(|(_, own)| *own == role);
        members.map(|(user, _)| *user).collect()
    };
    let tags: Vec<&str> = group.keywords.split(',').map(str::trim).filter(|tag| !tag.is_empty()).collect();
    json!({
        "ID": group.id,
        "ACTIVE": "Y",
        "SITE_ID": "s1",
        "SUBJECT_ID": 1,
        "NAME": group.name,
        "DESCRIPTION": group.description,
        "KEYWORDS": group.keywords,
        "CLOSED": flag(group.closed),
        "VISIBLE": flag(group.visible),
        "OPENED": flag(group.opened),
        "DATE_CREATE": date(group.created),
        "DATE_UPDATE": date(group.updated),
        "DATE_ACTIVITY": date(group.updated),
        "IMAGE_ID": 0,
        "AVATAR_TYPE": "folder",
        "OWNER_ID": group.owner(),
        "INITIATE_PERMS": group.initiate,
        "NUMBER_OF_MEMBERS": group.members.len(),
        "NUMBER_OF_MODERATORS": group.members.iter().filter(|(_, role)| role.leads()).count(),
        "PROJECT": flag(group.project),
        "PROJECT_DATE_START": group.starts.map(date),
        "PROJECT_DATE_FINISH": group.ends.map(date),
        "SEARCH_INDEX": format!("{} {}", group.name, group.description).trim(),
        "LANDING": "N",
        "SCRUM_OWNER_ID": 0,
        "SCRUM_SPRINT_DURATION": 0,
        "SCRUM_TASK_RESPONSIBLE": "",
        "TYPE": kind(group),
        "MEMBERS": group.members.iter().map(|(user, _)| *user).collect::<Vec<_>>(),
        "CHAT_ID": 0,
        "DIALOG_ID": "",
        "ORDINARY_MEMBERS": of(Role::Member),
        "INVITED_MEMBERS": [],
        "MODERATOR_MEMBERS": of(Role::Moderator),
        "SITE_IDS": ["s1"],
        "TAGS": tags,
        "DEPARTMENTS": [],
        "NUMBER_OF_MEMBERS_PLURAL": 0,
    })
}

pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let (filter, order) = (call.params.array("filter")?, call.params.array("order")?);
    let admin = call.params.array("params")?.get("IS_ADMIN").is_some_and(lenient::yes);
    let select: Vec<String> = call
        .params
        .get("select")
        .and_then(as_map)
        .unwrap_or_default()
        .values()
        .filter_map(lenient::text)
        .collect();
    let page = page::cut(call, found(call, &filter, &order, admin));
    let rows: Vec<Value> = page.rows.iter().map(|group| row(call, group, &select)).collect();
    Ok(page.answer(json!({ "workgroups": rows })))
}

/// `id` always comes; the rest when it is named.
fn row(call: &Call<'_>, group: &Group, select: &[String]) -> Value {
    let flag = |yes: bool| if yes { "Y" } else { "N" };
    let all = json!({
        "id": group.id.to_string(),
        "active": "Y",
        "subjectId": "1",
        "name": group.name,
        "description": group.description,
        "keywords": group.keywords,
        "closed": flag(group.closed),
        "visible": flag(group.visible),
        "opened": flag(group.opened),
        "project": flag(group.project),
        "landing": "N",
        "dateCreate": moment::iso(group.created, call.zone),
        "dateUpdate": moment::iso(group.updated, call.zone),
        "dateActivity": moment::iso(group.updated, call.zone),
        "imageId": null,
        "avatarType": null,
        "ownerId": group.owner().to_string(),
        "numberOfMembers": group.members.len().to_string(),
        "type": kind(group),
    });
    let asked = |name: &str| {
        name == "id" || select.iter().any(|own| own == "*" || own.replace('_', "").eq_ignore_ascii_case(name))
    };
    let all = all.as_object().cloned().unwrap_or_default();
    let kept: Map<String, Value> = all.into_iter().filter(|(name, _)| asked(name)).collect();
    Value::Object(kept)
}

fn kind(group: &Group) -> &'static str {
    if group.project { "project" } else { "group" }
}
