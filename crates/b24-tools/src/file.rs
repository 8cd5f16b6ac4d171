//! Files that hang on tasks, as everybody outside a tool sees them: by an address of ours, never by a link of the portal.

mod links;
pub(crate) mod media;
pub(crate) mod name;
mod open;

pub use links::{LinkDesk, OneUse};
pub use open::{OpenFile, open_file};
pub(crate) use open::{too_large, unfetched};

use std::{fmt, str::FromStr};

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

/// The text is not the address of a file of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the address of a file is b24://task/{{taskId}}/file/{{fileId}}")]
pub struct NotAFile;

impl FromStr for FileOnTask {
    type Err = NotAFile;

    fn from_str(text: &str) -> Result<Self, NotAFile> {
        let (task, file) =
            text.strip_prefix("b24://task/").and_then(|rest| rest.split_once("/file/")).ok_or(NotAFile)?;
        let (task, file) = (task.parse().map_err(|_| NotAFile)?, file.parse().map_err(|_| NotAFile)?);
        Ok(Self { task, file })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_it_is_written_and_nothing_else_is_one() {
        let uri = "b24://task/12/file/34";
        assert_eq!(uri.parse::<FileOnTask>().map(|file| file.to_string()).as_deref(), Ok(uri));
        for other in [
            "",
            "b24://task/12",
            "b24://task/12/file/",
            "b24://task/12/file/0",
            "b24://task/-1/file/3",
            "b24://task/12/file/34/",
            "b24://task/12/file/34?x",
            "b24://task/12/file/../34",
            "B24://task/12/file/34",
        ] {
            assert_eq!(other.parse::<FileOnTask>(), Err(NotAFile), "{other}");
        }
    }
}
