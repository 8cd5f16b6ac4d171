//! `app.info`, `feature.get`, `access.name`, `user.access`: what the portal and the caller are allowed.

use serde_json::{Map, Value, json};

use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::rights::is_admin;

/// A webhook is no application.
pub(super) fn application(_: &mut Call<'_>) -> Outcome {
    Err(Refusal::new(400, "ACCESS_DENIED", "Access denied! Application context required"))
}

/// The plan of the box has everything, except what nobody has heard of.
pub(super) fn feature(call: &mut Call<'_>) -> Outcome {
    let code = call.params.text("CODE").unwrap_or_default();
    if code.is_empty() {
        return Err(Refusal::new(400, "CODE_EMPTY", "CODE can't be empty"));
    }
    let known = ["rest_auth_connector", "rest_offline_extended"].contains(&code.as_str());
    Ok(json!({ "value": if known { "Y" } else { "N" } }).into())
}

/// Whether the caller has any of the given codes.
pub(super) fn user(call: &mut Call<'_>) -> Outcome {
    let codes = call.params.get("ACCESS").map(lenient::list).unwrap_or_default();
    let own = own_codes(call);
    let has = codes.into_iter().filter_map(lenient::text).any(|code| own.contains(&code));
    Ok(json!(has).into())
}

fn own_codes(call: &Call<'_>) -> Vec<String> {
    let mut codes = vec!["AU".to_owned(), "G2".to_owned(), format!("U{}", call.caller)];
    if is_admin(call.world, call.caller) {
        codes.push("G1".to_owned());
    }
    let user = call.world.users.get(&call.caller);
    for department in user.iter().flat_map(|user| &user.departments) {
        codes.extend([format!("D{department}"), format!("DR{department}")]);
    }
    let groups = call.world.groups.values().filter_map(|group| Some((group.id, group.role(call.caller)?)));
    for (id, role) in groups {
        codes.extend([format!("SG{id}"), format!("SG{id}_{}", role.letter())]);
    }
    codes
}

/// Names of access codes; `false` when none of them is known.
pub(super) fn names(call: &mut Call<'_>) -> Outcome {
    let codes = call.params.get("ACCESS").map(lenient::list).unwrap_or_default();
    let mut rows = Map::new();
    for code in codes.into_iter().filter_map(lenient::text) {
        if let Some((provider, name)) = name(call, &code) {
            let kind = if provider.is_empty() { "other" } else { "intranet" };
            rows.insert(code, json!({ "provider": provider, "name": name, "provider_id": kind }));
        }
    }
    Ok(if rows.is_empty() { json!(false) } else { Value::Object(rows) }.into())
}

fn name(call: &Call<'_>, code: &str) -> Option<(&'static str, String)> {
    let id = |prefix: &str| code.strip_prefix(prefix).and_then(|digits| digits.parse::<u64>().ok());
    let world = &*call.world;
    match code {
        "AU" => return Some(("", "All authorized users".to_owned())),
        "G2" => return Some(("", "All visitors".to_owned())),
        "G1" => return Some(("", "Administrators".to_owned())),
        _ => {}
    }
    if let Some(group) = id("SG").and_then(|id| world.groups.get(&id)) {
        return Some(("Workgroup", group.name.clone()));
    }
    if let Some(user) = id("U").and_then(|id| world.users.get(&id)) {
        return Some(("", user.full_name()));
    }
    let department = id("DR").or_else(|| id("D"));
    department
        .and_then(|id| world.departments.get(&id))
        .map(|department| ("Department", department.name.clone()))
}
