//! Tasks, as the contract creates, lists, changes and rates them.

use super::{
    entry::Entry,
    field::{COUNT, FORCE, Field, ID, Kind, TASK, TASKS, TEXT, TITLE},
};

pub(super) static ENTRIES: [Entry; 4] = [
    Entry::same(
        "b24_task_create",
        &[
            Field::required("title", TITLE, ""),
            Field::required("responsibleId", ID, ""),
            Field::optional("description", TEXT, "BBCode."),
            Field::optional("deadline", TEXT, "ISO 8601 with the zone."),
            Field::optional("groupId", COUNT, "0: no group."),
            Field::optional("priority", Kind::Word(&["0", "1", "2"]), "0 low, 1 medium, 2 high."),
            Field::optional("accomplices", Kind::Ids, "People who help."),
            Field::optional("auditors", Kind::Ids, "People who watch."),
        ],
    ),
    Entry::same(
        "b24_task_list",
        &[
            Field::optional(
                "filter",
                Kind::Any,
                "Conditions by field, in camelCase or UPPER_SNAKE, with ! % >= <= > < in front.",
            ),
            Field::optional("order", Kind::Order, "Newest first when left out."),
            Field::optional("select", Kind::Texts, "Fields to return."),
            Field::optional("start", COUNT, "Offset; a page has 50."),
        ],
    ),
    Entry::same(
        "b24_task_update",
        &[
            TASK,
            Field::required(
                "fields",
                Kind::Any,
                "By name in UPPER_SNAKE. ACCOMPLICES, AUDITORS and TAGS replace the whole set.",
            ),
        ],
    ),
    Entry::same(
        "b24_task_rate",
        &[TASKS, Field::required("rating", Kind::Word(&["positive", "negative", "none"]), ""), FORCE],
    ),
];
