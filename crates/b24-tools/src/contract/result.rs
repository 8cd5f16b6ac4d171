//! Results of tasks, as the contract keeps them.

use super::{
    entry::Entry,
    field::{CONFIRM_DELETE, COUNT, Field, ID, Kind, TASK},
};

const TEXT: Field = Field::required("text", Kind::Text { least: Some(1), most: Some(10_000) }, "");
const RESULT: Field = Field::required("resultId", ID, "Of the result, not of the task.");
const ORDER: &[Field] = &[
    Field::required(
        "field",
        Kind::Word(&["id", "authorId", "createdAt", "updatedAt", "status", "messageId"]),
        "",
    ),
    Field::required("direction", Kind::Word(&["asc", "desc"]), ""),
];

pub(super) static ENTRIES: [Entry; 4] = [
    Entry::same("b24_task_result_add", &[TASK, TEXT]),
    Entry::same(
        "b24_task_result_list",
        &[
            TASK,
            Field::optional("order", Kind::Object(ORDER), "Newest first when left out."),
            Field::optional("limit", Kind::Number { least: 1, most: Some(100) }, "50 when left out."),
            Field::optional("offset", COUNT, ""),
        ],
    ),
    Entry::same("b24_task_result_update", &[RESULT, TEXT]),
    Entry::same("b24_task_result_delete", &[RESULT, CONFIRM_DELETE]),
];
