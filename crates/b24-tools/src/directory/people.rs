//! People by id, "me", e-mail or name. Several matches are a refusal that lists them: nobody is guessed.

use b24_model::UserId;
use b24_rest::methods::user;
use serde_json::json;

use crate::{
    Code, Reader, Refusal,
    input::{PersonRef, shorten},
    record::{params, person::Person},
};

/// How many candidates a refusal lists.
const LISTED: usize = 8;

/// The id of a person. Only names and addresses cost a call.
pub(crate) async fn id_of(person: &PersonRef, reader: &Reader) -> Result<UserId, Refusal> {
    let (said, filter) = match person {
        PersonRef::Id(id) => return Ok(*id),
        PersonRef::Me => return Ok(reader.acting()),
        PersonRef::Email(address) => (address, json!({ "EMAIL": address, "ACTIVE": true })),
        PersonRef::Name(name) => (name, json!({ "FIND": name })),
    };
    let asked = params(json!({ "FILTER": filter, "sort": "ID", "order": "ASC" }));
    let reply = match person {
        PersonRef::Email(_) => reader.call(&user::GET, asked).await?,
        _ => reader.call(&user::SEARCH, asked).await?,
    };
    let everybody: Vec<Person> = Person::rows(&reply.result);
    let working: Vec<&Person> = everybody.iter().filter(|person| person.active).collect();
    match working.as_slice() {
        [only] => Ok(only.id),
        [] => Err(nobody(said, &everybody)),
        several => match exact(said, several) {
            Some(id) => Ok(id),
            None => Err(ambiguous(said, several)),
        },
    }
}

/// The ids of several people, in order.
pub(crate) async fn ids_of(people: &[PersonRef], reader: &Reader) -> Result<Vec<UserId>, Refusal> {
    let mut ids = Vec::with_capacity(people.len());
    for person in people {
        ids.push(id_of(person, reader).await?);
    }
    Ok(ids)
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
