//! Creating, changing and deleting tasks.

use crate::portal_check::fact::{Family, fact, form, v2};
use crate::portal_check::want::{Kind, Want};

const ADD: &str = "api-reference/tasks/tasks-task-add.md";
const UPDATE: &str = "api-reference/tasks/tasks-task-update.md";
const DELETE: &str = "api-reference/tasks/tasks-task-delete.md";
const GET: &str = "api-reference/tasks/tasks-task-get.md";
const ENCODING: &str = "settings/how-to-call-rest-api/data-encoding.md";
const BATCH: &str = "settings/how-to-call-rest-api/batch.md";

const CORE: &[Want] = &[Want::Status(400), Want::Is("/error", "\"ERROR_CORE\""), Want::Absent("/result")];

pub(crate) static FAMILY: Family = Family {
    name: "tasks_write",
    scopes: &["task"],
    writes: true,
    facts: &[
        fact("tasks_write.add", ADD, "A task needs a title and a responsible person, and is answered whole.", v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> one","RESPONSIBLE_ID":<me>,"DESCRIPTION":"[B]bold[/B]"}}"#), &[Want::Status(200), Want::Kind("/result/task/id", Kind::Digits), Want::Is("/result/task/title", "\"<word> one\"")]).keeping(&[("w_task", "/result/task/id")]),
        fact("tasks_write.add.creator", ADD, "The creator is the caller unless somebody else is named.", v2("tasks.task.get", r#"{"taskId":<w_task>,"select":["ID","CREATED_BY","RESPONSIBLE_ID"]}"#), &[Want::Is("/result/task/createdBy", "\"<me>\""), Want::Is("/result/task/responsibleId", "\"<me>\"")]),
        fact("tasks_write.add.status", ADD, "A new task is waiting: its status is \"2\".", v2("tasks.task.get", r#"{"taskId":<w_task>,"select":["ID","STATUS"]}"#), &[Want::Is("/result/task/status", "\"2\"")]),
        fact("tasks_write.add.priority", ADD, "A new task has the middle priority: \"1\".", v2("tasks.task.get", r#"{"taskId":<w_task>,"select":["ID","PRIORITY"]}"#), &[Want::Is("/result/task/priority", "\"1\"")]),
        fact("tasks_write.add.dates", ADD, "The day of creation is a moment, and there is no deadline yet.", v2("tasks.task.get", r#"{"taskId":<w_task>,"select":["ID","CREATED_DATE","DEADLINE"]}"#), &[Want::Kind("/result/task/createdDate", Kind::Moment), Want::Is("/result/task/deadline", "null")]),
        fact("tasks_write.add.guid", ADD, "The guid of a task stands in braces.", v2("tasks.task.get", r#"{"taskId":<w_task>,"select":["ID","GUID"]}"#), &[Want::Holds("/result/task/guid", "{"), Want::Holds("/result/task/guid", "}")]),
        fact("tasks_write.add.no-title", ADD, "A task without a title is ERROR_CORE.", v2("tasks.task.add", r#"{"fields":{"RESPONSIBLE_ID":<me>}}"#), CORE).keeping(&[("w_child", "/result/task/id")]),
        fact("tasks_write.add.no-fields", ADD, "An empty `fields` is the code \"100\".", v2("tasks.task.add", r#"{"fields":{}}"#), &[Want::Status(400), Want::Is("/error", "\"100\"")]),
        fact("tasks_write.add.nobody", ADD, "A responsible person who does not exist is ERROR_CORE.", v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> x","RESPONSIBLE_ID":999999999}}"#), CORE),
        fact("tasks_write.add.no-parent", ADD, "A parent that does not exist is ERROR_CORE.", v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> x","RESPONSIBLE_ID":<me>,"PARENT_ID":999999999}}"#), CORE),
        fact("tasks_write.add.backwards", ADD, "A plan that ends before it begins is ERROR_CORE.", v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> x","RESPONSIBLE_ID":<me>,"START_DATE_PLAN":"2030-02-02T10:00:00+00:00","END_DATE_PLAN":"2030-02-01T10:00:00+00:00"}}"#), CORE),
        fact("tasks_write.add.child", ADD, "A task may have a parent.", v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> two","RESPONSIBLE_ID":<me>,"PARENT_ID":<w_task>}}"#), &[Want::Is("/result/task/parentId", "\"<w_task>\"")]).keeping(&[("w_child", "/result/task/id")]),
        fact("tasks_write.add.form", ENCODING, "A task is created by a form, with its letters kept.", form("tasks.task.add", "fields%5BTITLE%5D=%D0%9E%D1%82%D1%87%D1%91%D1%82+%26+100%25+<word>&fields[RESPONSIBLE_ID]=<me>"), &[Want::Is("/result/task/title", "\"Отчёт & 100% <word>\"")]).keeping(&[("w_form", "/result/task/id")]),
        fact("tasks_write.add.batch", BATCH, "What one command of a batch created is read by the next.", v2("batch", r#"{"cmd":{"new":"tasks.task.add?fields[TITLE]=<word>%20three&fields[RESPONSIBLE_ID]=<me>","read":"tasks.task.get?taskId=$result[new][task][id]&select[]=ID&select[]=TITLE"}}"#), &[Want::Is("/result/result/read/task/title", "\"<word> three\"")]).keeping(&[("w_batch", "/result/result/new/task/id")]),
        fact("tasks_write.update", UPDATE, "A change touches the fields that were sent, and no other.", v2("tasks.task.update", r#"{"taskId":<w_task>,"fields":{"PRIORITY":2}}"#), &[Want::Status(200), Want::Is("/result/task/id", "\"<w_task>\"")]),
        fact("tasks_write.update.read", UPDATE, "A change can be read, and what was not sent is as it was.", v2("tasks.task.get", r#"{"taskId":<w_task>,"select":["ID","TITLE","PRIORITY","DESCRIPTION"]}"#), &[Want::Is("/result/task/priority", "\"2\""), Want::Is("/result/task/title", "\"<word> one\""), Want::Is("/result/task/description", "\"[B]bold[/B]\"")]),
        fact("tasks_write.update.camel", UPDATE, "A deadline is read back as a moment.", v2("tasks.task.update", r#"{"taskId":<w_task>,"fields":{"DEADLINE":"2030-05-06T12:00:00+00:00"}}"#), &[Want::Kind("/result/task/deadline", Kind::Moment)]),
        fact("tasks_write.update.observers", UPDATE, "Observers are replaced as a whole.", v2("tasks.task.update", r#"{"taskId":<w_task>,"fields":{"AUDITORS":[<other>]}}"#), &[Want::Is("/result/task/auditors", "[\"<other>\"]")]),
        fact("tasks_write.update.observers.map", UPDATE, "Observers are also told as a map by user id.", v2("tasks.task.get", r#"{"taskId":<w_task>,"select":["ID","AUDITORS"]}"#), &[Want::EveryIs("/result/task/auditorsData", "/id", "\"<other>\"")]),
        fact("tasks_write.update.no-fields", UPDATE, "A change without `fields` is the code \"100\".", v2("tasks.task.update", r#"{"taskId":<w_task>}"#), &[Want::Status(400), Want::Is("/error", "\"100\"")]),
        fact("tasks_write.update.nobody", UPDATE, "A responsible person who does not exist is ERROR_CORE, with a line break in the words.", v2("tasks.task.update", r#"{"taskId":<w_task>,"fields":{"RESPONSIBLE_ID":999999999}}"#), &[Want::Status(400), Want::Is("/error", "\"ERROR_CORE\""), Want::Holds("/error_description", "<br>")]),
        fact("tasks_write.update.status", UPDATE, "A status that does not exist is ERROR_CORE.", v2("tasks.task.update", r#"{"taskId":<w_task>,"fields":{"STATUS":77}}"#), CORE),
        fact("tasks_write.update.self", UPDATE, "A task cannot be its own parent.", v2("tasks.task.update", r#"{"taskId":<w_task>,"fields":{"PARENT_ID":<w_task>}}"#), CORE),
        fact("tasks_write.update.circle", UPDATE, "A task cannot become a child of its child.", v2("tasks.task.update", r#"{"taskId":<w_task>,"fields":{"PARENT_ID":<w_child>}}"#), CORE),
        fact("tasks_write.delete", DELETE, "A deletion answers true under `task`.", v2("tasks.task.delete", r#"{"taskId":<w_child>}"#), &[Want::Status(200), Want::Is("/result", r#"{"task":true}"#)]),
        fact("tasks_write.delete.gone", GET, "A deleted task is not there any more.", v2("tasks.task.get", r#"{"taskId":<w_child>}"#), &[Want::Status(200), Want::Is("/result", "[]")]),
        fact("tasks_write.delete.again", DELETE, "A task cannot be deleted twice.", v2("tasks.task.delete", r#"{"taskId":<w_child>}"#), &[Want::Status(400), Want::Is("/error", "\"1048582\"")]),
    ],
};
