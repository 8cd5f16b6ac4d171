//! Comments of tasks. Whether the old methods see what was written depends on the portal's task card, so this is not judged.

use crate::portal_check::fact::{Family, fact, form, v2, v3};
use crate::portal_check::want::{Kind, Want};

const ADD: &str = "api-reference/tasks/comment-item/task-comment-item-add.md";
const LIST: &str = "api-reference/tasks/comment-item/task-comment-item-get-list.md";
const GET: &str = "api-reference/tasks/comment-item/task-comment-item-get.md";
const SEND: &str = "api-reference/tasks/tasks-task-chat-message-send.md";
const ORDER: &str = "settings/how-to-call-rest-api/data-encoding.md";

const WRONG: &[Want] = &[
    Want::Status(400),
    Want::Is("/error", "\"ERROR_CORE\""),
    Want::Holds("/error_description", "#256"),
    Want::Holds("/error_description", "WRONG_ARGUMENTS"),
];

pub(crate) static FAMILY: Family = Family {
    name: "comments",
    scopes: &["task", "tasks"],
    writes: true,
    facts: &[
        fact(
            "comments.task",
            "api-reference/tasks/tasks-task-add.md",
            "A task to comment on is created.",
            v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> talk","RESPONSIBLE_ID":<me>}}"#),
            &[Want::Status(200)],
        )
        .keeping(&[("m_task", "/result/task/id")]),
        fact(
            "comments.add",
            ADD,
            "`task.commentitem.add` answers the number of the comment.",
            v2("task.commentitem.add", r#"{"TASKID":<m_task>,"FIELDS":{"POST_MESSAGE":"<word> hello"}}"#),
            &[Want::Status(200), Want::Kind("/result", Kind::Whole)],
        ),
        fact(
            "comments.add.form",
            ORDER,
            "Parameters can be told by their places alone.",
            form("task.commentitem.add", "0=<m_task>&1[POST_MESSAGE]=<word>+again"),
            &[Want::Status(200), Want::Kind("/result", Kind::Whole)],
        ),
        fact(
            "comments.add.empty",
            ADD,
            "A comment without a text is ERROR_CORE.",
            v2("task.commentitem.add", r#"{"TASKID":<m_task>,"FIELDS":{"POST_MESSAGE":""}}"#),
            &[Want::Status(400), Want::Is("/error", "\"ERROR_CORE\"")],
        ),
        fact(
            "comments.add.field",
            ADD,
            "A field that a comment does not have is ERROR_CORE, number 256.",
            v2(
                "task.commentitem.add",
                r#"{"TASKID":<m_task>,"FIELDS":{"POST_MESSAGE":"x","NO_SUCH_FIELD":1}}"#,
            ),
            WRONG,
        ),
        fact(
            "comments.add.task",
            ADD,
            "A task that is no number is ERROR_CORE, number 256.",
            v2("task.commentitem.add", r#"{"TASKID":"abc","FIELDS":{"POST_MESSAGE":"x"}}"#),
            WRONG,
        ),
        fact(
            "comments.add.order",
            ORDER,
            "Parameters out of order are wrong ones.",
            v2("task.commentitem.add", r#"{"FIELDS":{"POST_MESSAGE":"x"},"TASKID":<m_task>}"#),
            WRONG,
        ),
        fact(
            "comments.list",
            LIST,
            "`task.commentitem.getlist` answers a list.",
            v2("task.commentitem.getlist", r#"{"TASKID":<m_task>}"#),
            &[Want::Status(200), Want::Kind("/result", Kind::List)],
        ),
        fact(
            "comments.list.row",
            LIST,
            "A comment tells id and author as text, and a moment.",
            v2("task.commentitem.getlist", r#"{"TASKID":<m_task>}"#),
            &[
                Want::Every("/result", "/ID", Kind::Digits),
                Want::Every("/result", "/AUTHOR_ID", Kind::Digits),
                Want::Every("/result", "/AUTHOR_NAME", Kind::Text),
                Want::Every("/result", "/POST_DATE", Kind::Moment),
                Want::Every("/result", "/POST_MESSAGE", Kind::Text),
            ],
        ),
        fact(
            "comments.list.task",
            LIST,
            "A list for a task that is no number is ERROR_CORE, number 256.",
            v2("task.commentitem.getlist", r#"{"TASKID":"abc"}"#),
            WRONG,
        ),
        fact(
            "comments.list.order",
            LIST,
            "A prefix in ORDER is ERROR_CORE, number 256.",
            v2("task.commentitem.getlist", r#"{"TASKID":<m_task>,"ORDER":{">=POST_DATE":"asc"}}"#),
            WRONG,
        ),
        fact(
            "comments.list.filter",
            LIST,
            "A prefix that FILTER does not know is ERROR_CORE, number 256.",
            v2(
                "task.commentitem.getlist",
                r#"{"TASKID":<m_task>,"ORDER":{"ID":"asc"},"FILTER":{"%POST_DATE":"2025"}}"#,
            ),
            WRONG,
        ),
        fact(
            "comments.get.nowhere",
            GET,
            "A comment that does not exist is ERROR_CORE, number 512.",
            v2("task.commentitem.get", r#"{"TASKID":<m_task>,"ITEMID":999999999}"#),
            &[
                Want::Status(400),
                Want::Is("/error", "\"ERROR_CORE\""),
                Want::Holds("/error_description", "#512"),
            ],
        ),
        fact(
            "comments.get.no-item",
            GET,
            "A missing comment is ERROR_CORE, number 256.",
            v2("task.commentitem.get", r#"{"TASKID":<m_task>}"#),
            WRONG,
        ),
        fact(
            "comments.send",
            SEND,
            "A message to the chat of a task answers true inside `result`.",
            v3("tasks.task.chat.message.send", r#"{"fields":{"taskId":<m_task>,"text":"<word> hi"}}"#),
            &[Want::Status(200), Want::Is("/result", r#"{"result":true}"#)],
        ),
        fact(
            "comments.send.no-task",
            SEND,
            "A message without a task is refused in the form of REST 3.0, naming the field.",
            v3("tasks.task.chat.message.send", r#"{"fields":{"text":"x"}}"#),
            &[Want::Status(400), Want::Is("/error/validation/0/field", "\"taskId\"")],
        ),
        fact(
            "comments.send.nowhere",
            SEND,
            "A message to a task that cannot be reached is ACCESSDENIEDEXCEPTION.",
            v3("tasks.task.chat.message.send", r#"{"fields":{"taskId":999999999,"text":"x"}}"#),
            &[Want::Is("/error/code", "\"BITRIX_REST_V3_EXCEPTION_ACCESSDENIEDEXCEPTION\"")],
        ),
    ],
};
