//! What lies in a storage or a folder, and new folders.

use serde_json::{Value, json};

use super::{Place, file, in_folder, in_storage};
use crate::methods::Call;
use crate::methods::query::cell::Cell;
use crate::methods::query::{filter, page};
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::disk::Object;
use crate::world::moment;

pub(super) fn of_storage(call: &mut Call<'_>) -> Outcome {
    let place = in_storage(call)?;
    children(call, place)
}

pub(super) fn of_folder(call: &mut Call<'_>) -> Outcome {
    let place = in_folder(call)?;
    children(call, place)
}

fn children(call: &Call<'_>, place: Place) -> Outcome {
    let wanted = call.params.array("filter")?;
    let kept = |object: &&Object| {
        object.parent == place.folder
            && wanted.iter().all(|(key, value)| {
                let (operator, name) = filter::key(key);
                cell(object, name).is_none_or(|cell| filter::passes(operator, &cell, value, call.zone))
            })
    };
    let found: Vec<&Object> = call.world.objects.values().filter(kept).collect();
    let page = page::cut(call, found);
    let rows = page.rows.iter().map(|object| any(call, object)).collect();
    Ok(page.answer(rows))
}

fn cell(object: &Object, name: &str) -> Option<Cell> {
    Some(match name {
        "ID" => Cell::id(object.id),
        "NAME" => Cell::Text(object.name.clone()),
        "TYPE" => Cell::Text(if object.file.is_some() { "file" } else { "folder" }.to_owned()),
        "CREATED_BY" => Cell::id(object.created_by),
        "CREATE_TIME" => Cell::Moment(Some(object.created)),
        "UPDATE_TIME" => Cell::Moment(Some(object.updated)),
        _ => return None,
    })
}

fn any(call: &Call<'_>, object: &Object) -> Value {
    if object.file.is_some() { file::row(call, object, file::Ids::Text) } else { row(call, object) }
}

/// A folder; the root of a storage is one too, though it is no object.
pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let place = in_folder(call)?;
    let root = || Object {
        id: place.folder,
        storage: place.storage,
        parent: 0,
        name: "Root".to_owned(),
        created_by: call.caller,
        created: call.now,
        updated: call.now,
        file: None,
    };
    let object = call.world.objects.get(&place.folder).cloned().unwrap_or_else(root);
    Ok(row(call, &object).into())
}

pub(super) fn add_to_storage(call: &mut Call<'_>) -> Outcome {
    let place = in_storage(call)?;
    add(call, place)
}

pub(super) fn add_to_folder(call: &mut Call<'_>) -> Outcome {
    let place = in_folder(call)?;
    add(call, place)
}

fn add(call: &mut Call<'_>, place: Place) -> Outcome {
    let data = call.params.array("data")?;
    let name = data.get("NAME").and_then(lenient::text).unwrap_or_default();
    if name.is_empty() {
        return Err(Refusal::new(400, "ERROR_ARGUMENT", "Invalid value of parameter {Parameter #1}"));
    }
    if taken(call, place, &name) {
        return Err(Refusal::new(
            400,
            "DISK_OBJ_22000",
            "An object with this name already exists (DISK_OBJ_22000)",
        ));
    }
    let id = call.world.store(Object {
        id: 0,
        storage: place.storage,
        parent: place.folder,
        name,
        created_by: call.caller,
        created: call.now,
        updated: call.now,
        file: None,
    });
    let object = &call.world.objects[&id];
    Ok(row(call, object).into())
}

/// Whether the folder holds something of this name.
pub(super) fn taken(call: &Call<'_>, place: Place, name: &str) -> bool {
    let mut objects = call.world.objects.values();
    objects.any(|object| object.parent == place.folder && object.name == name)
}

fn row(call: &Call<'_>, object: &Object) -> Value {
    json!({
        "ID": object.id.to_string(),
        "NAME": object.name,
        "CODE": null,
        "STORAGE_ID": object.storage.to_string(),
        "TYPE": "folder",
        "REAL_OBJECT_ID": object.id.to_string(),
        "PARENT_ID": object.parent.to_string(),
        "DELETED_TYPE": "0",
        "CREATE_TIME": moment::iso(object.created, call.zone),
        "UPDATE_TIME": moment::iso(object.updated, call.zone),
        "DELETE_TIME": null,
        "CREATED_BY": object.created_by.to_string(),
        "UPDATED_BY": object.created_by.to_string(),
        "DELETED_BY": "0",
        "DETAIL_URL": format!("{}/company/personal/user/{}/disk/path/{}", call.world.origin, call.caller, object.name),
    })
}
