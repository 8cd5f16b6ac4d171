//! What a call would do, said before it is done.

use serde::Serialize;
use serde_json::{Map, Value};

/// What a call would do to the portal. A read's plan is empty.
#[derive(Clone, Debug, Default)]
pub struct Plan<F = ()> {
    /// The records that would be changed or destroyed.
    pub targets: Vec<Target>,
    /// What would be lost besides: members of a set that is replaced, children that go with a parent.
    pub losses: Vec<Loss>,
    /// What goes with the targets, in the portal's own words. Needs an agreement of its own.
    pub cascade: Option<String>,
    /// What would lose what it hangs on, and stay: `subtasks 13 "A", 14 "B"`. Needs an agreement of its own.
    pub orphans: Option<String>,
    /// The values before the change, by target, for the record and for undo.
    pub before: Map<String, Value>,
    /// What running needs.
    pub found: F,
}

/// A record of the portal, as it is named to people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Target {
    /// `task`, `user` …
    pub kind: &'static str,
    /// Its id.
    pub id: u64,
    /// Its title, in the portal's own words.
    pub name: Option<String>,
}

/// Something that would be gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// What is lost, as a sentence fragment: `observers 5, 7 of task 12`.
    pub what: String,
    /// Whether nothing of it would be left.
    pub whole: bool,
}

impl<F> Plan<F> {
    /// The same plan without what only the tool understands.
    pub(crate) fn summary(&self) -> Summary {
        Summary {
            targets: self.targets.clone(),
            losses: self.losses.clone(),
            cascade: self.cascade.clone(),
            orphans: self.orphans.clone(),
            before: self.before.clone(),
        }
    }
}

/// The part of a plan that gates and records read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Summary {
    pub targets: Vec<Target>,
    pub losses: Vec<Loss>,
    pub cascade: Option<String>,
    pub orphans: Option<String>,
    pub before: Map<String, Value>,
}
