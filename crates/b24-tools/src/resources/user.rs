//! `b24://user/{id}`: a person.

use std::time::Duration;

use serde_json::json;

use super::{Read, Resource};
use crate::{complete::Completes, record::params};

pub(super) static RESOURCE: Resource = Resource {
    uri: "b24://user/{id}",
    name: "user",
    title: "A person",
    description: "One person: name, position, departments, e-mail, phone, time zone.",
    mime: Some("application/json"),
    fresh: Duration::from_secs(5 * 60),
    needs: "b24_user_get",
    completes: &[Completes::PersonId],
    read: Read::Call(|ids| ("b24_user_get", params(json!({ "userId": ids.first() })))),
};
