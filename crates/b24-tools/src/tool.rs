//! What a tool is: words for the model, a typed question, a plan, a typed answer.

use std::future::Future;

use b24_model::{Effect, Scope, effect::EffectKind, method::MethodFacts};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};

use crate::{Permit, Plan, Reader, Refusal, gate::record::Passage};

/// A group of tools that is switched on or off together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Toolset {
    /// Tasks.
    Task,
    /// People and departments.
    User,
    /// Groups, their stages, flows.
    Project,
    /// Files.
    File,
    /// About this server; never reaches the portal.
    Server,
}

impl Toolset {
    /// All there are.
    pub const ALL: [Self; 5] = [Self::Task, Self::User, Self::Project, Self::File, Self::Server];

    /// The word in the configuration.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Task => "task",
            Self::User => "user",
            Self::Project => "project",
            Self::File => "file",
            Self::Server => "server",
        }
    }

    /// The toolset of that name.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|set| set.word() == word)
    }

    pub(crate) fn words() -> String {
        Self::ALL.map(Self::word).join(", ")
    }
}

/// What has to be agreed to before the portal is even asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gate {
    /// Nothing. The plan may still find something.
    Open,
    /// `confirmDelete: true`.
    Delete,
}

/// What is known about a tool before it is called.
#[derive(Clone, Debug)]
pub struct Spec {
    /// `b24_<domain>(_<entity>)*_<action>`.
    pub name: &'static str,
    /// A short title for people.
    pub title: &'static str,
    /// What it does and when to use it; then limits. Read by models and by people.
    pub description: &'static str,
    /// The group it belongs to.
    pub toolset: Toolset,
    /// What it does to the portal.
    pub effect: Effect,
    /// Whether doing it twice is the same as doing it once.
    pub idempotent: bool,
    /// The first gate.
    pub gate: Gate,
    /// The scope that it cannot do without. Looking people up by name may need one more.
    pub scope: Scope,
    /// The REST methods it may call.
    pub methods: &'static [&'static MethodFacts],
    /// Shown in the core view.
    pub core: bool,
}

impl Spec {
    /// The scopes of its methods, without repetition.
    pub fn scopes(&self) -> Vec<&'static Scope> {
        let mut scopes: Vec<_> = self.methods.iter().map(|facts| &facts.scope).collect();
        scopes.sort_unstable();
        scopes.dedup();
        scopes
    }
}

/// One thing that a model can do.
///
/// A tool is stateless: the type is its name. It lives in one file of `tools/` and is registered by one line there.
pub trait Tool: Send + Sync + Sized + 'static {
    /// What is known before it is called. Its effect must be that of [`Tool::Effect`].
    const SPEC: Spec;

    /// Other names under which parts of it are known, each of which the policy may forbid. Such a name can be called:
    /// see [`Tool::called_as`].
    const STANDS_FOR: &'static [&'static str] = &[];

    /// Where the rows of its answers are, if they may be told as a table, and cut when they are too long.
    const ROWS: Option<Rows> = None;

    /// The effect, as a type: what the permit of [`Tool::run`] allows.
    type Effect: EffectKind + Passage;

    /// The question. Unknown arguments are refused (`deny_unknown_fields`).
    type Ask: DeserializeOwned + JsonSchema + Agreement + Send + Sync + 'static;

    /// What planning found out and running needs. `()` for most.
    type Found: Default + Send + Sync + 'static;

    /// The answer. Its schema is an object.
    type Answer: Serialize + JsonSchema + Send + 'static;

    /// Which of the names in [`Tool::STANDS_FOR`] this question could have been asked under.
    fn called_as(ask: &Self::Ask) -> Option<&'static str> {
        let _ = ask;
        None
    }

    /// Says what would happen, reading if it has to. It cannot write: a [`Reader`] has no way to.
    ///
    /// Reads have nothing to plan, and this costs them nothing.
    fn plan(
        ask: &Self::Ask,
        reader: &Reader,
    ) -> impl Future<Output = Result<Plan<Self::Found>, Refusal>> + Send {
        let _ = (ask, reader);
        async { Ok(Plan::default()) }
    }

    /// Does it.
    fn run(
        ask: Self::Ask,
        plan: Plan<Self::Found>,
        permit: Permit<Self::Effect>,
    ) -> impl Future<Output = Result<Self::Answer, Refusal>> + Send;
}

/// Where the rows of an answer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    /// The member that holds them: a list of objects.
    pub member: &'static str,
    /// The argument with which the next call goes on after the last row that was told, counted in rows.
    pub start: Option<&'static str>,
}

/// What the arguments agree to. Flags are set by the model: where the client can ask its human, they do not count.
pub trait Agreement {
    /// `confirmDelete: true` was given.
    fn to_delete(&self) -> bool {
        false
    }

    /// `confirmChange: true` was given: to shrink a set, or to change many records.
    fn to_change(&self) -> bool {
        false
    }

    /// `confirmDeleteHeading: true` was given: to delete what goes with the targets; or `confirmSubtasks: true`: to leave what
    /// hangs on them without it.
    fn to_cascade(&self) -> bool {
        false
    }
}
