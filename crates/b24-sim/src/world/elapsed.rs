//! Time somebody spent on a task.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One entry of spent time.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Elapsed {
    pub(crate) id: u64,
    pub(crate) task: u64,
    pub(crate) user: u64,
    pub(crate) comment: String,
    pub(crate) seconds: i64,
    /// When the entry was made.
    pub(crate) created: Timestamp,
    /// When the work began, if it was written down later.
    #[serde(default)]
    pub(crate) began: Option<Timestamp>,
}
