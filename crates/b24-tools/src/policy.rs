//! What may be called here, and how destruction is agreed to. Set by the admin.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::Deserialize;

use crate::Spec;

/// What may be called, and how destruction is agreed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// Nothing that writes or destroys.
    pub read_only: bool,
    /// Only these toolsets. `None`: all.
    pub toolsets: Option<BTreeSet<String>>,
    /// Only these tools, by canonical name. `None`: all.
    pub tools: Option<BTreeSet<String>>,
    /// Never these tools.
    pub exclude: BTreeSet<String>,
    /// How destruction is agreed to.
    pub confirm: Confirm,
    /// Gate only what the reference system's contract gates, and emptied sets.
    pub contract_gates: bool,
}

/// How a call that destroys is agreed to by a client that cannot ask its human.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confirm {
    /// By a flag among the arguments (`confirmDelete: true`).
    #[default]
    Flag,
    /// By a second call that carries the token of the first refusal.
    TwoStep,
    /// Not at all: such clients cannot destroy.
    Strict,
}

impl Confirm {
    /// The word in the configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Flag => "flag",
            Self::TwoStep => "two-step",
            Self::Strict => "strict",
        }
    }
}

impl fmt::Display for Confirm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

/// The text is none of `flag`, `two-step`, `strict`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is none of `flag`, `two-step`, `strict`")]
pub struct NotAConfirm(String);

impl FromStr for Confirm {
    type Err = NotAConfirm;

    fn from_str(text: &str) -> Result<Self, NotAConfirm> {
        [Self::Flag, Self::TwoStep, Self::Strict]
            .into_iter()
            .find(|confirm| confirm.word() == text)
            .ok_or_else(|| NotAConfirm(text.to_owned()))
    }
}

impl Policy {
    /// Whether a tool may be called, by name, toolset and effect; or the rule that forbids it.
    ///
    /// A tool that stands for several names may be called as long as one of them may.
    pub(crate) fn judge(&self, spec: &Spec, stands_for: &[&str]) -> Result<(), Forbidden> {
        let any_part = stands_for.is_empty() || stands_for.iter().any(|name| self.names(spec, name));
        let own_name = self.names(spec, spec.name) || (!stands_for.is_empty() && any_part);
        if self.exclude.contains(spec.name) || !any_part || !own_name {
            return Err(Forbidden::Tool);
        }
        if self.toolsets.as_ref().is_some_and(|sets| !sets.contains(spec.toolset.word())) {
            return Err(Forbidden::Toolset);
        }
        if self.read_only && spec.effect != b24_model::Effect::Read {
            return Err(Forbidden::ReadOnly);
        }
        Ok(())
    }

    /// Whether the part of a tool that has this name may be called.
    pub(crate) fn judge_part(&self, spec: &Spec, name: &str) -> Result<(), Forbidden> {
        if self.names(spec, name) { Ok(()) } else { Err(Forbidden::Tool) }
    }

    /// Whether the lists of names let this one in. To allow a tool is to allow its parts.
    fn names(&self, spec: &Spec, name: &str) -> bool {
        let allowed =
            self.tools.as_ref().is_none_or(|tools| tools.contains(name) || tools.contains(spec.name));
        allowed && !self.exclude.contains(name)
    }
}

/// The rule that forbids a tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Forbidden {
    Tool,
    Toolset,
    ReadOnly,
}
