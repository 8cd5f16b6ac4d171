//! What may be asked for besides the task itself.

use std::collections::BTreeSet;

use b24_model::{Method, TaskId, effect::Read};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::{checklist, history, results, subtasks, time};
use crate::tools::task::{comment, dependency};

// No doc comments: they would turn the schema of a list of words into one of alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(inline)]
pub(super) enum Part {
    Checklist,
    Comments,
    Subtasks,
    Files,
    Results,
    Time,
    Dependencies,
    History,
    All,
}

impl Part {
    const EACH: [Self; 8] = [
        Self::Checklist,
        Self::Comments,
        Self::Subtasks,
        Self::Files,
        Self::Results,
        Self::Time,
        Self::Dependencies,
        Self::History,
    ];

    /// The word in `include`.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Checklist => "checklist",
            Self::Comments => "comments",
            Self::Subtasks => "subtasks",
            Self::Files => "files",
            Self::Results => "results",
            Self::Time => "time",
            Self::Dependencies => "dependencies",
            Self::History => "history",
            Self::All => "all",
        }
    }

    /// The call that needs nothing but the id of the task; `None` for what only the task tells.
    pub(super) fn call(self, id: TaskId) -> Option<(&'static Method<Read>, Map<String, Value>)> {
        match self {
            Self::Checklist => Some(checklist::call(id)),
            Self::Comments => Some(comment::forum_call(id)),
            Self::Subtasks => Some(subtasks::call(id)),
            Self::Results => Some(results::call(id)),
            Self::Time => Some(time::call(id)),
            Self::Dependencies => Some(dependency::successors_call(id)),
            Self::History => Some(history::call(id)),
            Self::Files | Self::All => None,
        }
    }
}

/// The parts that were asked for, each once.
pub(super) fn wanted(include: &[Part]) -> BTreeSet<Part> {
    match include.contains(&Part::All) {
        true => Part::EACH.into(),
        false => include.iter().copied().collect(),
    }
}
