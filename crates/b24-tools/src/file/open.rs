//! A file for whoever reads more than an answer holds: a resource, or a link of ours.
//!
//! It passes the gates of the tool that tells of the file, and is recorded like a call of it: what the policy forbids
//! there is forbidden here.

use b24_rest::{CallError, Download};

use super::{FileOnTask, MOST_FILE_BYTES, media, name};
use crate::{
    Catalogue, Code, Outcome, Reader, Refusal, Visit, gate::admit::admit, tools::task::file::attached,
};

/// The tool whose gates a file passes.
const GATE: &str = "b24_task_file_get";

/// A file that is on its way to a caller.
#[derive(Debug)]
pub struct OpenFile {
    /// Its name, safe for a folder.
    pub name: String,
    /// Its media type, from a list of harmless ones.
    pub media_type: &'static str,
    /// Its bytes: no more than [`MOST_FILE_BYTES`].
    pub download: Download,
    /// How many REST calls were made.
    pub calls: u32,
}

/// Opens a file that hangs on a task, for a visitor who may read that task.
pub async fn open_file(
    catalogue: &Catalogue,
    visit: Visit<'_>,
    file: FileOnTask,
) -> Result<OpenFile, Refusal> {
    let found = catalogue.find(GATE).map_err(|unknown| Refusal::internal(&unknown))?;
    let reader = admit(found.tool, &visit)?.read().await?;
    let opened = open(file, &reader).await;
    let code = opened.as_ref().err().map_or("ok", Refusal::code);
    visit.recorder.outcome(Outcome { intent: None, code, calls: reader.calls() }).await;
    opened
}

async fn open(wanted: FileOnTask, reader: &Reader) -> Result<OpenFile, Refusal> {
    let file = attached::open(wanted, reader).await?;
    let name =
        file.name().as_deref().and_then(name::clean).unwrap_or_else(|| format!("file-{}", wanted.file));
    let download = reader.fetch(&file, MOST_FILE_BYTES).await.map_err(unfetched)?;
    Ok(OpenFile { media_type: media::of_name(&name), name, download, calls: reader.calls() })
}

/// The refusal for a file that could not be fetched.
pub(crate) fn unfetched(error: CallError) -> Refusal {
    match error {
        CallError::TooLarge { .. } => too_large(),
        error => error.into(),
    }
}

/// The refusal for a file that is longer than any that goes in or out.
pub(crate) fn too_large() -> Refusal {
    Refusal::new(
        Code::FILE_TOO_LARGE,
        format!(
            "the file is larger than 10 MB ({MOST_FILE_BYTES} bytes), the most that goes through this server"
        ),
    )
    .hint("tell the person to open the task in the portal and take the file there")
}
