//! Creating, changing and deleting tasks in REST 3.0.

use crate::portal_check::fact::{Family, fact, v2, v3};
use crate::portal_check::want::{Kind, Want};

const ADD: &str = "api-reference/tasks/tasks-task-add-rest-v3.md";
const GET: &str = "api-reference/tasks/tasks-task-get-rest-v3.md";
const UPDATE: &str = "api-reference/tasks/tasks-task-update-rest-v3.md";
const DELETE: &str = "api-reference/tasks/tasks-task-delete-rest-v3.md";
const OLD: &str = "api-reference/tasks/tasks-task-get.md";

const INVALID: &str = "\"BITRIX_REST_V3_EXCEPTION_VALIDATION_REQUESTVALIDATIONEXCEPTION\"";

pub(crate) static FAMILY: Family = Family {
    name: "v3_write",
    scopes: &["task", "tasks"],
    writes: true,
    facts: &[
        fact(
            "v3_write.add",
            ADD,
            "A task needs title, creator and responsible person, and is answered in `result.item`.",
            v3(
                "tasks.task.add",
                r#"{"fields":{"title":"<word> third","creatorId":<me>,"responsibleId":<me>}}"#,
            ),
            &[
                Want::Status(200),
                Want::Kind("/result/item/id", Kind::Whole),
                Want::Is("/result/item/title", "\"<word> third\""),
            ],
        )
        .keeping(&[("n_task", "/result/item/id")]),
        fact(
            "v3_write.add.title",
            ADD,
            "A task without a title is refused, naming the field.",
            v3("tasks.task.add", r#"{"fields":{"creatorId":<me>,"responsibleId":<me>}}"#),
            &[
                Want::Status(400),
                Want::Is("/error/code", INVALID),
                Want::Is("/error/validation/0/field", "\"title\""),
            ],
        ),
        fact(
            "v3_write.add.fields",
            ADD,
            "A task without `fields` is refused.",
            v3("tasks.task.add", "{}"),
            &[Want::Status(400), Want::Is("/error/code", INVALID)],
        ),
        fact(
            "v3_write.add.type",
            ADD,
            "A responsible person written as text is refused.",
            v3(
                "tasks.task.add",
                r#"{"fields":{"title":"<word> x","creatorId":<me>,"responsibleId":"<me>"}}"#,
            ),
            &[Want::Status(400), Want::Is("/error/code", INVALID)],
        ),
        fact(
            "v3_write.add.nobody",
            ADD,
            "A responsible person who does not exist is refused.",
            v3(
                "tasks.task.add",
                r#"{"fields":{"title":"<word> x","creatorId":<me>,"responsibleId":999999999}}"#,
            ),
            &[Want::Status(400), Want::Is("/error/code", INVALID)],
        ),
        fact(
            "v3_write.read",
            GET,
            "A new task is read with its status as a word.",
            v3("tasks.task.get", r#"{"id":<n_task>,"select":["id","status","created"]}"#),
            &[
                Want::Is("/result/item/status", "\"pending\""),
                Want::Kind("/result/item/created", Kind::Moment),
            ],
        ),
        fact(
            "v3_write.same",
            OLD,
            "What REST 3.0 created the classic API reads.",
            v2("tasks.task.get", r#"{"taskId":<n_task>,"select":["ID","TITLE"]}"#),
            &[Want::Is("/result/task/title", "\"<word> third\"")],
        ),
        fact(
            "v3_write.update",
            UPDATE,
            "A change answers true inside `result`.",
            v3("tasks.task.update", r#"{"id":<n_task>,"fields":{"title":"<word> changed"}}"#),
            &[Want::Status(200), Want::Is("/result", r#"{"result":true}"#)],
        ),
        fact(
            "v3_write.update.read",
            UPDATE,
            "A change can be read.",
            v3("tasks.task.get", r#"{"id":<n_task>,"select":["id","title"]}"#),
            &[Want::Is("/result/item/title", "\"<word> changed\"")],
        ),
        fact(
            "v3_write.update.creator",
            UPDATE,
            "The creator cannot be changed: the refusal names the field.",
            v3("tasks.task.update", r#"{"id":<n_task>,"fields":{"creatorId":<me>}}"#),
            &[
                Want::Status(400),
                Want::Is("/error/code", INVALID),
                Want::Is("/error/validation/0/field", "\"creatorId\""),
            ],
        ),
        fact(
            "v3_write.update.self",
            UPDATE,
            "A task cannot be its own parent.",
            v3("tasks.task.update", r#"{"id":<n_task>,"fields":{"parentId":<n_task>}}"#),
            &[Want::Status(400), Want::Is("/error/code", INVALID)],
        ),
        fact(
            "v3_write.update.nowhere",
            UPDATE,
            "A task that does not exist is ACCESSDENIEDEXCEPTION.",
            v3("tasks.task.update", r#"{"id":999999999,"fields":{"title":"x"}}"#),
            &[Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION\"")],
        ),
        fact(
            "v3_write.delete",
            DELETE,
            "A deletion answers true inside `result`.",
            v3("tasks.task.delete", r#"{"id":<n_task>}"#),
            &[Want::Status(200), Want::Is("/result", r#"{"result":true}"#)],
        ),
        fact(
            "v3_write.delete.gone",
            DELETE,
            "A deleted task is ENTITYNOTFOUNDEXCEPTION.",
            v3("tasks.task.get", r#"{"id":<n_task>}"#),
            &[
                Want::Status(400),
                Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_ENTITYNOTFOUNDEXCEPTION\""),
            ],
        ),
    ],
};
