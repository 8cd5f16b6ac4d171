//! One task, its fields and the rights to it.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const GET: &str = "api-reference/tasks/tasks-task-get.md";
const FIELDS: &str = "api-reference/tasks/tasks-task-get-fields.md";
const ACCESS: &str = "api-reference/tasks/tasks-task-get-access.md";
const COUNTERS: &str = "api-reference/tasks/tasks-task-counters-get.md";
const HISTORY: &str = "api-reference/tasks/tasks-task-history-list.md";
const PLANNER: &str = "api-reference/tasks/planner/task-planner-get-list.md";

pub(crate) static FAMILY: Family = Family {
    name: "tasks_read",
    scopes: &["task"],
    writes: false,
    facts: &[
        fact(
            "tasks_read.task",
            GET,
            "A task stands in `result.task`.",
            v2("tasks.task.get", r#"{"taskId":<task>}"#),
            &[Want::Status(200), Want::Is("/result/task/id", "\"<task>\"")],
        ),
        fact(
            "tasks_read.select",
            GET,
            "`select` asks for fields by name.",
            v2("tasks.task.get", r#"{"taskId":<task>,"select":["ID","TITLE"]}"#),
            &[Want::Kind("/result/task/title", Kind::Text), Want::Absent("/result/task/createdDate")],
        ),
        fact(
            "tasks_read.people",
            GET,
            "The creator and the responsible person are told with id, name, link and icon.",
            v2("tasks.task.get", r#"{"taskId":<task>,"select":["ID","CREATED_BY","RESPONSIBLE_ID"]}"#),
            &[
                Want::Kind("/result/task/creator/id", Kind::Digits),
                Want::Kind("/result/task/creator/name", Kind::Text),
                Want::Kind("/result/task/responsible/link", Kind::Text),
                Want::Kind("/result/task/responsible/icon", Kind::Text),
            ],
        ),
        fact(
            "tasks_read.action",
            GET,
            "`action` tells with true or false what the caller may do.",
            v2("tasks.task.get", r#"{"taskId":<task>}"#),
            &[
                Want::Every("/result/task/action", "", Kind::Flag),
                Want::Kind("/result/task/action/complete", Kind::Flag),
                Want::Kind("/result/task/action/edit.originator", Kind::Flag),
                Want::Kind("/result/task/action/favorite.add", Kind::Flag),
            ],
        ),
        fact(
            "tasks_read.group",
            GET,
            "A task without a project has `[]` for it.",
            v2("tasks.task.get", r#"{"taskId":<task>}"#),
            &[Want::Kind("/result/task/group", Kind::MapOrEmpty)],
        ),
        fact(
            "tasks_read.bbcode",
            GET,
            "`descriptionInBbcode` is Y or N.",
            v2("tasks.task.get", r#"{"taskId":<task>}"#),
            &[Want::Kind("/result/task/descriptionInBbcode", Kind::YesNo)],
        ),
        fact(
            "tasks_read.favourite",
            GET,
            "`favorite` is Y or N.",
            v2("tasks.task.get", r#"{"taskId":<task>,"select":["ID","FAVORITE"]}"#),
            &[Want::Kind("/result/task/favorite", Kind::YesNo)],
        ),
        fact(
            "tasks_read.missing",
            GET,
            "A task that does not exist is answered with status 200 and an empty list.",
            v2("tasks.task.get", r#"{"taskId":999999999}"#),
            &[Want::Status(200), Want::Is("/result", "[]")],
        ),
        fact(
            "tasks_read.fields",
            FIELDS,
            "`tasks.task.getFields` describes the fields under `result.fields`.",
            v2("tasks.task.getFields", "{}"),
            &[
                Want::Status(200),
                Want::Kind("/result/fields/TITLE/type", Kind::Words),
                Want::Is("/result/fields/TITLE/required", "true"),
            ],
        ),
        fact(
            "tasks_read.fields.type",
            FIELDS,
            "Every field has a type.",
            v2("tasks.task.getFields", "{}"),
            &[Want::Every("/result/fields", "/type", Kind::Words)],
        ),
        fact(
            "tasks_read.fields.values",
            FIELDS,
            "A field of given values lists them.",
            v2("tasks.task.getFields", "{}"),
            &[
                Want::Kind("/result/fields/MULTITASK/values/Y", Kind::Words),
                Want::Is("/result/fields/MULTITASK/default", "\"N\""),
            ],
        ),
        fact(
            "tasks_read.access",
            ACCESS,
            "`tasks.task.getaccess` tells the caller's rights by user id, in capitals.",
            v2("tasks.task.getaccess", r#"{"taskId":<task>}"#),
            &[Want::Status(200), Want::Every("/result/allowedActions", "/COMPLETE", Kind::Flag)],
        ),
        fact(
            "tasks_read.access.all",
            ACCESS,
            "Every right is true or false.",
            v2("tasks.task.getaccess", r#"{"taskId":<task>}"#),
            &[
                Want::Every("/result/allowedActions", "/START", Kind::Flag),
                Want::Every("/result/allowedActions", "/EDIT", Kind::Flag),
                Want::Every("/result/allowedActions", "/REMOVE", Kind::Flag),
            ],
        ),
        fact(
            "tasks_read.access.other",
            ACCESS,
            "Rights of others are told when they are asked for.",
            v2("tasks.task.getaccess", r#"{"taskId":<task>,"users":[<other>]}"#),
            &[
                Want::Count("/result/allowedActions", 1),
                Want::Every("/result/allowedActions", "/START", Kind::Flag),
            ],
        ),
        fact(
            "tasks_read.counters",
            COUNTERS,
            "`tasks.task.counters.get` tells overdue tasks and new comments, as numbers.",
            v2("tasks.task.counters.get", "{}"),
            &[
                Want::Status(200),
                Want::Kind("/result/expired/counter", Kind::Whole),
                Want::Kind("/result/new_comments/counter", Kind::Whole),
            ],
        ),
        fact(
            "tasks_read.counters.total",
            COUNTERS,
            "Its `total` is always 1.",
            v2("tasks.task.counters.get", "{}"),
            &[Want::Is("/total", "1")],
        ),
        fact(
            "tasks_read.counters.nobody",
            COUNTERS,
            "For a person who does not exist it answers an empty list.",
            v2("tasks.task.counters.get", r#"{"userId":999999999}"#),
            &[Want::Status(200), Want::Is("/result", "[]")],
        ),
        fact(
            "tasks_read.history",
            HISTORY,
            "The history of a task stands in `result.list`.",
            v2("tasks.task.history.list", r#"{"taskId":<task>}"#),
            &[Want::Status(200), Want::Kind("/result/list", Kind::List)],
        ),
        fact(
            "tasks_read.history.row",
            HISTORY,
            "An entry has a number, a moment, a field and a person.",
            v2("tasks.task.history.list", r#"{"taskId":<task>}"#),
            &[
                Want::Every("/result/list", "/id", Kind::Whole),
                Want::Every("/result/list", "/createdDate", Kind::Moment),
                Want::Every("/result/list", "/field", Kind::Words),
                Want::Every("/result/list", "/user/id", Kind::Whole),
            ],
        ),
        fact(
            "tasks_read.planner",
            PLANNER,
            "`task.planner.getlist` answers a list of task ids.",
            v2("task.planner.getlist", "{}"),
            &[Want::Status(200), Want::Kind("/result", Kind::List)],
        ),
    ],
};
