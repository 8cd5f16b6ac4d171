//! Flows: a way of handing tasks to a team.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A flow.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Flow {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) creator: u64,
    pub(crate) owner: u64,
    pub(crate) group: u64,
    pub(crate) template: u64,
    pub(crate) active: bool,
    /// Planned time for a task, in seconds.
    pub(crate) planned: i64,
    pub(crate) activity: Timestamp,
    /// `manually`, `queue` or `himself`.
    pub(crate) distribution: String,
    /// Pairs of a kind and an id, as they were given.
    pub(crate) responsible: Value,
    pub(crate) creators: Value,
    pub(crate) change_deadline: bool,
    pub(crate) match_work_time: bool,
    pub(crate) task_control: bool,
    pub(crate) notify_half_time: bool,
    pub(crate) notify_queue: Option<i64>,
    pub(crate) notify_progress: Option<i64>,
    pub(crate) notify_efficiency: Option<i64>,
    pub(crate) pinned_by: Vec<u64>,
}
