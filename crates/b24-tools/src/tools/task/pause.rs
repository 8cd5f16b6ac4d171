//! `b24_task_pause`: one task, or many, set aside.

use b24_model::{Method, effect::Write};
use b24_rest::methods::task;

use super::transition::{Transition, Verb};

/// The tool.
pub type TaskPause = Transition<Pause>;

/// The verb.
pub enum Pause {}

impl Verb for Pause {
    const WORDS: [&'static str; 3] = [
        "b24_task_pause",
        "Pause work on tasks",
        "Puts a task in progress, or a list of them, back to pending. To put a task off for later use `b24_task_defer`.",
    ];
    const PAST: &'static str = "paused";
    const METHOD: &'static Method<Write> = &task::PAUSE;
    const DONE: &'static [i64] = &[2];
    const REACHES: &'static [i64] = &[2];
    const OTHERWISE: &'static str = "only a task in progress can be paused";
}
