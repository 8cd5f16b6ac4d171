//! Checklists, whose methods read their parameters in order.

use crate::portal_check::fact::{Family, fact, form, v2};
use crate::portal_check::want::{Kind, Want};

const TASK: &str = "api-reference/tasks/tasks-task-add.md";
const ADD: &str = "api-reference/tasks/checklist-item/task-checklist-item-add.md";
const GET: &str = "api-reference/tasks/checklist-item/task-checklist-item-get.md";
const LIST: &str = "api-reference/tasks/checklist-item/task-checklist-item-get-list.md";
const UPDATE: &str = "api-reference/tasks/checklist-item/task-checklist-item-update.md";
const COMPLETE: &str = "api-reference/tasks/checklist-item/task-checklist-item-complete.md";
const RENEW: &str = "api-reference/tasks/checklist-item/task-checklist-item-renew.md";
const DELETE: &str = "api-reference/tasks/checklist-item/task-checklist-item-delete.md";
const ALLOWED: &str = "api-reference/tasks/checklist-item/task-checklist-item-is-action-allowed.md";
const ORDER: &str = "settings/how-to-call-rest-api/data-encoding.md";

const ITEM: &str = r#"{"TASKID":<c_task>,"ITEMID":<c_item>}"#;
const WRONG: &[Want] = &[
    Want::Status(400),
    Want::Is("/error", "\"ERROR_CORE\""),
    Want::Holds("/error_description", "#256"),
    Want::Holds("/error_description", "WRONG_ARGUMENTS"),
];

pub(crate) static FAMILY: Family = Family {
    name: "checklist",
    scopes: &["task"],
    writes: true,
    facts: &[
        fact(
            "checklist.none",
            TASK,
            "A new task has an empty checklist.",
            v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> list","RESPONSIBLE_ID":<me>}}"#),
            &[Want::Kind("/result/task/checklist", Kind::Empty)],
        )
        .keeping(&[("c_task", "/result/task/id")]),
        fact(
            "checklist.add",
            ADD,
            "`task.checklistitem.add` answers the number of the new item.",
            v2(
                "task.checklistitem.add",
                r#"{"TASKID":<c_task>,"FIELDS":{"TITLE":"<word> heading","PARENT_ID":0}}"#,
            ),
            &[Want::Status(200), Want::Kind("/result", Kind::Whole)],
        )
        .keeping(&[("c_root", "/result")]),
        fact(
            "checklist.add.item",
            ADD,
            "An item belongs to the checklist that PARENT_ID names.",
            v2(
                "task.checklistitem.add",
                r#"{"TASKID":<c_task>,"FIELDS":{"TITLE":"<word> line","PARENT_ID":<c_root>}}"#,
            ),
            &[Want::Kind("/result", Kind::Whole)],
        )
        .keeping(&[("c_item", "/result")]),
        fact(
            "checklist.add.form",
            ORDER,
            "Parameters can be told by their places alone.",
            form("task.checklistitem.add", "0=<c_task>&1[TITLE]=<word>+second&1[PARENT_ID]=<c_root>"),
            &[Want::Status(200), Want::Kind("/result", Kind::Whole)],
        )
        .keeping(&[("c_second", "/result")]),
        fact(
            "checklist.add.no-title",
            ADD,
            "An item without a title is ERROR_CORE, number 8.",
            v2("task.checklistitem.add", r#"{"TASKID":<c_task>,"FIELDS":{"SORT_INDEX":1}}"#),
            &[
                Want::Status(400),
                Want::Is("/error", "\"ERROR_CORE\""),
                Want::Holds("/error_description", "#8"),
            ],
        ),
        fact(
            "checklist.add.no-task",
            ADD,
            "A task that is no number is ERROR_CORE, number 256, naming the place.",
            v2("task.checklistitem.add", r#"{"TASKID":"abc","FIELDS":{"TITLE":"x"}}"#),
            WRONG,
        ),
        fact(
            "checklist.add.no-fields",
            ADD,
            "Missing fields are ERROR_CORE, number 256.",
            v2("task.checklistitem.add", r#"{"TASKID":<c_task>}"#),
            WRONG,
        ),
        fact(
            "checklist.order",
            ORDER,
            "Parameters out of order are wrong ones.",
            v2("task.checklistitem.add", r#"{"FIELDS":{"TITLE":"<word> x"},"TASKID":<c_task>}"#),
            WRONG,
        ),
        fact(
            "checklist.get",
            GET,
            "An item tells ids as text and its flags as Y or N.",
            v2("task.checklistitem.get", ITEM),
            &[
                Want::Is("/result/ID", "\"<c_item>\""),
                Want::Is("/result/TASK_ID", "\"<c_task>\""),
                Want::Is("/result/PARENT_ID", "\"<c_root>\""),
                Want::Is("/result/IS_COMPLETE", "\"N\""),
                Want::Kind("/result/IS_IMPORTANT", Kind::YesNo),
            ],
        ),
        fact(
            "checklist.get.title",
            GET,
            "An item tells its title and its author.",
            v2("task.checklistitem.get", ITEM),
            &[Want::Is("/result/TITLE", "\"<word> line\""), Want::Is("/result/CREATED_BY", "\"<me>\"")],
        ),
        fact(
            "checklist.get.nowhere",
            GET,
            "An item that does not exist is ERROR_CORE, number 512.",
            v2("task.checklistitem.get", r#"{"TASKID":<c_task>,"ITEMID":999999999}"#),
            &[
                Want::Status(400),
                Want::Is("/error", "\"ERROR_CORE\""),
                Want::Holds("/error_description", "#512"),
                Want::Holds("/error_description", "ITEM_NOT_FOUND_OR_NOT_ACCESSIBLE"),
            ],
        ),
        fact(
            "checklist.get.no-item",
            GET,
            "A missing item is ERROR_CORE, number 256.",
            v2("task.checklistitem.get", r#"{"TASKID":<c_task>}"#),
            WRONG,
        ),
        fact(
            "checklist.list",
            LIST,
            "`task.checklistitem.getlist` answers every line, headings too, without pages.",
            v2("task.checklistitem.getlist", r#"{"TASKID":<c_task>}"#),
            &[Want::Count("/result", 3), Want::Every("/result", "/ID", Kind::Digits), Want::Absent("/next")],
        ),
        fact(
            "checklist.list.order",
            LIST,
            "A key of ORDER that does not exist is ERROR_CORE, number 256.",
            v2("task.checklistitem.getlist", r#"{"TASKID":<c_task>,"ORDER":{"IS_COMPLETED":"asc"}}"#),
            WRONG,
        ),
        fact(
            "checklist.list.no-task",
            LIST,
            "A list without a task is ERROR_CORE, number 256.",
            v2("task.checklistitem.getlist", "{}"),
            WRONG,
        ),
        fact(
            "checklist.complete",
            COMPLETE,
            "Completing an item answers true.",
            v2("task.checklistitem.complete", ITEM),
            &[Want::Status(200), Want::Is("/result", "true")],
        ),
        fact(
            "checklist.complete.read",
            COMPLETE,
            "A completed item tells who toggled it.",
            v2("task.checklistitem.get", ITEM),
            &[Want::Is("/result/IS_COMPLETE", "\"Y\""), Want::Is("/result/TOGGLED_BY", "\"<me>\"")],
        ),
        fact(
            "checklist.complete.again",
            COMPLETE,
            "Completing it again answers true again.",
            v2("task.checklistitem.complete", ITEM),
            &[Want::Status(200), Want::Is("/result", "true")],
        ),
        fact(
            "checklist.complete.nowhere",
            COMPLETE,
            "Completing an item that does not exist answers false.",
            v2("task.checklistitem.complete", r#"{"TASKID":<c_task>,"ITEMID":999999999}"#),
            &[Want::Status(200), Want::Is("/result", "false")],
        ),
        fact(
            "checklist.complete.no-item",
            COMPLETE,
            "Completing without an item is ERROR_CORE, number 256.",
            v2("task.checklistitem.complete", r#"{"TASKID":<c_task>}"#),
            WRONG,
        ),
        fact(
            "checklist.renew",
            RENEW,
            "Renewing an item answers true.",
            v2("task.checklistitem.renew", ITEM),
            &[Want::Status(200), Want::Is("/result", "true")],
        ),
        fact(
            "checklist.update",
            UPDATE,
            "A change of an item is not refused.",
            v2(
                "task.checklistitem.update",
                r#"{"TASKID":<c_task>,"ITEMID":<c_item>,"FIELDS":{"TITLE":"<word> new line"}}"#,
            ),
            &[Want::Status(200), Want::Absent("/error")],
        ),
        fact(
            "checklist.update.read",
            UPDATE,
            "A change of an item can be read.",
            v2("task.checklistitem.get", ITEM),
            &[Want::Is("/result/TITLE", "\"<word> new line\""), Want::Is("/result/IS_COMPLETE", "\"N\"")],
        ),
        fact(
            "checklist.update.no-fields",
            UPDATE,
            "A change without fields is ERROR_CORE, number 256.",
            v2("task.checklistitem.update", ITEM),
            WRONG,
        ),
        fact(
            "checklist.allowed",
            ALLOWED,
            "Whether an action is allowed is true or false.",
            v2("task.checklistitem.isactionallowed", r#"{"TASKID":<c_task>,"ITEMID":<c_item>,"ACTIONID":2}"#),
            &[Want::Status(200), Want::Kind("/result", Kind::Flag)],
        ),
        fact(
            "checklist.delete",
            DELETE,
            "Deleting an item answers true.",
            v2("task.checklistitem.delete", r#"{"TASKID":<c_task>,"ITEMID":<c_second>}"#),
            &[Want::Status(200), Want::Is("/result", "true")],
        ),
        fact(
            "checklist.delete.gone",
            DELETE,
            "A deleted item is not there any more.",
            v2("task.checklistitem.get", r#"{"TASKID":<c_task>,"ITEMID":<c_second>}"#),
            &[Want::Status(400), Want::Is("/error", "\"ERROR_CORE\"")],
        ),
    ],
};
