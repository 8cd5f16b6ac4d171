//! `b24_task_disapprove`: one task, or many, sent back.

use b24_model::{Method, effect::Write};
use b24_rest::methods::task;

use super::transition::{Transition, Verb};

/// The tool.
pub type TaskDisapprove = Transition<Disapprove>;

/// The verb.
pub enum Disapprove {}

impl Verb for Disapprove {
    const WORDS: [&'static str; 3] = [
        "b24_task_disapprove",
        "Send tasks back for rework",
        "Sends a task that awaits control, or a list of them, back to work. For the creator of the task, or an administrator. \
         Say why in a comment.",
    ];
    const PAST: &'static str = "disapproved";
    const METHOD: &'static Method<Write> = &task::DISAPPROVE;
    const DONE: &'static [i64] = &[];
    const REACHES: &'static [i64] = &[2, 3];
    const OTHERWISE: &'static str = "only a task that awaits control can be sent back, by its creator";
}
