//! New files: put into the root of the acting person's own drive, as the portal's own forms do with what is dropped there.

use b24_rest::{CallError, FileRef, methods::disk, wire};
use jiff::ToSpan;
use serde_json::{Map, Value, json};

use super::source::NewFile;
use crate::{Code, Permit, Reader, Refusal, filter::WireFilter, record::params, tools::task::settle};

/// Portals and servers disagree about the time by less than this.
const SKEW_MINUTES: i64 = 5;
/// The most files that are compared, byte by byte, to find one that may have been uploaded.
const COMPARED: usize = 3;

/// The drive of the acting person.
pub(super) async fn own_drive(reader: &Reader) -> Result<u64, Refusal> {
    let acting = reader.acting();
    let own = WireFilter::of([("ENTITY_TYPE", "user".into()), ("ENTITY_ID", acting.into())]);
    let reply = reader.call(&disk::STORAGE_GETLIST, own.beside(json!({}))).await?;
    let rows = wire::rows(&reply.result).unwrap_or_default();
    let is_own = |row: &&Map<String, Value>| {
        row.get("ENTITY_TYPE").and_then(Value::as_str) == Some("user")
            && row.get("ENTITY_ID").and_then(wire::id) == Some(acting.get())
    };
    let own = rows.into_iter().filter_map(Value::as_object).find(is_own);
    own.and_then(|row| wire::id(row.get("ID")?)).ok_or_else(|| {
        Refusal::new(Code::ACTION_NOT_ALLOWED, "the acting person has no drive of their own to upload to")
            .hint("upload the file in the portal, then attach it with its `diskId`")
    })
}

/// Puts a file onto a drive, and says its id there and whether it was only found there afterwards.
///
/// A name that is taken gets a number: nothing that is there is replaced.
pub(super) async fn upload<E>(drive: u64, file: &NewFile, permit: &Permit<E>) -> Result<(u64, bool), Refusal>
where
    E: b24_model::effect::EffectKind
        + b24_model::effect::Covers<b24_model::effect::Write>
        + b24_model::effect::Covers<b24_model::effect::Read>,
{
    let asked = params(json!({
        "id": drive,
        "data": { "NAME": file.name },
        "fileContent": [file.name, file.base64()],
        "generateUniqueName": true,
    }));
    match permit.call(&disk::STORAGE_UPLOADFILE, asked).await {
        Err(error) if settle::is_open(&error) => {
            find(drive, file, error, &permit.reader()).await.map(|id| (id, true))
        }
        Err(error) => Err(refused(file, error)),
        Ok(reply) => {
            let id = reply.result.get("ID").and_then(wire::id).ok_or_else(|| {
                Refusal::new(Code::PORTAL_GARBLED, "the portal took the file, but did not say its id").hint(
                    "it lies on the person's drive: attach it with its `diskId`; do not upload it again before that",
                )
            })?;
            Ok((id, false))
        }
    }
}

/// The file that an unanswered upload made: new, of the acting person, and the same byte by byte.
async fn find(drive: u64, file: &NewFile, error: CallError, reader: &Reader) -> Result<u64, Refusal> {
    let since = reader.now().checked_sub(SKEW_MINUTES.minutes()).unwrap_or_else(|_| reader.now().clone());
    let recent = WireFilter::of([(">=CREATE_TIME", b24_model::moment::to_wire(&since).into())]);
    let asked = recent.beside(json!({ "id": drive, "order": { "ID": "DESC" } }));
    let Ok(reply) = reader.call(&disk::STORAGE_GETCHILDREN, asked).await else {
        return Err(error.into());
    };
    let Some(rows) = wire::rows(&reply.result) else { return Err(error.into()) };
    let is_alike = |row: &&Map<String, Value>| {
        let number = |name: &str| row.get(name).and_then(wire::int).and_then(|n| u64::try_from(n).ok());
        row.get("TYPE").and_then(Value::as_str) == Some("file")
            && number("SIZE") == Some(file.size())
            && number("CREATED_BY") == Some(reader.acting().get())
    };
    let alike = rows.into_iter().filter_map(Value::as_object).filter(is_alike);
    for id in alike.filter_map(|row| wire::id(row.get("ID")?)).take(COMPARED) {
        if is_same(FileRef::Drive(id), file, reader).await {
            return Ok(id);
        }
    }
    Err(Refusal::new(
        Code::WRITE_LOST,
        "the portal did not answer, and the file is not on the person's drive: nothing was attached",
    )
    .hint("call again to upload it"))
}

/// Whether a file of the portal has exactly these bytes. What cannot be read is not the same.
pub(super) async fn is_same(id: FileRef, file: &NewFile, reader: &Reader) -> bool {
    let Ok(remote) = reader.file(id).await else { return false };
    if remote.size().is_some_and(|size| size != file.size()) {
        return false;
    }
    let Ok(download) = reader.fetch(&remote, file.size()).await else { return false };
    download.whole().await.is_ok_and(|bytes| bytes == file.bytes)
}

fn refused(file: &NewFile, error: CallError) -> Refusal {
    let refusal = Refusal::from(error);
    match (refusal.code(), file.bytes.is_empty()) {
        ("ERROR_COULD_NOT_SAVE_FILE", true) => {
            refusal.hint("this portal does not take an empty file; nothing was attached")
        }
        ("ERROR_COULD_NOT_SAVE_FILE", false) => {
            refusal.hint("nothing was attached; the person's drive may be full")
        }
        ("ACCESS_DENIED", _) => {
            refusal.hint("nothing was attached; the acting person may not write to that drive")
        }
        _ => refusal,
    }
}
