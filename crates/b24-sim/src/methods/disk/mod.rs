//! `disk.*` as far as files of tasks need it. Reads answer numeric strings; what was just made has numbers. An
//! address to download from carries its own credential and works without a webhook.

mod download;
mod file;
mod folder;
mod storage;
mod upload;

pub(crate) use download::{File, download};
pub(crate) use upload::{FIELD as UPLOAD_FIELD, ticket as upload};

use super::{Call, Method};
use crate::wire::answer_v2::Refusal;
use crate::wire::lenient;

const SCOPES: &[&str] = &["disk"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "disk.storage.getlist", scopes: SCOPES, run: storage::list },
    Method { name: "disk.storage.get", scopes: SCOPES, run: storage::get },
    Method { name: "disk.storage.gettypes", scopes: SCOPES, run: storage::types },
    Method { name: "disk.storage.getchildren", scopes: SCOPES, run: folder::of_storage },
    Method { name: "disk.storage.uploadfile", scopes: SCOPES, run: upload::to_storage },
    Method { name: "disk.storage.addfolder", scopes: SCOPES, run: folder::add_to_storage },
    Method { name: "disk.folder.get", scopes: SCOPES, run: folder::get },
    Method { name: "disk.folder.getchildren", scopes: SCOPES, run: folder::of_folder },
    Method { name: "disk.folder.addsubfolder", scopes: SCOPES, run: folder::add_to_folder },
    Method { name: "disk.folder.uploadfile", scopes: SCOPES, run: upload::to_folder },
    Method { name: "disk.file.get", scopes: SCOPES, run: file::get },
    Method { name: "disk.file.delete", scopes: SCOPES, run: file::delete },
    Method { name: "disk.attachedobject.get", scopes: SCOPES, run: file::attached },
];

/// Where something lies or is put: a storage and a folder in it.
#[derive(Clone, Copy)]
struct Place {
    storage: u64,
    folder: u64,
}

/// The required `id`.
fn id(call: &Call<'_>) -> Result<u64, Refusal> {
    let id = call.params.get("id").filter(|id| !lenient::is_empty(id));
    let id =
        id.ok_or_else(|| Refusal::new(400, "ERROR_ARGUMENT", "Invalid value of parameter {Parameter #0}"))?;
    Ok(lenient::id(id).unwrap_or(0))
}

fn not_found(id: u64) -> Refusal {
    Refusal::new(400, "ERROR_NOT_FOUND", format!("Could not find entity with id `{id}`"))
}

fn denied() -> Refusal {
    Refusal::new(400, "ACCESS_DENIED", "Access denied")
}

/// The root of the storage under `id`, if the caller may enter.
fn in_storage(call: &Call<'_>) -> Result<Place, Refusal> {
    let id = id(call)?;
    let storage = call.world.storages.get(&id).ok_or_else(|| not_found(id))?;
    open(call, Place { storage: id, folder: storage.root() })
}

/// The folder under `id`, if the caller may enter.
fn in_folder(call: &Call<'_>) -> Result<Place, Refusal> {
    let id = id(call)?;
    let storage = match call.world.storage_of_root(id) {
        Some(storage) => storage.id,
        None => {
            let object = call.world.objects.get(&id);
            let folder = object.filter(|object| object.file.is_none());
            folder.ok_or_else(|| not_found(id))?.storage
        }
    };
    open(call, Place { storage, folder: id })
}

fn open(call: &Call<'_>, place: Place) -> Result<Place, Refusal> {
    if call.world.opens_storage(place.storage, call.caller) { Ok(place) } else { Err(denied()) }
}
