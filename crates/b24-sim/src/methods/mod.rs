//! What each REST method answers: one folder a family, one file a verb or an entity. A family lists its methods in
//! `METHODS`; a name that is in no list does not exist.

mod checklist;
mod comment;
mod department;
pub(crate) mod query;
mod system;
mod task;
mod task_v3;
mod user;

use task::is_within as task_is_within;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::settings::StartMinusOne;
use crate::wire::answer_v2::Outcome;
use crate::wire::answer_v3::OutcomeV3;
use crate::wire::params::Params;
use crate::world::World;

/// A classic method.
pub(crate) struct Method {
    /// In lower case, as it is looked up.
    pub(crate) name: &'static str,
    /// Any of these opens it; none means that every credential does.
    pub(crate) scopes: &'static [&'static str],
    pub(crate) run: fn(&mut Call<'_>) -> Outcome,
}

/// A REST 3.0 method.
pub(crate) struct MethodV3 {
    pub(crate) name: &'static str,
    pub(crate) scopes: &'static [&'static str],
    /// Whether an idempotency key counts.
    pub(crate) writes: bool,
    pub(crate) run: fn(&mut CallV3<'_>) -> OutcomeV3,
}

/// What a classic method works with.
pub(crate) struct Call<'a> {
    pub(crate) world: &'a mut World,
    /// The person whose rights hold.
    pub(crate) caller: u64,
    pub(crate) scopes: &'a [String],
    pub(crate) params: &'a Params,
    pub(crate) now: Timestamp,
    pub(crate) zone: &'a TimeZone,
    pub(crate) start_minus_one: StartMinusOne,
}

/// What a REST 3.0 method works with.
pub(crate) struct CallV3<'a> {
    pub(crate) world: &'a mut World,
    pub(crate) caller: u64,
    pub(crate) params: &'a Map<String, Value>,
    pub(crate) now: Timestamp,
    pub(crate) zone: &'a TimeZone,
}

/// Every classic method, by family.
pub(crate) const FAMILIES: [&[Method]; 6] = [
    system::METHODS,
    user::METHODS,
    department::METHODS,
    task::METHODS,
    checklist::METHODS,
    comment::METHODS,
];

/// A classic method by its name in lower case.
pub(crate) fn find(name: &str) -> Option<&'static Method> {
    all().find(|method| method.name == name)
}

/// A REST 3.0 method by its name in lower case.
pub(crate) fn find_v3(name: &str) -> Option<&'static MethodV3> {
    task_v3::METHODS.iter().find(|method| method.name == name)
}

/// Every classic method.
pub(crate) fn all() -> impl Iterator<Item = &'static Method> {
    FAMILIES.into_iter().flatten()
}
