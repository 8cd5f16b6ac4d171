//! Links between tasks, as the contract makes and unmakes them.

use super::{
    entry::Entry,
    field::{CONFIRM_DELETE, FORCE, Field, ID, Kind, TASK},
};

const TO: Field = Field::required("taskIdTo", ID, "The task that depends.");
const FROM: Field =
    Field::required("taskIdFrom", Kind::OneOrMany, "The task it depends on, or a list of them for a batch.");

pub(super) static ENTRIES: [Entry; 3] = [
    Entry::same(
        "b24_task_dependency_add",
        &[
            TO,
            FROM,
            Field::required(
                "linkType",
                Kind::Number { least: 0, most: Some(3) },
                "0 start-start, 1 start-finish, 2 finish-start (\"after\"), 3 finish-finish.",
            ),
            FORCE,
        ],
    ),
    Entry::same("b24_task_dependency_list", &[TASK]),
    Entry::same("b24_task_dependency_remove", &[TO, FROM, CONFIRM_DELETE, FORCE]),
];
