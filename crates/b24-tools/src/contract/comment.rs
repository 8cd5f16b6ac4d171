//! Comments, as the contract adds and lists them.

use super::{
    entry::Entry,
    field::{COUNT, Field, ID, Kind, TASK},
};

pub(super) static ENTRIES: [Entry; 2] = [
    Entry::same(
        "b24_task_comment_add",
        &[
            TASK,
            Field::required("text", Kind::Text { least: Some(1), most: None }, "BBCode."),
            Field::optional("authorId", ID, "On behalf of another person."),
        ],
    ),
    Entry::same(
        "b24_task_comment_list",
        &[
            TASK,
            Field::optional("order", Kind::Word(&["asc", "desc"]), "Oldest first when left out."),
            Field::optional("authorId", ID, ""),
            Field::optional("includeSystem", Kind::Flag, "Service messages of the chat too."),
            Field::optional("limit", Kind::Number { least: 1, most: Some(500) }, ""),
            Field::optional("offset", COUNT, ""),
        ],
    ),
];
