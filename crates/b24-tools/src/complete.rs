//! Completions: what a client may offer while somebody types an argument of a prompt, or a number of an address.
//!
//! Somebody waits for each letter: one request, rarely two, and nothing rather than an error. What the policy does not
//! let a caller find is not offered either.

mod groups;
mod people;
mod stages;
mod tasks;

use std::{collections::BTreeMap, sync::Arc};

use b24_rest::CallError;
use jiff::tz::TimeZone;

use crate::{
    Catalogue, Permit, Reader, Visit,
    permit::Session,
    prompts::{self, allows},
    resources,
};

/// The most values that are offered; the protocol allows no more.
pub const MOST: usize = 100;
/// What is longer than this is no name that somebody types.
const LONGEST: usize = 100;

/// What an argument can be completed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completes {
    /// Nothing.
    Nothing,
    /// One of these words.
    Words(&'static [&'static str]),
    /// The name of a person.
    Person,
    /// The id of a person, found by name.
    PersonId,
    /// The id of a task, found by title.
    TaskId,
    /// The name of a workgroup or project.
    Group,
    /// The name of a column, of the board of the project in the argument `project`, else of one's own planner.
    Stage,
}

/// What is offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The values, the best first; at most [`MOST`].
    pub values: Vec<String>,
    /// Whether there are more.
    pub more: bool,
}

/// Whose argument is typed.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// A prompt's, by its name.
    Prompt(&'a str),
    /// A resource's, by its address with the variables in it.
    Resource(&'a str),
}

/// Offers values for `argument`, of which `typed` is there so far. `given` are the other arguments.
///
/// `None`: there is no such prompt, resource or argument.
pub async fn complete(
    catalogue: &Catalogue,
    visit: &Visit<'_>,
    of: Of<'_>,
    argument: &str,
    typed: &str,
    given: &BTreeMap<String, String>,
) -> Option<Completion> {
    let kind = match of {
        Of::Prompt(name) => {
            let prompt = prompts::find(catalogue, visit.policy, name).ok()?;
            prompt.arguments().find(|own| own.name == argument)?.completes
        }
        Of::Resource(uri) => {
            let listed = resources::list(catalogue, visit.policy);
            let resource = listed.into_iter().find(|resource| resource.uri == uri)?;
            *resource.completion(argument)?
        }
    };
    let typed = typed.trim();
    let needs = match kind {
        Completes::Nothing => return Some(Completion::default()),
        Completes::Words(words) => return Some(words_like(words, typed)),
        Completes::Person | Completes::PersonId => "b24_user_find",
        Completes::TaskId => "b24_task_list",
        Completes::Group => "b24_group_find",
        Completes::Stage => "b24_stage_list",
    };
    if typed.chars().count() > LONGEST || !allows(catalogue, visit.policy, needs) {
        return Some(Completion::default());
    }
    // Nothing here is about time.
    let session = Session::open(visit, visit.now.to_zoned(TimeZone::UTC));
    let reader: Reader = Permit::over(Arc::clone(&session));
    let found = look(kind, typed, given, &reader).await.unwrap_or_else(|error| {
        tracing::debug!(rest.code = error.code(), "Nothing can be offered");
        Completion::default()
    });
    Some(found)
}

async fn look(
    kind: Completes,
    typed: &str,
    given: &BTreeMap<String, String>,
    reader: &Reader,
) -> Result<Completion, CallError> {
    let is_number = !typed.is_empty() && typed.bytes().all(|b| b.is_ascii_digit());
    match kind {
        Completes::PersonId | Completes::TaskId if is_number => {
            Ok(Completion::of(vec![typed.to_owned()], false))
        }
        Completes::Person => people::names(typed, reader).await,
        Completes::PersonId => people::ids(typed, reader).await,
        Completes::TaskId => tasks::ids(typed, reader).await,
        Completes::Group => groups::names(typed, reader).await,
        Completes::Stage => stages::names(typed, given.get("project").map(String::as_str), reader).await,
        Completes::Nothing | Completes::Words(_) => Ok(Completion::default()),
    }
}

fn words_like(words: &[&str], typed: &str) -> Completion {
    let typed = typed.to_lowercase();
    let like = words.iter().filter(|word| word.to_lowercase().starts_with(&typed));
    Completion::of(like.map(ToString::to_string).collect(), false)
}

impl Completion {
    /// Keeps the order, and drops what is empty or stands there already.
    fn of(values: Vec<String>, more: bool) -> Self {
        let mut offered = Self { values: Vec::new(), more };
        for value in values.into_iter().filter(|value| !value.trim().is_empty()) {
            if offered.values.len() == MOST {
                offered.more = true;
                break;
            }
            if !offered.values.contains(&value) {
                offered.values.push(value);
            }
        }
        offered
    }
}
