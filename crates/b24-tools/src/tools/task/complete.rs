//! `b24_task_complete`: one task, or many, done.

use b24_model::{Method, effect::Write};
use b24_rest::methods::task;

use super::transition::{Transition, Verb};

/// The tool.
pub type TaskComplete = Transition<Complete>;

/// The verb.
pub enum Complete {}

impl Verb for Complete {
    const WORDS: [&'static str; 3] = [
        "b24_task_complete",
        "Complete tasks",
        "Marks a task, or a list of tasks, as done. A task whose creator wants to check it goes to \"awaiting control\" \
         (status 4) instead. A task that is completed already is told as such, not as an error.",
    ];
    const PAST: &'static str = "completed";
    const METHOD: &'static Method<Write> = &task::COMPLETE;
    const DONE: &'static [i64] = &[5];
    const REACHES: &'static [i64] = &[5, 4];
    const OTHERWISE: &'static str =
        "a task may need a result first, or its creator has to accept it (`b24_task_approve`)";
    const CORE: bool = true;
}
