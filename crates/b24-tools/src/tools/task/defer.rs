//! `b24_task_defer`: one task, or many, put off.

use b24_model::{Method, effect::Write};
use b24_rest::methods::task;

use super::transition::{Transition, Verb};

/// The tool.
pub type TaskDefer = Transition<Defer>;

/// The verb.
pub enum Defer {}

impl Verb for Defer {
    const WORDS: [&'static str; 3] = [
        "b24_task_defer",
        "Put tasks off",
        "Puts a pending task, or a list of them, off: its status becomes deferred, its deadline stays. To stop work on a task \
         only for now use `b24_task_pause`.",
    ];
    const PAST: &'static str = "deferred";
    const METHOD: &'static Method<Write> = &task::DEFER;
    const DONE: &'static [i64] = &[6];
    const REACHES: &'static [i64] = &[6];
    const OTHERWISE: &'static str = "a task in progress is paused first (`b24_task_pause`)";
}
