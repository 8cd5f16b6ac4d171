//! What a task collects around it: favourites, observers, pins, links, history.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const ADD: &str = "api-reference/tasks/tasks-task-add.md";
const LIKE: &str = "api-reference/tasks/user-actions/tasks-task-favorite-add.md";
const UNLIKE: &str = "api-reference/tasks/user-actions/tasks-task-favorite-remove.md";
const MUTE: &str = "api-reference/tasks/user-actions/tasks-task-mute.md";
const PIN: &str = "api-reference/tasks/user-actions/tasks-task-pin.md";
const WATCH: &str = "api-reference/tasks/user-actions/tasks-task-start-watch.md";
const UNWATCH: &str = "api-reference/tasks/user-actions/tasks-task-stop-watch.md";
const HISTORY: &str = "api-reference/tasks/tasks-task-history-list.md";
const LINK: &str = "api-reference/tasks/task-dependence-add.md";
const STAGE: &str = "api-reference/tasks/stages/task-stages-add.md";
const LIST: &str = "api-reference/tasks/tasks-task-list.md";

const ONE: &str = r#"{"taskId":<t_task>}"#;
const ITS: &str = r#"{"id":<t_task>}"#;

pub(crate) static FAMILY: Family = Family {
    name: "traces",
    scopes: &["task"],
    writes: true,
    facts: &[
        fact("traces.task", ADD, "A task with tags is created.", v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> trace","RESPONSIBLE_ID":<me>,"TAGS":["<word>"]}}"#), &[Want::Status(200), Want::Kind("/result/task/id", Kind::Digits)]).keeping(&[("t_task", "/result/task/id")]),
        fact("traces.next", ADD, "A second task is created.", v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> trace next","RESPONSIBLE_ID":<me>,"START_DATE_PLAN":"2030-01-02T10:00:00+00:00","END_DATE_PLAN":"2030-01-03T10:00:00+00:00"}}"#), &[Want::Kind("/result/task/startDatePlan", Kind::Moment), Want::Kind("/result/task/endDatePlan", Kind::Moment)]).keeping(&[("t_next", "/result/task/id")]),
        fact("traces.tag", LIST, "Tasks are found by a tag.", v2("tasks.task.list", r#"{"filter":{"TAG":"<word>"},"select":["ID","TAGS"]}"#), &[Want::Count("/result/tasks", 1), Want::EveryIs("/result/tasks/0/tags", "/title", "\"<word>\"")]),
        fact("traces.like", LIKE, "Adding to favourites answers true.", v2("tasks.task.favorite.add", ONE), &[Want::Status(200), Want::Is("/result", "true")]),
        fact("traces.like.again", LIKE, "Adding once more is not refused.", v2("tasks.task.favorite.add", ONE), &[Want::Status(200), Want::Is("/result", "true")]),
        fact("traces.like.read", LIKE, "A favourite says so.", v2("tasks.task.get", r#"{"taskId":<t_task>,"select":["ID","FAVORITE"]}"#), &[Want::Is("/result/task/favorite", "\"Y\"")]),
        fact("traces.like.list", LIST, "A favourite is found through `::SUBFILTER-PARAMS`.", v2("tasks.task.list", r#"{"filter":{"::SUBFILTER-PARAMS":{"FAVORITE":"Y"},"ID":[<t_task>,<t_next>]},"select":["ID"]}"#), &[Want::EveryIs("/result/tasks", "/id", "\"<t_task>\"")]),
        fact("traces.unlike", UNLIKE, "Taking out of favourites answers true.", v2("tasks.task.favorite.remove", ONE), &[Want::Status(200), Want::Is("/result", "true")]),
        fact("traces.mute", MUTE, "A muted task says so; the parameter is `id`.", v2("tasks.task.mute", ITS), &[Want::Status(200), Want::Is("/result/task/isMuted", "\"Y\"")]),
        fact("traces.pin", PIN, "A pinned task says so; the parameter is `id`.", v2("tasks.task.pin", ITS), &[Want::Status(200), Want::Is("/result/task/isPinned", "\"Y\"")]),
        fact("traces.watch", WATCH, "Who watches a task becomes its observer.", v2("tasks.task.startwatch", ONE), &[Want::Status(200), Want::Is("/result/task/auditors", "[\"<me>\"]")]),
        fact("traces.unwatch", UNWATCH, "Who stops watching is no observer any more.", v2("tasks.task.stopwatch", ONE), &[Want::Status(200), Want::Is("/result/task/auditors", "[]")]),
        fact("traces.history", HISTORY, "The history begins with NEW.", v2("tasks.task.history.list", r#"{"taskId":<t_task>,"filter":{"FIELD":"NEW"}}"#), &[Want::Count("/result/list", 1), Want::Is("/result/list/0/field", "\"NEW\""), Want::Is("/result/list/0/user/id", "<me>")]),
        fact("traces.rename", HISTORY, "A change is written down with what was before and after.", v2("tasks.task.update", r#"{"taskId":<t_task>,"fields":{"TITLE":"<word> renamed"}}"#), &[Want::Status(200)]),
        fact("traces.rename.read", HISTORY, "The history tells the old title and the new one.", v2("tasks.task.history.list", r#"{"taskId":<t_task>,"filter":{"FIELD":"TITLE"}}"#), &[Want::Is("/result/list/0/value", r#"{"from":"<word> trace","to":"<word> renamed"}"#)]),
        fact("traces.link.type", LINK, "A link needs its two tasks and a kind.", v2("task.dependence.add", r#"{"taskIdFrom":<t_task>}"#), &[Want::Status(400), Want::Is("/error", "\"100\"")]),
        fact("traces.stage", STAGE, "A stage without a title is refused with EMPTY_TITLE.", v2("task.stages.add", r#"{"fields":{"COLOR":"00C4FB","ENTITY_ID":0}}"#), &[Want::Is("/error", "\"EMPTY_TITLE\"")]),
    ],
};
