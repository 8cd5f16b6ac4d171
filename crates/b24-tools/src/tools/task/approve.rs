//! `b24_task_approve`: one task, or many, accepted.

use b24_model::{Method, effect::Write};
use b24_rest::methods::task;

use super::transition::{Transition, Verb};

/// The tool.
pub type TaskApprove = Transition<Approve>;

/// The verb.
pub enum Approve {}

impl Verb for Approve {
    const WORDS: [&'static str; 3] = [
        "b24_task_approve",
        "Accept finished tasks",
        "Accepts the work on a task that awaits control, or on a list of them: it becomes completed. For the creator of the \
         task, or an administrator.",
    ];
    const PAST: &'static str = "approved";
    const METHOD: &'static Method<Write> = &task::APPROVE;
    const DONE: &'static [i64] = &[5];
    const REACHES: &'static [i64] = &[5];
    const OTHERWISE: &'static str = "only a task that awaits control can be accepted, by its creator";
}
