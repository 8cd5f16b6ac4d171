//! Results of tasks, in REST 3.0.

use crate::portal_check::fact::{Family, fact, v2, v3};
use crate::portal_check::want::{Kind, Want};

const ADD: &str = "api-reference/tasks/result/tasks-task-result-add.md";
const LIST: &str = "api-reference/tasks/result/tasks-task-result-list-rest-v3.md";
const UPDATE: &str = "api-reference/tasks/result/tasks-task-result-update.md";
const DELETE: &str = "api-reference/tasks/result/tasks-task-result-delete.md";
const OLD: &str = "api-reference/tasks/result/tasks-task-result-list.md";

const ITS: &str =
    r#"{"filter":[["taskId","=",<r_task>]],"select":["id","taskId","text","authorId","createdAt","status"]}"#;

pub(crate) static FAMILY: Family = Family {
    name: "results",
    scopes: &["task", "tasks"],
    writes: true,
    facts: &[
        fact(
            "results.task",
            "api-reference/tasks/tasks-task-add-rest-v3.md",
            "A task is created in REST 3.0.",
            v3(
                "tasks.task.add",
                r#"{"fields":{"title":"<word> outcome","creatorId":<me>,"responsibleId":<me>}}"#,
            ),
            &[Want::Status(200), Want::Kind("/result/item/id", Kind::Whole)],
        )
        .keeping(&[("r_task", "/result/item/id")]),
        fact(
            "results.add",
            ADD,
            "A result is answered whole, in `result.item`.",
            v3("tasks.task.result.add", r#"{"fields":{"taskId":<r_task>,"text":"<word> done"}}"#),
            &[
                Want::Status(200),
                Want::Kind("/result/item/id", Kind::Whole),
                Want::Is("/result/item/taskId", "<r_task>"),
                Want::Is("/result/item/text", "\"<word> done\""),
                Want::Is("/result/item/authorId", "<me>"),
            ],
        )
        .keeping(&[("r_one", "/result/item/id")]),
        fact(
            "results.add.no-text",
            ADD,
            "A result without a text is refused, naming the field.",
            v3("tasks.task.result.add", r#"{"fields":{"taskId":<r_task>}}"#),
            &[Want::Status(400), Want::Is("/error/validation/0/field", "\"text\"")],
        ),
        fact(
            "results.add.no-fields",
            ADD,
            "A result without `fields` is REQUESTVALIDATIONEXCEPTION.",
            v3("tasks.task.result.add", "{}"),
            &[
                Want::Status(400),
                Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION\""),
            ],
        ),
        fact(
            "results.list",
            LIST,
            "The results of a task stand in `result.items`.",
            v3("tasks.task.result.list", ITS),
            &[
                Want::Status(200),
                Want::Count("/result/items", 1),
                Want::Is("/result/items/0/id", "<r_one>"),
                Want::Kind("/result/items/0/createdAt", Kind::Moment),
            ],
        ),
        fact(
            "results.list.whose",
            LIST,
            "A list of results needs a condition for its task.",
            v3("tasks.task.result.list", r#"{"filter":[["id","=",1]]}"#),
            &[Want::Status(400), Want::Kind("/error/code", Kind::Words)],
        ),
        fact(
            "results.update",
            UPDATE,
            "A changed result is answered whole.",
            v3("tasks.task.result.update", r#"{"id":<r_one>,"fields":{"text":"<word> redone"}}"#),
            &[
                Want::Status(200),
                Want::Is("/result/item/text", "\"<word> redone\""),
                Want::Kind("/result/item/updatedAt", Kind::Moment),
            ],
        ),
        fact(
            "results.old",
            OLD,
            "The classic list tells results with numbers for ids.",
            v2("tasks.task.result.list", r#"{"taskId":<r_task>}"#),
            &[
                Want::Status(200),
                Want::Count("/result", 1),
                Want::Is("/result/0/taskId", "<r_task>"),
                Want::Is("/result/0/createdBy", "<me>"),
            ],
        ),
        fact(
            "results.delete",
            DELETE,
            "Deleting a result answers true inside `result`.",
            v3("tasks.task.result.delete", r#"{"id":<r_one>}"#),
            &[Want::Status(200), Want::Is("/result", r#"{"result":true}"#)],
        ),
        fact(
            "results.delete.gone",
            DELETE,
            "A deleted result is not there any more.",
            v3("tasks.task.result.list", ITS),
            &[Want::Status(200), Want::Count("/result/items", 0)],
        ),
    ],
};
