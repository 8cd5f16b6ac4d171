//! Time spent on tasks, as the contract writes it down.

use super::{
    entry::Entry,
    field::{CONFIRM_DELETE, FORCE, Field, ID, Kind, TASK},
};

const SECONDS: Kind = Kind::Number { least: 1, most: Some(86_400) };
const COMMENT: Field = Field::optional("comment", Kind::Text { least: None, most: Some(4_000) }, "");
const USER: Field = Field::optional("userId", ID, "On behalf of another person.");

pub(super) static ENTRIES: [Entry; 4] = [
    Entry::same("b24_task_elapsed_time_add", &[TASK, Field::required("seconds", SECONDS, ""), COMMENT, USER]),
    Entry::same(
        "b24_task_elapsed_time_list",
        &[
            Field::optional("taskId", ID, ""),
            Field::optional("filter", Kind::Any, "Conditions by field, with ! >= <= > < in front."),
            Field::optional("order", Kind::Order, "Newest first when left out."),
            Field::optional("select", Kind::Texts, "Fields to return."),
            Field::optional(
                "start",
                Kind::Number { least: 0, most: Some(100_000) },
                "Offset; a page has 50.",
            ),
        ],
    ),
    Entry::same(
        "b24_task_elapsed_time_update",
        &[
            TASK,
            Field::required("itemId", ID, "Of the entry."),
            Field::optional("seconds", SECONDS, ""),
            COMMENT,
            USER,
        ],
    ),
    Entry::same(
        "b24_task_elapsed_time_delete",
        &[
            TASK,
            Field::required("itemId", Kind::OneOrMany, "An entry, or a list of entries for a batch."),
            CONFIRM_DELETE,
            FORCE,
        ],
    ),
];
