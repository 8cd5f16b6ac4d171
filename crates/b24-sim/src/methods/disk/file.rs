//! `disk.file.get`, `.delete`, `disk.attachedObject.get`, and a file as an answer.

use serde_json::{Value, json};

use super::{denied, download, id, not_found};
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::world::disk::Object;
use crate::world::moment;

/// How the few ids of a file are written that differ between a read and a fresh upload.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ids {
    Text,
    Number,
}

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let id = id(call)?;
    let object = found(call, id)?;
    Ok(row(call, object, Ids::Text).into())
}

/// For good, attachments included.
pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let id = id(call)?;
    let storage = found(call, id)?.storage;
    if !call.world.opens_storage(storage, call.caller) {
        return Err(denied());
    }
    call.world.objects.remove(&id);
    call.world.attached.retain(|_, attached| attached.object != id);
    Ok(json!(true).into())
}

pub(super) fn attached(call: &mut Call<'_>) -> Outcome {
    let id = id(call)?;
    let attached = call.world.attached.get(&id).ok_or_else(|| not_found(id))?;
    let object = found(call, attached.object)?;
    Ok(json!({
        "ID": attached.id.to_string(),
        "OBJECT_ID": attached.object.to_string(),
        "MODULE_ID": "tasks",
        "ENTITY_TYPE": "tasks_task",
        "ENTITY_ID": attached.task.to_string(),
        "CREATE_TIME": moment::iso(attached.at, call.zone),
        "CREATED_BY": attached.by.to_string(),
        "DOWNLOAD_URL": download::attached_url(call, attached.id),
        "NAME": object.name,
        "SIZE": object.file.as_ref().map_or(0, |file| file.size).to_string(),
    })
    .into())
}

fn found<'a>(call: &'a Call<'_>, id: u64) -> Result<&'a Object, Refusal> {
    let known = call.world.objects.get(&id).is_some_and(|object| object.file.is_some());
    if !known {
        return Err(not_found(id));
    }
    call.world.readable_file(id, call.caller).ok_or_else(denied)
}

pub(super) fn row(call: &Call<'_>, object: &Object, ids: Ids) -> Value {
    let id = |id: u64| match ids {
        Ids::Text => json!(id.to_string()),
        Ids::Number => json!(id),
    };
    let (size, version) = object.file.as_ref().map_or((0, 0), |file| (file.size, file.version));
    json!({
        "ID": id(object.id),
        "NAME": object.name,
        "CODE": null,
        "STORAGE_ID": object.storage.to_string(),
        "TYPE": "file",
        "PARENT_ID": object.parent.to_string(),
        "DELETED_TYPE": id(0),
        "GLOBAL_CONTENT_VERSION": id(version),
        // The number of the bytes themselves, which is not the number of the file on the drive.
        "FILE_ID": id(30_000 + object.id),
        "SIZE": size.to_string(),
        "CREATE_TIME": moment::iso(object.created, call.zone),
        "UPDATE_TIME": moment::iso(object.updated, call.zone),
        "DELETE_TIME": null,
        "CREATED_BY": object.created_by.to_string(),
        "UPDATED_BY": object.created_by.to_string(),
        "DELETED_BY": if ids == Ids::Text { json!("0") } else { Value::Null },
        "DOWNLOAD_URL": download::url(call, object),
        "DETAIL_URL": format!("{}/company/personal/user/{}/disk/file/{}", call.world.origin, object.created_by, object.name),
    })
}
