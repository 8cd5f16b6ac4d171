//! The address of a file. It holds a credential for this file and this person alone, so it is as secret as a
//! password, and it opens the file without a webhook.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::methods::Call;
use crate::wire::brackets;
use crate::wire::lenient;
use crate::world::World;
use crate::world::disk::Object;

/// Where downloads are served, beside the methods.
const PATH: &str = "/rest/download.json";

/// The address of a file for the caller.
pub(super) fn url(call: &Call<'_>, object: &Object) -> String {
    let pass = call.world.pass(object.id, call.caller);
    format!("{}{PATH}?auth={pass}&token=disk%7C{}%7C{}", call.world.origin, object.id, call.caller)
}

/// The name and the bytes behind an address; `None` when the credential does not fit or the file is gone.
pub(crate) fn download(world: &World, path: &str, query: &str) -> Option<(String, Vec<u8>)> {
    if path != PATH {
        return None;
    }
    let params = brackets::parse(query.as_bytes());
    let text = |name: &str| params.get(name).and_then(lenient::text);
    let token = text("token")?;
    let mut parts = token.split('|').skip(1).map(str::parse::<u64>);
    let (id, user) = (parts.next()?.ok()?, parts.next()?.ok()?);
    if world.pass(id, user) != text("auth")? {
        return None;
    }
    let object = world.readable_file(id, user)?;
    let bytes = STANDARD.decode(&object.file.as_ref()?.base64).ok()?;
    Some((object.name.clone(), bytes))
}
