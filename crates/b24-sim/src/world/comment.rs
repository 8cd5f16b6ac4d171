//! Comments of a task, as the forum keeps them (the card before the chat).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A message under a task.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Comment {
    pub(crate) id: u64,
    pub(crate) task: u64,
    pub(crate) author: u64,
    pub(crate) posted: Timestamp,
    pub(crate) text: String,
}
