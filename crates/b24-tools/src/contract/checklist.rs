//! Checklists, as the contract fills, ticks and empties them.

use super::{
    entry::Entry,
    field::{CONFIRM_DELETE, COUNT, FORCE, Field, Kind, TASK, TITLE},
};

const ITEMS: Field = Field::required("itemId", Kind::OneOrMany, "An item, or a list of items for a batch.");

const ORDER: &[Field] = &[
    Field::required(
        "field",
        Kind::Word(&[
            "id",
            "parentId",
            "createdBy",
            "title",
            "sortIndex",
            "isComplete",
            "isImportant",
            "toggledBy",
            "toggledDate",
        ]),
        "",
    ),
    Field::required("direction", Kind::Word(&["asc", "desc"]), ""),
];

pub(super) static ENTRIES: [Entry; 5] = [
    Entry::same(
        "b24_task_checklist_item_add",
        &[
            TASK,
            Field::required("title", TITLE, ""),
            Field::optional("parentId", COUNT, "0, or left out: a new checklist."),
            Field::optional("sortIndex", COUNT, ""),
            Field::optional("isImportant", Kind::Flag, ""),
        ],
    ),
    Entry::same("b24_task_checklist_item_list", &[TASK, Field::optional("order", Kind::Object(ORDER), "")]),
    Entry::same("b24_task_checklist_item_complete", &[TASK, ITEMS, FORCE]),
    Entry::same("b24_task_checklist_item_renew", &[TASK, ITEMS, FORCE]),
    Entry::same(
        "b24_task_checklist_item_delete",
        &[
            TASK,
            ITEMS,
            FORCE,
            CONFIRM_DELETE,
            Field::optional(
                "confirmDeleteHeading",
                Kind::Flag,
                "Only after the person agreed to delete a whole checklist.",
            ),
        ],
    ),
];
