//! The address of a file, on the drive or attached to a task. It holds a credential for this file and this person
//! alone, so it is as secret as a password, and it opens the file without a webhook.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use crate::methods::Call;
use crate::wire::brackets;
use crate::wire::lenient;
use crate::world::World;
use crate::world::disk::Object;

/// Where files of the drive are served, beside the methods.
const PATH: &str = "/rest/download.json";
/// Where attached files are served, beside the REST API.
const ATTACHED_PATH: &str = "/bitrix/tools/disk/uf.php";

/// The address of a file for the caller.
pub(super) fn url(call: &Call<'_>, object: &Object) -> String {
    let pass = call.world.pass(object.id, call.caller);
    format!("{}{PATH}?auth={pass}&token=disk%7C{}%7C{}", call.world.origin, object.id, call.caller)
}

/// The address of an attached file for the caller. The portal writes the brackets as they are.
pub(super) fn attached_url(call: &Call<'_>, attached: u64) -> String {
    let (origin, caller) = (&call.world.origin, call.caller);
    let pass = call.world.attached_pass(attached, caller);
    format!(
        "{origin}{ATTACHED_PATH}?attachedId={attached}&auth[auth]={pass}{caller:08x}&action=download&ncc=1"
    )
}

/// A file behind an address.
pub(crate) struct File {
    /// The person the address was made for.
    pub(crate) user: u64,
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
}

/// What is behind an address; `None` when the credential does not fit or the file is gone.
pub(crate) fn download(world: &World, path: &str, query: &str) -> Option<File> {
    let params = brackets::parse(query.as_bytes());
    let (id, user) = match path {
        PATH => on_drive(world, &params),
        ATTACHED_PATH => on_task(world, &params),
        _ => None,
    }?;
    let object = world.readable_file(id, user)?;
    let bytes = STANDARD.decode(&object.file.as_ref()?.base64).ok()?;
    Some(File { user, name: object.name.clone(), bytes })
}

fn on_drive(world: &World, params: &Map<String, Value>) -> Option<(u64, u64)> {
    let text = |name: &str| params.get(name).and_then(lenient::text);
    let token = text("token")?;
    let mut parts = token.split('|').skip(1).map(str::parse::<u64>);
    let (id, user) = (parts.next()?.ok()?, parts.next()?.ok()?);
    (world.pass(id, user) == text("auth")?).then_some((id, user))
}

fn on_task(world: &World, params: &Map<String, Value>) -> Option<(u64, u64)> {
    let attached = world.attached.get(&params.get("attachedId").and_then(lenient::id)?)?;
    let auth = params.get("auth")?.get("auth").and_then(lenient::text)?;
    let (pass, user) = auth.split_at_checked(auth.len().checked_sub(8)?)?;
    let user = u64::from_str_radix(user, 16).ok()?;
    let action = params.get("action").and_then(lenient::text)?;
    let is_right = action == "download" && world.attached_pass(attached.id, user) == pass;
    is_right.then_some((attached.object, user))
}
