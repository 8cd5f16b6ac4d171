//! `b24://task/{taskId}/file/{fileId}`: a file that hangs on a task, byte by byte.

use std::time::Duration;

use b24_model::{FileId, TaskId};

use super::{Read, Resource};
use crate::{complete::Completes, file::FileOnTask};

pub(super) static RESOURCE: Resource = Resource {
    uri: "b24://task/{taskId}/file/{fileId}",
    name: "task-file",
    title: "A file of a task",
    description: "One file attached to a task, of up to 10 MB; both ids are told by b24_task_file_list.",
    mime: None,
    // Who may read it now may not tomorrow.
    fresh: Duration::ZERO,
    needs: "b24_task_file_get",
    completes: &[Completes::TaskId, Completes::Nothing],
    read: Read::File(|ids| {
        let [task, file] = ids else { return None };
        Some(FileOnTask { task: TaskId::new(*task).ok()?, file: FileId::new(*file).ok()? })
    }),
};
