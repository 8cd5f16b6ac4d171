//! Items of a task's checklists. A checklist is an item without a parent.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A line of a checklist, or a checklist itself when `parent` is 0.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct ChecklistItem {
    pub(crate) id: u64,
    pub(crate) task: u64,
    pub(crate) parent: u64,
    pub(crate) created_by: u64,
    pub(crate) title: String,
    pub(crate) sort: i64,
    pub(crate) complete: bool,
    pub(crate) important: bool,
    pub(crate) toggled: Option<(u64, Timestamp)>,
    pub(crate) members: Vec<Member>,
}

/// A person named on a checklist item.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
pub(crate) struct Member {
    pub(crate) user: u64,
    /// `A` for a participant, `U` for an observer.
    pub(crate) kind: char,
}
