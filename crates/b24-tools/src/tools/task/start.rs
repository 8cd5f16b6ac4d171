//! `b24_task_start`: one task, or many, taken into work.

use b24_model::{Method, effect::Write};
use b24_rest::methods::task;

use super::transition::{Transition, Verb};

/// The tool.
pub type TaskStart = Transition<Start>;

/// The verb.
pub enum Start {}

impl Verb for Start {
    const WORDS: [&'static str; 3] = [
        "b24_task_start",
        "Start work on tasks",
        "Takes a task, or a list of tasks, into work: pending becomes in progress. A deferred or completed task has to be \
         renewed first.",
    ];
    const PAST: &'static str = "started";
    const METHOD: &'static Method<Write> = &task::START;
    const DONE: &'static [i64] = &[3];
    const REACHES: &'static [i64] = &[3];
    const OTHERWISE: &'static str = "a deferred or completed task is renewed first (`b24_task_renew`)";
}
