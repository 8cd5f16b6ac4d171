//! What each REST method answers: one folder a family, one file a verb or an entity. A family lists its methods in
//! `METHODS`; a name that is in no list does not exist.

mod calendar;
mod chat;
mod checklist;
mod comment;
mod department;
mod disk;
mod documentation;
mod elapsed;
mod field;
mod flow;
mod group;
mod link;
pub(crate) mod query;
mod result;
mod stage;
mod system;
mod task;
mod task_v3;
mod user;

pub(crate) use disk::{File, UPLOAD_FIELD, download, upload};
pub(crate) use documentation::is_bare;
use task::is_within as task_is_within;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::settings::{Language, StartMinusOne};
use crate::wire::answer_v2::Outcome;
use crate::wire::answer_v3::OutcomeV3;
use crate::wire::params::Params;
use crate::world::World;
use crate::world::moment;

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
    /// For families that write dates in the format of the portal.
    pub(crate) language: Language,
}

impl Call<'_> {
    /// A moment in the portal's own format, which a few methods answer instead of ISO 8601.
    pub(crate) fn local(&self, at: Timestamp) -> String {
        moment::portal(at, self.zone, self.language)
    }
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
pub(crate) const FAMILIES: &[&[Method]] = &[
    system::METHODS,
    user::METHODS,
    department::METHODS,
    task::METHODS,
    checklist::METHODS,
    comment::METHODS,
    elapsed::METHODS,
    link::METHODS,
    result::METHODS,
    chat::METHODS,
    disk::METHODS,
    stage::METHODS,
    flow::METHODS,
    group::METHODS,
    field::METHODS,
    calendar::METHODS,
];

/// Every method of REST 3.0, by family.
pub(crate) const FAMILIES_V3: &[&[MethodV3]] =
    &[task_v3::METHODS, result::METHODS_V3, chat::METHODS_V3, documentation::METHODS];

/// A classic method by its name in lower case.
pub(crate) fn find(name: &str) -> Option<&'static Method> {
    all().find(|method| method.name == name)
}

/// A REST 3.0 method by its name in lower case.
pub(crate) fn find_v3(name: &str) -> Option<&'static MethodV3> {
    all_v3().find(|method| method.name == name)
}

/// Every classic method.
pub(crate) fn all() -> impl Iterator<Item = &'static Method> {
    FAMILIES.iter().copied().flatten()
}

/// Every method of REST 3.0.
pub(crate) fn all_v3() -> impl Iterator<Item = &'static MethodV3> {
    FAMILIES_V3.iter().copied().flatten()
}
