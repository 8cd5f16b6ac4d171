//! Every fact, a file for each family. The families that write come last, so that what they do is seen by no other.

use super::fact::Family;

mod batch;
mod batch_limits;
mod batch_v3;
mod checklist;
mod comments;
mod departments;
mod elapsed;
mod encodings;
mod envelope;
mod errors;
mod groups;
mod idempotency;
mod lifecycle;
pub(crate) mod limits;
mod results;
mod stages;
mod system;
mod tasks_list;
mod tasks_read;
mod tasks_refusals;
mod tasks_write;
mod traces;
mod users;
mod users_filters;
mod v3;
mod v3_lists;
mod v3_write;

/// In the order in which they are asked.
pub(crate) const FAMILIES: [&Family; 27] = [
    &envelope::FAMILY,
    &errors::FAMILY,
    &encodings::FAMILY,
    &system::FAMILY,
    &users::FAMILY,
    &users_filters::FAMILY,
    &departments::FAMILY,
    &tasks_list::FAMILY,
    &tasks_read::FAMILY,
    &tasks_refusals::FAMILY,
    &groups::FAMILY,
    &stages::FAMILY,
    &batch::FAMILY,
    &batch_limits::FAMILY,
    &v3::FAMILY,
    &v3_lists::FAMILY,
    &batch_v3::FAMILY,
    &limits::FAMILY,
    &tasks_write::FAMILY,
    &lifecycle::FAMILY,
    &checklist::FAMILY,
    &comments::FAMILY,
    &elapsed::FAMILY,
    &traces::FAMILY,
    &results::FAMILY,
    &v3_write::FAMILY,
    &idempotency::FAMILY,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::fact::Fact;
    use super::*;

    fn all() -> impl Iterator<Item = (&'static Family, &'static Fact)> {
        FAMILIES.into_iter().flat_map(|family| family.facts.iter().map(move |fact| (family, fact)))
    }

    #[test]
    fn every_fact_has_an_id_of_its_own_a_sentence_a_page_and_something_wanted() {
        let mut ids = BTreeSet::new();
        for (family, fact) in all() {
            let id = fact.id;
            assert!(ids.insert(id), "{id} twice");
            assert!(id.starts_with(&format!("{}.", family.name)), "{id} is in {}", family.name);
            assert!(fact.says.ends_with('.') && fact.says.len() > 12, "{id}: {}", fact.says);
            assert!(fact.page.ends_with(".md"), "{id}: {}", fact.page);
            assert!(!fact.wants.is_empty(), "{id} wants nothing");
        }
        assert!(ids.len() >= 150, "only {} facts", ids.len());
    }

    #[test]
    fn a_family_that_only_reads_calls_nothing_that_writes() {
        const WRITES: [&str; 9] =
            [".add", ".update", ".delete", ".complete", ".start", ".send", ".renew", ".attach", ".set"];
        for (_, fact) in all().filter(|(family, _)| !family.writes) {
            let method = fact.ask.method;
            let refused = fact.wants.iter().any(|want| format!("{want:?}").contains("/error"));
            assert!(
                refused || !WRITES.iter().any(|verb| method.ends_with(verb)),
                "{} calls {method}",
                fact.id
            );
        }
    }
}
