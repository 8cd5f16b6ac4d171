//! Which tools a client is shown. What it may call is the policy's business.

use std::{fmt, str::FromStr};

use crate::{Spec, Toolset};

/// What `tools/list` shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// The tools of everyday work: at most 25.
    #[default]
    Core,
    /// Everything.
    Full,
    /// Exactly the names of the reference system's contract.
    Contract,
    /// The named toolsets.
    Toolsets(Vec<Toolset>),
}

/// The text names no view.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no view: say core, full, contract, or toolsets such as {known}", known = Toolset::words())]
pub struct NotAView(String);

impl View {
    pub(crate) fn shows(&self, spec: &Spec) -> bool {
        match self {
            Self::Core => spec.core,
            // What the contract lists has its own names and schemas, and is not asked for here.
            Self::Full | Self::Contract => true,
            Self::Toolsets(sets) => sets.contains(&spec.toolset),
        }
    }
}

impl FromStr for View {
    type Err = NotAView;

    fn from_str(text: &str) -> Result<Self, NotAView> {
        match text.trim() {
            "core" => Ok(Self::Core),
            "full" => Ok(Self::Full),
            "contract" => Ok(Self::Contract),
            sets => sets
                .split(',')
                .map(|set| Toolset::named(set.trim()))
                .collect::<Option<Vec<_>>>()
                .map(Self::Toolsets)
                .ok_or_else(|| NotAView(text.to_owned())),
        }
    }
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Core => f.write_str("core"),
            Self::Full => f.write_str("full"),
            Self::Contract => f.write_str("contract"),
            Self::Toolsets(sets) => {
                f.write_str(&sets.iter().map(|set| set.word()).collect::<Vec<_>>().join(","))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_is_a_word_or_a_list_of_toolsets() {
        let read = |text: &str| text.parse::<View>().map(|view| view.to_string()).map_err(|e| e.to_string());
        assert_eq!(read("core"), Ok("core".into()));
        assert_eq!(read("task, user"), Ok("task,user".into()));
        assert_eq!(
            read("tasks"),
            Err("`tasks` is no view: say core, full, contract, or toolsets such as task, user, project, file, server".into())
        );
    }
}
