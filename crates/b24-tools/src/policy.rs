//! What may be called here, and how destruction is agreed to. Set by the admin.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::Deserialize;

use crate::Spec;

/// What may be called, and how destruction is agreed to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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

/// What some callers or requests do without. It takes from a policy and never adds to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowing {
    /// Nothing that writes or destroys.
    pub read_only: bool,
    /// Only these toolsets. `None`: as many as before.
    pub toolsets: Option<BTreeSet<String>>,
    /// Only these tools. `None`: as many as before.
    pub tools: Option<BTreeSet<String>>,
    /// Never these tools.
    pub exclude: BTreeSet<String>,
}

impl Narrowing {
    /// Both: what either takes away is away.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            read_only: self.read_only || other.read_only,
            toolsets: common(self.toolsets.as_ref(), other.toolsets.as_ref()),
            tools: common(self.tools.as_ref(), other.tools.as_ref()),
            exclude: &self.exclude | &other.exclude,
        }
    }
}

/// What both lists name; a list that is not there names everything.
fn common(one: Option<&BTreeSet<String>>, other: Option<&BTreeSet<String>>) -> Option<BTreeSet<String>> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one & other),
        (only, None) | (None, only) => only.cloned(),
    }
}

/// How a call that destroys is agreed to by a client that cannot ask its human.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
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
    /// The same policy without what `by` takes away. It never allows what this one forbids.
    #[must_use]
    pub fn narrow(&self, by: &Narrowing) -> Self {
        let own = Narrowing {
            read_only: self.read_only,
            toolsets: self.toolsets.clone(),
            tools: self.tools.clone(),
            exclude: self.exclude.clone(),
        };
        let Narrowing { read_only, toolsets, tools, exclude } = own.and(by);
        Self {
            read_only,
            toolsets,
            tools,
            exclude,
            confirm: self.confirm,
            contract_gates: self.contract_gates,
        }
    }

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tools;

    /// Narrowings of every kind, and their pairs.
    fn narrowings() -> Vec<Narrowing> {
        let set = |words: &[&str]| words.iter().map(ToString::to_string).collect::<BTreeSet<String>>();
        let lists = |some: &[&str]| [None, Some(set(&[])), Some(set(some))];
        let mut all = Vec::new();
        for read_only in [false, true] {
            for toolsets in lists(&["user"]) {
                for tools in lists(&["b24_user_me", "b24_task_create", "nonsense"]) {
                    for exclude in [set(&[]), set(&["b24_user_find", "b24_task_delete"])] {
                        all.push(Narrowing {
                            read_only,
                            toolsets: toolsets.clone(),
                            tools: tools.clone(),
                            exclude,
                        });
                    }
                }
            }
        }
        all
    }

    #[test]
    fn narrowing_never_allows_what_was_not_allowed_and_takes_away_all_that_it_names() {
        let tools = tools::all();
        let policies: Vec<Policy> = narrowings().iter().map(|by| Policy::default().narrow(by)).collect();
        for policy in &policies {
            for by in narrowings() {
                let (narrowed, alone) = (policy.narrow(&by), Policy::default().narrow(&by));
                for tool in &tools {
                    let allows = |policy: &Policy| policy.judge(tool.spec(), tool.stands_for()).is_ok();
                    let both = allows(policy) && allows(&alone);
                    assert_eq!(allows(&narrowed), both, "{} by {by:?} in {policy:?}", tool.spec().name);
                }
            }
        }
    }

    #[test]
    fn narrowing_touches_nothing_but_what_may_be_called() {
        let policy = Policy { confirm: Confirm::Strict, contract_gates: true, ..Policy::default() };
        assert_eq!(policy.narrow(&Narrowing::default()), policy);
        assert_eq!(policy.narrow(&narrowings()[9]).confirm, Confirm::Strict);
    }
}
