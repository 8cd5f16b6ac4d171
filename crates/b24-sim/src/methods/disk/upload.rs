//! `disk.storage.uploadfile` and `disk.folder.uploadfile`, with the content in the call. A folder also tells an address
//! to send a form to, which holds a credential for this folder and this person alone and is as secret as a password.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use super::{Place, file, folder, in_folder, in_storage};
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::brackets;
use crate::wire::lenient;
use crate::world::World;
use crate::world::disk::{Content, Object};

pub(super) fn to_storage(call: &mut Call<'_>) -> Outcome {
    let place = in_storage(call)?;
    upload(call, place)
}

pub(super) fn to_folder(call: &mut Call<'_>) -> Outcome {
    let place = in_folder(call)?;
    if call.params.get("fileContent").is_none() {
        return Ok(json!({ "field": FIELD, "uploadUrl": url(call, place) }).into());
    }
    upload(call, place)
}

/// Where forms with a file are taken, beside the methods.
const PATH: &str = "/rest/upload.json";

/// The name of the part that holds the file.
pub(crate) const FIELD: &str = "file";

/// What an address to upload to allows.
pub(crate) struct Ticket {
    pub(crate) folder: u64,
    pub(crate) user: u64,
    /// Whether a name that is taken is changed instead of refused.
    pub(crate) unique: bool,
}

fn url(call: &Call<'_>, place: Place) -> String {
    let (folder, user, unique) = (place.folder, call.caller, call.params.yes("generateUniqueName"));
    let pass = call.world.upload_pass(folder, user, unique);
    let token = format!("disk%7C{folder}%7C{user}%7C{}", u8::from(unique));
    format!("{}{PATH}?auth={pass}&token={token}", call.world.origin)
}

/// What an address allows; `None` when the credential does not fit or the person is gone.
pub(crate) fn ticket(world: &World, path: &str, query: &str) -> Option<Ticket> {
    if path != PATH {
        return None;
    }
    let params = brackets::parse(query.as_bytes());
    let text = |name: &str| params.get(name).and_then(lenient::text);
    let token = text("token")?;
    let mut parts = token.split('|').skip(1).map(str::parse::<u64>);
    let (folder, user) = (parts.next()?.ok()?, parts.next()?.ok()?);
    let unique = parts.next()?.ok()? == 1;
    if world.upload_pass(folder, user, unique) != text("auth")? {
        return None;
    }
    world.users.get(&user).filter(|found| found.active)?;
    Some(Ticket { folder, user, unique })
}

fn upload(call: &mut Call<'_>, place: Place) -> Outcome {
    let data = call.params.array("data")?;
    let name = data.get("NAME").and_then(lenient::text).unwrap_or_default();
    if name.is_empty() {
        return Err(Refusal::new(
            400,
            "DISK_BASE_SERVICE_22001",
            "Error: required parameter NAME (DISK_BASE_SERVICE_22001)",
        ));
    }
    let content = content(call).ok_or_else(not_saved)?;
    let name = match folder::taken(call, place, &name) {
        false => name,
        true if call.params.yes("generateUniqueName") => free(call, place, &name),
        true => return Err(not_saved()),
    };
    let id = call.world.store(Object {
        id: 0,
        storage: place.storage,
        parent: place.folder,
        name,
        created_by: call.caller,
        created: call.now,
        updated: call.now,
        file: Some(content),
    });
    let object = &call.world.objects[&id];
    Ok(file::row(call, object, file::Ids::Number).into())
}

/// `["name", "base64"]`, or the base64 alone.
fn content(call: &Call<'_>) -> Option<Content> {
    let given = call.params.get("fileContent")?;
    let text = lenient::list(given).pop().and_then(lenient::text)?;
    let bytes = STANDARD.decode(text.trim()).ok()?;
    Some(Content { base64: text.trim().to_owned(), size: bytes.len() as u64, version: 1 })
}

/// `a.txt` becomes `a (1).txt`.
fn free(call: &Call<'_>, place: Place, name: &str) -> String {
    let (stem, ending) = match name.rsplit_once('.') {
        Some((stem, ending)) => (stem, format!(".{ending}")),
        None => (name, String::new()),
    };
    let mut names = (1..).map(|number: u32| format!("{stem} ({number}){ending}"));
    names.find(|name| !folder::taken(call, place, name)).unwrap_or_default()
}

fn not_saved() -> Refusal {
    Refusal::new(400, "ERROR_COULD_NOT_SAVE_FILE", "Could not save file")
}
