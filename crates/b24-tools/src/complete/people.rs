//! People who work here, by the beginning of their names.

use b24_rest::{CallError, Reply, methods::user};
use serde_json::json;

use super::Completion;
use crate::{
    Reader,
    record::{params, person::Person},
};

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
    if typed.is_empty() {
        let asked = json!({ "FILTER": { "ACTIVE": true }, "sort": "LAST_NAME", "order": "ASC" });
        return reader.call(&user::GET, params(asked)).await;
    }
    let asked = json!({ "FILTER": { "FIND": typed }, "sort": "LAST_NAME", "order": "ASC" });
    reader.call(&user::SEARCH, params(asked)).await
}

fn working(reply: &Reply) -> Vec<Person> {
    Person::rows(&reply.result).into_iter().filter(|person| person.active).collect()
}
