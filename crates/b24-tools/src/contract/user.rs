//! People, as the contract asks about them.

use super::{
    entry::Entry,
    field::{Field, Kind, TEXT},
};

pub(super) static ENTRIES: [Entry; 2] = [
    Entry::same("b24_user_me", &[]),
    Entry::same(
        "b24_user_find",
        &[
            Field::optional("query", TEXT, "Free text; not together with the four below."),
            Field::optional("firstName", TEXT, ""),
            Field::optional("secondName", TEXT, "Patronymic."),
            Field::optional("lastName", TEXT, ""),
            Field::optional("position", TEXT, ""),
            Field::optional("limit", Kind::Number { least: 1, most: Some(50) }, "10 when left out."),
        ],
    ),
];
