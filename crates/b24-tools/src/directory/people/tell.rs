//! Refusals that name people: with position and department, so that a person can say who is meant.

use std::collections::BTreeMap;

use super::Hunt;
use crate::{Code, Reader, Refusal, directory::departments, input::shorten, record::person::Person};

/// How many candidates a refusal lists.
const LISTED: usize = 8;

/// The names of departments, by id.
type Departments = BTreeMap<u64, String>;

/// The departments of people who are told. A credential that may not read departments tells none.
pub(super) async fn departments(people: &[&Person], reader: &Reader) -> Departments {
    let ids: Vec<u64> =
        people.iter().take(LISTED).flat_map(|person| person.department_ids.iter().copied().take(2)).collect();
    departments::names_of(&ids, reader).await.unwrap_or_default()
}

pub(super) fn ambiguous(hunt: &Hunt<'_>, several: &[&Person], departments: &Departments) -> Refusal {
    let listed = listed(several, departments);
    let said = shorten(hunt.said, 60);
    if hunt.more {
        return Refusal::new(
            Code::PERSON_AMBIGUOUS,
            format!("\"{said}\" matches more people than the portal tells at once, among them {listed}"),
        )
        .hint("say first name and surname, or call again with the id");
    }
    let more = several.len().saturating_sub(LISTED);
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    Refusal::new(Code::PERSON_AMBIGUOUS, format!("{} people match \"{said}\": {listed}{tail}", several.len()))
        .hint("ask which one is meant, then call again with the id")
}

pub(super) fn too_many(said: &str) -> Refusal {
    Refusal::new(
        Code::PERSON_AMBIGUOUS,
        format!("\"{}\" fits more people than are looked through", shorten(said, 60)),
    )
    .hint("say first name and surname, or give the id; `b24_user_find` lists people page by page")
}

pub(super) fn left(said: &str, gone: &[&Person]) -> Refusal {
    Refusal::new(
        Code::PERSON_NOT_FOUND,
        format!(
            "\"{}\" matches only people who left: {}",
            shorten(said, 60),
            listed(gone, &Departments::new())
        ),
    )
    .hint("give the id if that person is really meant")
}

pub(super) fn nobody(said: &str, near: &[&Person], departments: &Departments) -> Refusal {
    let refusal = Refusal::new(
        Code::PERSON_NOT_FOUND,
        format!("nobody on the portal is called \"{}\"", shorten(said, 60)),
    );
    if near.is_empty() {
        return refusal.hint("try another spelling or only the surname with `b24_user_find`, or give the id");
    }
    refusal.hint(format!(
        "nearest: {}; if that is who is meant, call again with the id",
        listed(near, departments)
    ))
}

fn listed(people: &[&Person], departments: &Departments) -> String {
    let one = |person: &&Person| {
        let names = person.department_ids.iter().filter_map(|id| departments.get(id));
        let about: Vec<String> = person.position.iter().chain(names).map(|text| shorten(text, 60)).collect();
        let name = shorten(&person.full_name(), 80);
        match about.as_slice() {
            [] => format!("{} {name}", person.id),
            about => format!("{} {name} ({})", person.id, about.join(", ")),
        }
    };
    people.iter().take(LISTED).map(one).collect::<Vec<_>>().join("; ")
}
