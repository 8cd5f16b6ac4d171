//! What ids are called: names of people and titles of tasks, to stand beside the numbers of an answer.
//!
//! A name that cannot be had never hides the answer itself: it is simply missing, and so is one that nobody has.

use std::collections::{BTreeMap, BTreeSet};

use b24_rest::{
    methods::{task, user},
    wire,
};
use serde_json::{Map, Value, json};

use crate::{
    Reader,
    filter::WireFilter,
    record::{person::Person, text},
};

/// Rows of one page of these lists.
const PAGE: usize = 50;

/// Names by id, as texts: JSON has no other keys.
pub(crate) type Names = BTreeMap<String, String>;

/// The names of people and the titles of tasks, in as few requests as possible.
pub(crate) async fn names(people: &BTreeSet<u64>, tasks: &BTreeSet<u64>, reader: &Reader) -> (Names, Names) {
    let mut calls = Vec::new();
    for ids in chunks(people) {
        let filter = WireFilter::of([("ID", ids.into())]);
        calls.push((&user::GET, filter.beside(json!({ "sort": "ID", "order": "ASC" }))));
    }
    let of_people = calls.len();
    for ids in chunks(tasks) {
        let filter = WireFilter::of([("ID", ids.into())]);
        calls.push((&task::LIST, filter.beside(json!({ "select": ["ID", "TITLE"] }))));
    }
    if calls.is_empty() {
        return Default::default();
    }
    let (mut names, mut titles) = (Names::new(), Names::new());
    for (at, reply) in reader.all(calls).await.into_iter().enumerate() {
        let Ok(reply) = reply else { continue };
        if at < of_people {
            names
                .extend(Person::rows(&reply.result).iter().map(|who| (who.id.to_string(), who.short_name())));
        } else {
            let rows = wire::rows(reply.result.get("tasks").unwrap_or(&reply.result)).unwrap_or_default();
            titles.extend(rows.into_iter().filter_map(Value::as_object).filter_map(titled));
        }
    }
    (names, titles)
}

/// The names of people.
pub(crate) async fn people(ids: impl IntoIterator<Item = u64>, reader: &Reader) -> Names {
    names(&ids.into_iter().collect(), &BTreeSet::new(), reader).await.0
}

fn chunks(ids: &BTreeSet<u64>) -> Vec<Vec<u64>> {
    ids.iter().copied().collect::<Vec<_>>().chunks(PAGE).map(<[u64]>::to_vec).collect()
}

fn titled(row: &Map<String, Value>) -> Option<(String, String)> {
    Some((wire::id(row.get("id")?)?.to_string(), text(row, "title")?))
}
