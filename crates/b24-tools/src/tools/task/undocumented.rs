//! What people ask for and no documented method does, with the nearest that there is.
//!
//! Data for people: the tool reference prints it. An entry goes when the documents gain a method.

/// Something that cannot be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotDocumented {
    /// What is asked for.
    pub asked: &'static str,
    /// Why it cannot be done, and where that is written.
    pub why: &'static str,
    /// The nearest that can be.
    pub nearest: &'static str,
}

const fn lacks(asked: &'static str, why: &'static str, nearest: &'static str) -> NotDocumented {
    NotDocumented { asked, why, nearest }
}

/// Everything of that kind that is known.
pub const NOT_DOCUMENTED: &[NotDocumented] = &[
    lacks(
        "accept or decline a task that was given to me",
        "there is no method; the actions `accept` and `decline` of a task are documented as deprecated and unused (tasks/fields.md)",
        "`b24_task_transition` with `start` to take it up; `b24_task_delegate` to hand it on; `b24_task_comment_add` to say why not",
    ),
    lacks(
        "take a task of a flow that nobody does yet",
        "the action `take` is told, but no method takes it (tasks/fields.md, tasks/flow/)",
        "`b24_task_transition` with `start`, and `responsibleId` of `b24_task_update` where the person may edit the task",
    ),
    lacks(
        "start or stop a running work timer",
        "only whether one runs is told, by `WITH_TIMER_INFO` of the task list (tasks/tasks-task-list.md); `timeman.*` is the working day, not a task",
        "write the time down afterwards with `b24_task_elapsed_time_add`",
    ),
    lacks(
        "read the type of a link between two tasks",
        "`task.dependence.*` only adds and deletes; which tasks are linked can be told (the filter `DEPENDS_ON`), of what type cannot (tasks/task-dependence-add.md)",
        "`b24_task_dependency_list` for the tasks; the Gantt chart in the portal for the types",
    ),
    lacks(
        "search descriptions and comments",
        "the task list has no full-text filter; of REST 3.0 only `id` can be filtered by (tasks/tasks-task-list.md, tasks/tasks-task-list-rest-v3.md)",
        "`search` of `b24_task_list`, which looks through titles",
    ),
    lacks(
        "list tasks where somebody takes part in whatever role",
        "the task list filters by one role at a time (tasks/tasks-task-list.md)",
        "`b24_task_list` with `responsible` or `creator`, or with ACCOMPLICE or AUDITOR in `filter`, one after the other",
    ),
    lacks(
        "list all flows",
        "`tasks.flow.Flow.get` reads one by id, `isExists` tells whether a name is taken, nothing lists them (tasks/flow/index.md)",
        "`b24_flow_find`, which looks at the flows of the newest tasks",
    ),
    lacks(
        "move a task in somebody else's planner",
        "`task.stages.*` only knows the planner of the acting person (tasks/stages/index.md)",
        "`b24_task_stage_move` on the board of the group",
    ),
    lacks(
        "make somebody else's favourite, pin or watch",
        "these methods work for the acting person only (tasks/user-actions/index.md)",
        "`add` of `b24_task_update` makes other people observers",
    ),
    lacks(
        "set a reminder",
        "the number of reminders is told (`numberOfReminders`, tasks/fields-rest-v3.md), no method makes one",
        "a deadline with `b24_task_update`, or a comment to the person",
    ),
    lacks(
        "bring back a deleted task",
        "no method does; what deletion does to subtasks is not documented either (tasks/tasks-task-delete.md)",
        "an administrator may find it in the portal; deletion asks for agreement beforehand",
    ),
    lacks("copy a task", "no method does", "`b24_task_get`, then `b24_task_create` with the same fields"),
];
