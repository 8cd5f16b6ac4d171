//! Which files hang on a task. A file is looked for among those of the task, never by its id alone: whoever may not read
//! the task learns nothing of its files.

use b24_model::{FileId, TaskId};
use b24_rest::{FileRef, RemoteFile, methods::attachment, wire};
use serde_json::{Map, Value, json};

use crate::{
    Code, Reader, Refusal, Target,
    file::FileOnTask,
    record::{file::File, params},
    tools::task::lookup,
};

/// The field of a task that holds its files. On reading: the ids of attachments.
pub(super) const FIELD: &str = "UF_TASK_WEBDAV_FILES";
const READ_FIELD: &str = "ufTaskWebdavFiles";

/// A task and the ids of its files.
#[derive(Default)]
pub(super) struct OnTask {
    pub(super) task: Map<String, Value>,
    pub(super) ids: Vec<FileId>,
}

/// Reads a task and the ids of its files.
pub(super) async fn on_task(task: TaskId, reader: &Reader) -> Result<OnTask, Refusal> {
    let row = lookup::one(task, &lookup::fields(&["ID", "TITLE", FIELD]), reader).await?;
    let ids = ids(&row).ok_or_else(|| {
        Refusal::new(Code::PORTAL_GARBLED, format!("the portal did not say which files task {task} has"))
            .hint("nothing was done; try again, then tell the admin")
    })?;
    Ok(OnTask { task: row, ids })
}

/// The ids. A field that is not there at all is not an empty one: whoever rewrites the list would empty it.
fn ids(row: &Map<String, Value>) -> Option<Vec<FileId>> {
    match row.get(READ_FIELD)? {
        Value::Null | Value::Bool(false) => Some(Vec::new()),
        Value::String(text) if text.is_empty() => Some(Vec::new()),
        list => {
            let id = |value: &Value| FileId::new(wire::id(value)?).ok();
            wire::rows(list)?.into_iter().map(id).collect()
        }
    }
}

/// What the portal says about files, in order, each with its own failure.
pub(super) async fn describe(ids: &[FileId], reader: &Reader) -> Vec<Result<File, Refusal>> {
    let asked = ids.iter().map(|id| params(json!({ "id": id }))).collect();
    let replies = reader.each(&attachment::GET, asked).await;
    let read = |reply: Result<b24_rest::Reply, _>| {
        let reply = reply.map_err(Refusal::from)?;
        wire::map(&reply.result).and_then(File::read).ok_or_else(|| {
            Refusal::new(Code::PORTAL_GARBLED, "what the portal says about the file cannot be read")
        })
    };
    replies.into_iter().map(read).collect()
}

/// The file itself, when it hangs on that task and the acting person may read the task.
pub(crate) async fn open(wanted: FileOnTask, reader: &Reader) -> Result<RemoteFile, Refusal> {
    let on_task = on_task(wanted.task, reader).await?;
    if !on_task.ids.contains(&wanted.file) {
        return Err(stranger(wanted.task, wanted.file));
    }
    Ok(reader.file(FileRef::Attached(wanted.file.get())).await?)
}

/// A file that does not hang on the task.
pub(super) fn stranger(task: TaskId, file: FileId) -> Refusal {
    Refusal::new(Code::NOT_FOUND, format!("task {task} has no file {file}"))
        .hint("list its files with `b24_task_file_list`; `fileId` is their `id`, not their `diskId`")
}

/// How a file is named in a plan.
pub(super) fn target(id: FileId, name: Option<String>) -> Target {
    Target { kind: "file", id: id.get(), name }
}
