//! The states of a task of one's own, and what leads from one to the next.

use crate::portal_check::fact::{Family, fact, v2};
use crate::portal_check::want::{Kind, Want};

const ADD: &str = "api-reference/tasks/tasks-task-add.md";
const START: &str = "api-reference/tasks/status/tasks-task-start.md";
const PAUSE: &str = "api-reference/tasks/status/tasks-task-pause.md";
const COMPLETE: &str = "api-reference/tasks/status/tasks-task-complete.md";
const DEFER: &str = "api-reference/tasks/status/tasks-task-defer.md";
const RENEW: &str = "api-reference/tasks/status/tasks-task-renew.md";
const APPROVE: &str = "api-reference/tasks/tasks-task-approve.md";
const DELEGATE: &str = "api-reference/tasks/tasks-task-delegate.md";

const ONE: &str = r#"{"taskId":<l_task>}"#;
const ZERO: &[Want] = &[Want::Status(400), Want::Is("/error", "\"0\"")];
const DENIED: &[Want] = &[Want::Status(400), Want::Is("/error", "\"1048582\"")];

pub(crate) static FAMILY: Family = Family {
    name: "lifecycle",
    scopes: &["task"],
    writes: true,
    facts: &[
        fact(
            "lifecycle.new",
            ADD,
            "A new task of one's own can be started, completed and deferred, not paused or renewed.",
            v2("tasks.task.add", r#"{"fields":{"TITLE":"<word> life","RESPONSIBLE_ID":<me>}}"#),
            &[
                Want::Is("/result/task/action/start", "true"),
                Want::Is("/result/task/action/complete", "true"),
                Want::Is("/result/task/action/defer", "true"),
                Want::Is("/result/task/action/pause", "false"),
                Want::Is("/result/task/action/renew", "false"),
            ],
        )
        .keeping(&[("l_task", "/result/task/id")]),
        fact(
            "lifecycle.pause.early",
            PAUSE,
            "A task that does not run cannot be paused.",
            v2("tasks.task.pause", ONE),
            DENIED,
        ),
        fact(
            "lifecycle.renew.early",
            RENEW,
            "A task that waits cannot be renewed.",
            v2("tasks.task.renew", ONE),
            DENIED,
        ),
        fact(
            "lifecycle.approve.early",
            APPROVE,
            "A task that does not wait for control cannot be approved.",
            v2("tasks.task.approve", ONE),
            DENIED,
        ),
        fact(
            "lifecycle.start",
            START,
            "A waiting task is started: its status is \"3\".",
            v2("tasks.task.start", ONE),
            &[Want::Status(200), Want::Is("/result/task/status", "\"3\"")],
        ),
        fact(
            "lifecycle.start.again",
            START,
            "A running task cannot be started.",
            v2("tasks.task.start", ONE),
            ZERO,
        ),
        fact(
            "lifecycle.running",
            START,
            "A running task can be paused and completed, not started.",
            v2("tasks.task.get", ONE),
            &[
                Want::Is("/result/task/action/pause", "true"),
                Want::Is("/result/task/action/complete", "true"),
                Want::Is("/result/task/action/start", "false"),
            ],
        ),
        fact(
            "lifecycle.pause",
            PAUSE,
            "A running task is paused: its status is \"2\" again.",
            v2("tasks.task.pause", ONE),
            &[Want::Status(200), Want::Is("/result/task/status", "\"2\"")],
        ),
        fact(
            "lifecycle.defer",
            DEFER,
            "A waiting task is deferred: its status is \"6\".",
            v2("tasks.task.defer", ONE),
            &[Want::Status(200), Want::Is("/result/task/status", "\"6\"")],
        ),
        fact(
            "lifecycle.start.deferred",
            START,
            "A deferred task cannot be started.",
            v2("tasks.task.start", ONE),
            ZERO,
        ),
        fact(
            "lifecycle.defer.again",
            DEFER,
            "A deferred task cannot be deferred.",
            v2("tasks.task.defer", ONE),
            DENIED,
        ),
        fact(
            "lifecycle.renew.deferred",
            RENEW,
            "A deferred task is renewed: its status is \"2\".",
            v2("tasks.task.renew", ONE),
            &[Want::Status(200), Want::Is("/result/task/status", "\"2\"")],
        ),
        fact(
            "lifecycle.complete",
            COMPLETE,
            "A task of one's own is completed: its status is \"5\".",
            v2("tasks.task.complete", ONE),
            &[
                Want::Status(200),
                Want::Is("/result/task/status", "\"5\""),
                Want::Kind("/result/task/closedDate", Kind::Moment),
                Want::Is("/result/task/closedBy", "\"<me>\""),
            ],
        ),
        fact(
            "lifecycle.complete.again",
            COMPLETE,
            "A completed task cannot be completed.",
            v2("tasks.task.complete", ONE),
            ZERO,
        ),
        fact(
            "lifecycle.completed",
            COMPLETE,
            "A completed task can be renewed and nothing else.",
            v2("tasks.task.get", ONE),
            &[
                Want::Is("/result/task/action/renew", "true"),
                Want::Is("/result/task/action/start", "false"),
                Want::Is("/result/task/action/pause", "false"),
                Want::Is("/result/task/action/complete", "false"),
                Want::Is("/result/task/action/defer", "false"),
            ],
        ),
        fact(
            "lifecycle.renew",
            RENEW,
            "A completed task is renewed: its status is \"2\".",
            v2("tasks.task.renew", ONE),
            &[Want::Status(200), Want::Is("/result/task/status", "\"2\"")],
        ),
        fact(
            "lifecycle.delegate",
            DELEGATE,
            "A delegated task has another responsible person.",
            v2("tasks.task.delegate", r#"{"taskId":<l_task>,"userId":<other>}"#),
            &[Want::Status(200), Want::Is("/result/task/responsibleId", "\"<other>\"")],
        ),
    ],
};
