//! Files that hang on tasks, as everybody outside a tool sees them: by an address of ours, never by a link of the portal.

mod links;
pub(crate) mod media;
pub(crate) mod name;
mod open;

pub use links::{LinkDesk, OneUse};
pub use open::{OpenFile, open_file};
pub(crate) use open::{too_large, unfetched};

use std::fmt;

use b24_model::{FileId, TaskId};

/// The most bytes of a file that go in or out: 10 MiB.
pub const MOST_FILE_BYTES: u64 = 10 * 1024 * 1024;

/// A file and the task it hangs on. Written as `b24://task/{taskId}/file/{fileId}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FileOnTask {
    /// The task.
    pub task: TaskId,
    /// The attachment.
    pub file: FileId,
}

impl fmt::Display for FileOnTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b24://task/{}/file/{}", self.task, self.file)
    }
}
