//! `disk.storage.getlist`, `.get`, `.gettypes`.

use serde_json::{Value, json};

use super::{denied, id, not_found};
use crate::methods::Call;
use crate::methods::query::cell::Cell;
use crate::methods::query::{filter, page};
use crate::wire::answer_v2::Outcome;
use crate::world::disk::{Owner, Storage};

/// The drives the caller may enter.
pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let wanted = call.params.array("filter")?;
    let kept = |storage: &&Storage| {
        call.world.opens_storage(storage.id, call.caller)
            && wanted.iter().all(|(key, value)| {
                let (operator, name) = filter::key(key);
                cell(call, storage, name).is_none_or(|cell| filter::passes(operator, &cell, value, call.zone))
            })
    };
    let found: Vec<&Storage> = call.world.storages.values().filter(kept).collect();
    let page = page::cut(call, found);
    let rows = page.rows.iter().map(|storage| row(call, storage)).collect();
    Ok(page.answer(rows))
}

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let id = id(call)?;
    let storage = call.world.storages.get(&id).ok_or_else(|| not_found(id))?;
    if !call.world.opens_storage(id, call.caller) {
        return Err(denied());
    }
    Ok(row(call, storage).into())
}

pub(super) fn types(_: &mut Call<'_>) -> Outcome {
    Ok(json!(["user", "common", "group"]).into())
}

fn cell(call: &Call<'_>, storage: &Storage, name: &str) -> Option<Cell> {
    Some(match name {
        "ID" => Cell::id(storage.id),
        "NAME" => Cell::Text(title(call, storage)),
        "MODULE_ID" => Cell::Text("disk".to_owned()),
        "ENTITY_TYPE" => Cell::Text(owner(storage).0.to_owned()),
        "ENTITY_ID" => Cell::Text(owner(storage).1),
        "ROOT_OBJECT_ID" => Cell::id(storage.root()),
        _ => return None,
    })
}

fn owner(storage: &Storage) -> (&'static str, String) {
    match storage.owner {
        Owner::User(user) => ("user", user.to_string()),
        Owner::Group(group) => ("group", group.to_string()),
        Owner::Company => ("common", "shared_files_s1".to_owned()),
    }
}

fn title(call: &Call<'_>, storage: &Storage) -> String {
    match storage.owner {
        Owner::User(user) => call.world.users.get(&user).map(crate::world::people::User::full_name),
        Owner::Group(group) => call.world.groups.get(&group).map(|group| group.name.clone()),
        Owner::Company => Some("Shared drive".to_owned()),
    }
    .unwrap_or_default()
}

fn row(call: &Call<'_>, storage: &Storage) -> Value {
    let (kind, entity) = owner(storage);
    json!({
        "ID": storage.id.to_string(),
        "NAME": title(call, storage),
        "CODE": null,
        "MODULE_ID": "disk",
        "ENTITY_TYPE": kind,
        "ENTITY_ID": entity,
        "ROOT_OBJECT_ID": storage.root().to_string(),
    })
}
