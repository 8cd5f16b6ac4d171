//! The files of a task: what they are called. What opens them is never read: such addresses carry credentials.

use b24_model::{Method, effect::Read};
use b24_rest::{CallError, Reply, methods::attachment, wire};
use serde_json::{Map, Value, json};

use crate::{
    Refusal,
    record::{file::File, params},
};

/// The field that holds the ids of the attachments.
pub(super) const FIELD: &str = "UF_TASK_WEBDAV_FILES";
/// How many are told by name.
const MOST: usize = 40;

/// The ids of the attachments; a task without files has `false` there.
pub(super) fn ids(row: &Map<String, Value>) -> Vec<u64> {
    let held = row.get("ufTaskWebdavFiles").and_then(wire::rows);
    held.unwrap_or_default().into_iter().filter_map(wire::id).collect()
}

pub(super) fn calls(ids: &[u64]) -> Vec<(&'static Method<Read>, Map<String, Value>)> {
    ids.iter().take(MOST).map(|id| (&attachment::GET, params(json!({ "id": id })))).collect()
}

/// Every attachment, those that cannot be read by their id alone.
pub(super) fn read(
    ids: &[u64],
    replies: impl Iterator<Item = Result<Reply, CallError>>,
    missing: &mut Vec<String>,
) -> Vec<File> {
    let mut files: Vec<File> = ids.iter().map(|id| File { id: *id, ..File::default() }).collect();
    let mut failed: Vec<CallError> = Vec::new();
    for (file, reply) in files.iter_mut().zip(replies) {
        match reply {
            Ok(reply) => {
                if let Some(told) = reply.result.as_object().and_then(File::read) {
                    *file = told;
                }
            }
            Err(error) => failed.push(error),
        }
    }
    let count = failed.len();
    match failed.into_iter().next() {
        Some(CallError::ScopeMissing { .. }) => missing.push(
            "files: their names need the scope `disk`; ask the admin to tick it in the webhook's permissions"
                .into(),
        ),
        Some(error) => missing.push(format!(
            "files: {count} of {} could not be read: {}",
            ids.len(),
            Refusal::from(error)
        )),
        None => {}
    }
    if ids.len() > MOST {
        missing.push(format!("files: the first {MOST} of {} by name", ids.len()));
    }
    files
}
