//! People by id, "me", e-mail or name. Several matches are a refusal that lists them: nobody is guessed.

use b24_model::{Method, UserId, effect::Read};
use b24_rest::{Reply, methods::user};
use serde_json::{Map, Value, json};

use crate::{
    Code, Reader, Refusal,
    filter::WireFilter,
    input::{PersonRef, shorten},
    record::person::Person,
};

/// How many candidates a refusal lists.
const LISTED: usize = 8;

/// How many names one call may look up.
const MOST_NAMES: usize = 30;

/// The id of a person. Only names and addresses cost a call.
pub(crate) async fn id_of(person: &PersonRef, reader: &Reader) -> Result<UserId, Refusal> {
    let ids = ids_of(std::slice::from_ref(person), reader).await?;
    ids.first().copied().ok_or_else(|| Refusal::internal(&"nobody was looked up"))
}

/// The ids of several people, in order. Each name is looked up once, all of them in as few requests as possible.
pub(crate) async fn ids_of(people: &[PersonRef], reader: &Reader) -> Result<Vec<UserId>, Refusal> {
    let mut names: Vec<&PersonRef> = Vec::new();
    for person in people {
        if question(person).is_some() && !names.contains(&person) {
            names.push(person);
        }
    }
    if names.len() > MOST_NAMES {
        return Err(Refusal::invalid(format!(
            "{} people by name in one call; at most {MOST_NAMES}",
            names.len()
        ))
        .hint("give ids; `b24_user_find` tells them"));
    }
    let calls = names.iter().filter_map(|person| question(person)).collect();
    let replies = reader.all(calls).await;
    let mut found: Vec<(&PersonRef, UserId)> = Vec::with_capacity(names.len());
    for (person, reply) in names.into_iter().zip(replies) {
        found.push((person, the_one(person, &reply?)?));
    }
    let id = |person: &PersonRef| match person {
        PersonRef::Id(id) => Ok(*id),
        PersonRef::Me => Ok(reader.me()),
        named => found
            .iter()
            .find(|(person, _)| *person == named)
            .map(|(_, id)| *id)
            .ok_or_else(|| Refusal::internal(&"a name was not looked up")),
    };
    people.iter().map(id).collect()
}

/// How the portal is asked for a person, when it has to be.
fn question(person: &PersonRef) -> Option<(&'static Method<Read>, Map<String, Value>)> {
    let by_id = json!({ "sort": "ID", "order": "ASC" });
    match person {
        PersonRef::Id(_) | PersonRef::Me => None,
        PersonRef::Email(address) => {
            let filter = WireFilter::of([("EMAIL", address.as_str().into()), ("ACTIVE", true.into())]);
            Some((&user::GET, filter.beside(by_id)))
        }
        PersonRef::Name(name) => {
            Some((&user::SEARCH, WireFilter::of([("FIND", name.as_str().into())]).beside(by_id)))
        }
    }
}

/// The one person whom an answer names; or a refusal that says why there is not exactly one.
fn the_one(person: &PersonRef, reply: &Reply) -> Result<UserId, Refusal> {
    let (PersonRef::Email(said) | PersonRef::Name(said)) = person else {
        return Err(Refusal::internal(&"only names are looked up"));
    };
    let everybody: Vec<Person> = Person::rows(&reply.result);
    let working: Vec<&Person> = everybody.iter().filter(|person| person.active).collect();
    match working.as_slice() {
        [only] => Ok(only.id),
        [] => Err(nobody(said, &everybody)),
        several => exact(said, several).ok_or_else(|| ambiguous(said, several)),
    }
}

/// The one whose full name is exactly what was said: "Anna Berg" is not "Anna Bergmann".
fn exact(said: &str, several: &[&Person]) -> Option<UserId> {
    let words = |text: &str| {
        let mut words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.sort_unstable();
        words
    };
    let wanted = words(said);
    if wanted.len() < 2 {
        return None;
    }
    let mut same = several
        .iter()
        .filter(|person| words(&person.short_name()) == wanted || words(&person.full_name()) == wanted);
    match (same.next(), same.next()) {
        (Some(only), None) => Some(only.id),
        _ => None,
    }
}

fn nobody(said: &str, dismissed: &[Person]) -> Refusal {
    let said = shorten(said, 60);
    match dismissed {
        [] => Refusal::new(Code::PERSON_NOT_FOUND, format!("nobody on the portal matches \"{said}\""))
            .hint("try another spelling or only the surname with `b24_user_find`, or give the id"),
        gone => Refusal::new(
            Code::PERSON_NOT_FOUND,
            format!("\"{said}\" matches only people who left: {}", listed(&gone.iter().collect::<Vec<_>>())),
        )
        .hint("give the id if that person is really meant"),
    }
}

fn ambiguous(said: &str, several: &[&Person]) -> Refusal {
    let more = several.len().saturating_sub(LISTED);
    let tail = if more > 0 { format!(" and {more} more") } else { String::new() };
    Refusal::new(
        Code::PERSON_AMBIGUOUS,
        format!("{} people match \"{}\": {}{tail}", several.len(), shorten(said, 60), listed(several)),
    )
    .hint("ask which one is meant, then call again with the id")
}

fn listed(people: &[&Person]) -> String {
    let one = |person: &&Person| match &person.position {
        Some(position) => format!("{} {} ({position})", person.id, person.full_name()),
        None => format!("{} {}", person.id, person.full_name()),
    };
    people.iter().take(LISTED).map(one).collect::<Vec<_>>().join("; ")
}
