//! Results of a task: what was achieved, in words.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::World;

/// A result, written by itself or made of a comment or of a chat message.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct TaskResult {
    pub(crate) id: u64,
    pub(crate) task: u64,
    pub(crate) author: u64,
    pub(crate) text: String,
    pub(crate) created: Timestamp,
    pub(crate) updated: Option<Timestamp>,
    /// A result is closed when its task goes back to work.
    pub(crate) open: bool,
    /// The forum comment it was made of.
    pub(crate) comment: Option<u64>,
    /// The chat message it was made of.
    pub(crate) message: Option<u64>,
}

impl World {
    /// Results of a task, by id.
    pub(crate) fn results_of(&self, task: u64) -> impl Iterator<Item = &TaskResult> {
        self.results.values().filter(move |result| result.task == task)
    }

    /// Whether the task demands a result before it is completed and has no open one.
    pub(crate) fn wants_result(&self, task: u64) -> bool {
        let required = self.tasks.get(&task).is_some_and(|task| task.parameters.contains(&3));
        required && !self.results_of(task).any(|result| result.open)
    }
}
