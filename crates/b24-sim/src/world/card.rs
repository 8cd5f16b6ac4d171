//! Which card a task has: the one with forum comments, or the one with a chat.

use serde::{Deserialize, Serialize};

/// The card of one task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) enum Card {
    /// Comments are kept by the forum.
    #[default]
    Old,
    /// Comments are messages of the task's chat (module `tasks` from 25.700 on).
    New,
}

/// Which cards the tasks of a portal have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
pub enum Cards {
    /// Half of the invented tasks moved to the chat, with their comments; the seed says which. Tasks added later
    /// have the old card.
    #[default]
    Mixed,
    /// No task moved.
    Old,
    /// All tasks moved, and those added later start there.
    New,
}

impl Cards {
    /// The card of a task that is added now.
    pub(crate) fn of_added(self) -> Card {
        match self {
            Self::New => Card::New,
            Self::Mixed | Self::Old => Card::Old,
        }
    }
}
