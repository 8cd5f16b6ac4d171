//! The seven verbs, which are one tool of ours.

use super::{
    entry::Entry,
    field::{FORCE, Field, TASKS},
};
use crate::tools::task::transition::VERBS;

const FIELDS: &[Field] = &[TASKS, FORCE];

pub(super) fn entries() -> impl Iterator<Item = Entry> {
    VERBS.iter().map(|verb| Entry {
        name: verb.name,
        words: Some((verb.title, verb.description)),
        preset: Some(("action", verb.word)),
        tool: "b24_task_transition",
        fields: FIELDS,
    })
}
