//! People who work here, by the beginning of their names.

use b24_rest::{CallError, Reply, methods::user};
use serde_json::json;

use super::Completion;
use crate::{Reader, filter::WireFilter, record::person::Person};

/// Names and surnames. Of two people with one name the address is offered: the name alone would be refused.
pub(super) async fn names(typed: &str, reader: &Reader) -> Result<Completion, CallError> {
    let reply = find(typed, reader).await?;
    let people = working(&reply);
    let name = |person: &Person| person.short_name();
    let value = |person: &Person| {
        let is_shared = people.iter().filter(|other| name(other) == name(person)).count() > 1;
        match &person.email {
            Some(email) if is_shared => email.clone(),
            _ => name(person),
        }
    };
    let me = Some("me".to_owned()).filter(|me| me.starts_with(&typed.to_lowercase()));
    Ok(Completion::of(me.into_iter().chain(people.iter().map(value)).collect(), reply.next.is_some()))
}

/// Ids.
pub(super) async fn ids(typed: &str, reader: &Reader) -> Result<Completion, CallError> {
    let reply = find(typed, reader).await?;
    let ids = working(&reply).iter().map(|person| person.id.to_string()).collect();
    Ok(Completion::of(ids, reply.next.is_some()))
}

async fn find(typed: &str, reader: &Reader) -> Result<Reply, CallError> {
    let by_surname = json!({ "sort": "LAST_NAME", "order": "ASC" });
    if typed.is_empty() {
        let working = WireFilter::of([("ACTIVE", true.into())]);
        return reader.call(&user::GET, working.beside(by_surname)).await;
    }
    let found = WireFilter::of([("FIND", typed.into())]);
    reader.call(&user::SEARCH, found.beside(by_surname)).await
}

fn working(reply: &Reply) -> Vec<Person> {
    Person::rows(&reply.result).into_iter().filter(|person| person.active).collect()
}
