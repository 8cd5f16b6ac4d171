//! `b24_task_renew`: one task, or many, opened again.

use b24_model::{Method, effect::Write};
use b24_rest::methods::task;

use super::transition::{Transition, Verb};

/// The tool.
pub type TaskRenew = Transition<Renew>;

/// The verb.
pub enum Renew {}

impl Verb for Renew {
    const WORDS: [&'static str; 3] = [
        "b24_task_renew",
        "Bring tasks back to work",
        "Opens a completed or deferred task, or a list of them, again: it becomes pending.",
    ];
    const PAST: &'static str = "renewed";
    const METHOD: &'static Method<Write> = &task::RENEW;
    const DONE: &'static [i64] = &[2];
    const REACHES: &'static [i64] = &[2, 3];
    const OTHERWISE: &'static str = "only a completed or deferred task can be renewed";
}
