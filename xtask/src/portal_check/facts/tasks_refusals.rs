//! How task methods refuse, without anything being changed.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::Want;

const GET: &str = "api-reference/tasks/tasks-task-get.md";
const UPDATE: &str = "api-reference/tasks/tasks-task-update.md";
const DELETE: &str = "api-reference/tasks/tasks-task-delete.md";
const DELEGATE: &str = "api-reference/tasks/tasks-task-delegate.md";
const ACCESS: &str = "api-reference/tasks/tasks-task-get-access.md";
const HISTORY: &str = "api-reference/tasks/tasks-task-history-list.md";
const APPROVE: &str = "api-reference/tasks/tasks-task-approve.md";
const DISAPPROVE: &str = "api-reference/tasks/tasks-task-disapprove.md";
const START: &str = "api-reference/tasks/status/tasks-task-start.md";
const COMPLETE: &str = "api-reference/tasks/status/tasks-task-complete.md";
const PAUSE: &str = "api-reference/tasks/status/tasks-task-pause.md";
const DEFER: &str = "api-reference/tasks/status/tasks-task-defer.md";
const RENEW: &str = "api-reference/tasks/status/tasks-task-renew.md";
const FAVOURITE: &str = "api-reference/tasks/user-actions/tasks-task-favorite-add.md";
const WATCH: &str = "api-reference/tasks/user-actions/tasks-task-start-watch.md";
const PIN: &str = "api-reference/tasks/user-actions/tasks-task-pin.md";
const MUTE: &str = "api-reference/tasks/user-actions/tasks-task-mute.md";
const RESULTS: &str = "api-reference/tasks/result/tasks-task-result-list.md";

/// An id that is none.
const WRONG: &str = r#"{"taskId":"abc"}"#;
/// A task that is not there.
const NOWHERE: &str = r#"{"taskId":999999999}"#;

const ZERO: &[Want] = &[Want::Status(400), Want::Is("/error", "\"0\"")];
const DENIED: &[Want] = &[Want::Status(400), Want::Is("/error", "\"1048582\"")];
const HUNDRED: &[Want] = &[Want::Status(400), Want::Is("/error", "\"100\"")];

pub(crate) static FAMILY: Family = Family {
    name: "tasks_refusals",
    scopes: &["task"],
    writes: false,
    facts: &[
        fact(
            "tasks_refusals.get.none",
            GET,
            "`tasks.task.get` without a task is the code \"100\".",
            v2("tasks.task.get", "{}"),
            HUNDRED,
        ),
        fact(
            "tasks_refusals.get.wrong",
            GET,
            "`tasks.task.get` with an id that is none is the code \"0\".",
            v2("tasks.task.get", WRONG),
            ZERO,
        ),
        fact(
            "tasks_refusals.get.select",
            GET,
            "`select` that is no list is the code \"100\", which names it.",
            v2("tasks.task.get", r#"{"taskId":<task>,"select":"ID"}"#),
            &[
                Want::Status(400),
                Want::Is("/error", "\"100\""),
                Want::Holds("/error_description", "{select}"),
            ],
        ),
        fact(
            "tasks_refusals.update.none",
            UPDATE,
            "`tasks.task.update` without a task is the code \"100\".",
            v2("tasks.task.update", r#"{"fields":{"TITLE":"x"}}"#),
            HUNDRED,
        ),
        fact(
            "tasks_refusals.update.wrong",
            UPDATE,
            "`tasks.task.update` with an id that is none is the code \"0\".",
            v2("tasks.task.update", r#"{"taskId":"abc","fields":{"TITLE":"x"}}"#),
            ZERO,
        ),
        fact(
            "tasks_refusals.update.nowhere",
            UPDATE,
            "`tasks.task.update` of a task that cannot be reached is the code \"0\".",
            v2("tasks.task.update", r#"{"taskId":999999999,"fields":{"TITLE":"x"}}"#),
            ZERO,
        ),
        fact(
            "tasks_refusals.delete.none",
            DELETE,
            "`tasks.task.delete` without a task is the code \"100\".",
            v2("tasks.task.delete", "{}"),
            HUNDRED,
        ),
        fact(
            "tasks_refusals.delete.wrong",
            DELETE,
            "`tasks.task.delete` with an id that is none is the code \"0\".",
            v2("tasks.task.delete", WRONG),
            ZERO,
        ),
        fact(
            "tasks_refusals.delete.nowhere",
            DELETE,
            "`tasks.task.delete` of a task that cannot be reached is the code \"1048582\".",
            v2("tasks.task.delete", NOWHERE),
            DENIED,
        ),
        fact(
            "tasks_refusals.delegate.nobody",
            DELEGATE,
            "`tasks.task.delegate` without a person is the code \"100\".",
            v2("tasks.task.delegate", NOWHERE),
            HUNDRED,
        ),
        fact(
            "tasks_refusals.start.nowhere",
            START,
            "`tasks.task.start` of a task that does not exist is the code \"0\".",
            v2("tasks.task.start", NOWHERE),
            ZERO,
        ),
        fact(
            "tasks_refusals.start.wrong",
            START,
            "`tasks.task.start` with an id that is none is the code \"0\".",
            v2("tasks.task.start", WRONG),
            ZERO,
        ),
        fact(
            "tasks_refusals.complete.nowhere",
            COMPLETE,
            "`tasks.task.complete` of a task that does not exist is the code \"0\".",
            v2("tasks.task.complete", NOWHERE),
            ZERO,
        ),
        fact(
            "tasks_refusals.pause.nowhere",
            PAUSE,
            "`tasks.task.pause` of a task that does not exist is the code \"1048582\".",
            v2("tasks.task.pause", NOWHERE),
            DENIED,
        ),
        fact(
            "tasks_refusals.pause.wrong",
            PAUSE,
            "`tasks.task.pause` with an id that is none is the code \"0\".",
            v2("tasks.task.pause", WRONG),
            ZERO,
        ),
        fact(
            "tasks_refusals.defer.nowhere",
            DEFER,
            "`tasks.task.defer` of a task that does not exist is the code \"1048582\".",
            v2("tasks.task.defer", NOWHERE),
            DENIED,
        ),
        fact(
            "tasks_refusals.renew.nowhere",
            RENEW,
            "`tasks.task.renew` of a task that does not exist is the code \"1048582\".",
            v2("tasks.task.renew", NOWHERE),
            DENIED,
        ),
        fact(
            "tasks_refusals.approve.wrong",
            APPROVE,
            "`tasks.task.approve` with an id that is none is the code \"0\".",
            v2("tasks.task.approve", WRONG),
            ZERO,
        ),
        fact(
            "tasks_refusals.approve.none",
            APPROVE,
            "`tasks.task.approve` without a task is the code \"100\".",
            v2("tasks.task.approve", "{}"),
            HUNDRED,
        ),
        fact(
            "tasks_refusals.disapprove.none",
            DISAPPROVE,
            "`tasks.task.disapprove` without a task is the code \"100\".",
            v2("tasks.task.disapprove", "{}"),
            HUNDRED,
        ),
        fact(
            "tasks_refusals.access.none",
            ACCESS,
            "`tasks.task.getaccess` without a task is the code \"100\".",
            v2("tasks.task.getaccess", "{}"),
            HUNDRED,
        ),
        fact(
            "tasks_refusals.access.wrong",
            ACCESS,
            "`tasks.task.getaccess` with an id that is none is the code \"0\".",
            v2("tasks.task.getaccess", WRONG),
            ZERO,
        ),
        fact(
            "tasks_refusals.access.users",
            ACCESS,
            "`users` that is no list is the code \"100\", which names it.",
            v2("tasks.task.getaccess", r#"{"taskId":<task>,"users":"x"}"#),
            &[Want::Status(400), Want::Is("/error", "\"100\""), Want::Holds("/error_description", "{users}")],
        ),
        fact(
            "tasks_refusals.history.none",
            HISTORY,
            "`tasks.task.history.list` without a task is the code \"100\".",
            v2("tasks.task.history.list", "{}"),
            HUNDRED,
        ),
        fact(
            "tasks_refusals.history.wrong",
            HISTORY,
            "`tasks.task.history.list` with an id that is none is the code \"0\".",
            v2("tasks.task.history.list", WRONG),
            ZERO,
        ),
        fact(
            "tasks_refusals.favourite.nowhere",
            FAVOURITE,
            "`tasks.task.favorite.add` of a task that cannot be reached is the code \"1\".",
            v2("tasks.task.favorite.add", NOWHERE),
            &[Want::Status(400), Want::Is("/error", "\"1\"")],
        ),
        fact(
            "tasks_refusals.favourite.none",
            FAVOURITE,
            "`tasks.task.favorite.add` without a task is the code \"100\".",
            v2("tasks.task.favorite.add", "{}"),
            HUNDRED,
        ),
        fact(
            "tasks_refusals.watch.nowhere",
            WATCH,
            "`tasks.task.startwatch` of a task that cannot be reached is the code \"1048584\".",
            v2("tasks.task.startwatch", NOWHERE),
            &[Want::Status(400), Want::Is("/error", "\"1048584\"")],
        ),
        fact(
            "tasks_refusals.pin.wrong",
            PIN,
            "`tasks.task.pin` takes `id`, and an id that is none is the code \"0\".",
            v2("tasks.task.pin", r#"{"id":"abc"}"#),
            ZERO,
        ),
        fact(
            "tasks_refusals.pin.none",
            PIN,
            "`tasks.task.pin` without `id` is the code \"100\".",
            v2("tasks.task.pin", "{}"),
            HUNDRED,
        ),
        fact(
            "tasks_refusals.mute.wrong",
            MUTE,
            "`tasks.task.mute` takes `id`, and an id that is none is the code \"0\".",
            v2("tasks.task.mute", r#"{"id":"abc"}"#),
            ZERO,
        ),
        fact(
            "tasks_refusals.results.nowhere",
            RESULTS,
            "`tasks.task.result.list` of a task that does not exist is the code \"0\".",
            v2("tasks.task.result.list", NOWHERE),
            ZERO,
        ),
        fact(
            "tasks_refusals.results.wrong",
            RESULTS,
            "`tasks.task.result.list` with an id that is none is the code \"100\".",
            v2("tasks.task.result.list", WRONG),
            HUNDRED,
        ),
    ],
};
