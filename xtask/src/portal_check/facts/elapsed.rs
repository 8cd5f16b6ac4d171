//! Time that was spent on a task.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const ADD: &str = "api-reference/tasks/elapsed-item/task-elapsed-item-add.md";
const GET: &str = "api-reference/tasks/elapsed-item/task-elapsed-item-get.md";
const LIST: &str = "api-reference/tasks/elapsed-item/task-elapsed-item-get-list.md";
const UPDATE: &str = "api-reference/tasks/elapsed-item/task-elapsed-item-update.md";
const DELETE: &str = "api-reference/tasks/elapsed-item/task-elapsed-item-delete.md";

const ALL: &str = r#"{"TASKID":<e_task>}"#;

pub(crate) static FAMILY: Family = Family {
    name: "elapsed",
    scopes: &["task"],
    writes: true,
    facts: &[
        fact(
            "elapsed.task",
            "api-reference/tasks/tasks-task-add.md",
            "A task with time tracking is created.",
            v2(
                "tasks.task.add",
                r#"{"fields":{"TITLE":"<word> time","RESPONSIBLE_ID":<me>,"ALLOW_TIME_TRACKING":"Y"}}"#,
            ),
            &[Want::Is("/result/task/allowTimeTracking", "\"Y\"")],
        )
        .keeping(&[("e_task", "/result/task/id")]),
        fact(
            "elapsed.add",
            ADD,
            "`task.elapseditem.add` answers the number of the entry.",
            v2(
                "task.elapseditem.add",
                r#"{"TASKID":<e_task>,"ARFIELDS":{"SECONDS":3600,"COMMENT_TEXT":"<word> work"}}"#,
            ),
            &[Want::Status(200), Want::Kind("/result", Kind::Whole)],
        )
        .keeping(&[("e_item", "/result")]),
        fact(
            "elapsed.list",
            LIST,
            "`task.elapseditem.getlist` answers the entries of a task.",
            v2("task.elapseditem.getlist", ALL),
            &[Want::Status(200), Want::Count("/result", 1), Want::Is("/result/0/ID", "\"<e_item>\"")],
        ),
        fact(
            "elapsed.list.row",
            LIST,
            "An entry tells its numbers as text.",
            v2("task.elapseditem.getlist", ALL),
            &[
                Want::Is("/result/0/TASK_ID", "\"<e_task>\""),
                Want::Is("/result/0/USER_ID", "\"<me>\""),
                Want::Is("/result/0/SECONDS", "\"3600\""),
                Want::Is("/result/0/MINUTES", "\"60\""),
            ],
        ),
        fact(
            "elapsed.list.words",
            LIST,
            "An entry tells its comment and when it was made.",
            v2("task.elapseditem.getlist", ALL),
            &[
                Want::Is("/result/0/COMMENT_TEXT", "\"<word> work\""),
                Want::Kind("/result/0/CREATED_DATE", Kind::Moment),
            ],
        ),
        fact(
            "elapsed.get",
            GET,
            "One entry comes in a list of one, or as itself.",
            v2("task.elapseditem.get", r#"{"TASKID":<e_task>,"ITEMID":<e_item>}"#),
            &[Want::Status(200), Want::BodyHolds("3600")],
        ),
        fact(
            "elapsed.update",
            UPDATE,
            "A change of an entry is not refused.",
            v2(
                "task.elapseditem.update",
                r#"{"TASKID":<e_task>,"ITEMID":<e_item>,"ARFIELDS":{"SECONDS":1800,"COMMENT_TEXT":"<word> less"}}"#,
            ),
            &[Want::Status(200), Want::Absent("/error")],
        ),
        fact(
            "elapsed.update.read",
            UPDATE,
            "A change of an entry can be read.",
            v2("task.elapseditem.getlist", ALL),
            &[Want::Is("/result/0/SECONDS", "\"1800\"")],
        ),
        fact(
            "elapsed.delete",
            DELETE,
            "Deleting an entry is not refused.",
            v2("task.elapseditem.delete", r#"{"TASKID":<e_task>,"ITEMID":<e_item>}"#),
            &[Want::Status(200), Want::Absent("/error")],
        ),
        fact(
            "elapsed.delete.gone",
            DELETE,
            "A deleted entry is not there any more.",
            v2("task.elapseditem.getlist", ALL),
            &[Want::Status(200), Want::Count("/result", 0)],
        ),
    ],
};
