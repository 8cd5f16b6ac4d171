//! The seven verbs of a task's life: what each is called, which states it leads to, and what to do instead.

use b24_model::{Method, effect::Write};
use b24_rest::methods::task;
use schemars::JsonSchema;
use serde::Deserialize;

/// What is done to tasks.
// No doc comments on the words: they would turn the schema of a word into one of alternatives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
#[expect(missing_docs, reason = "the verb says it")]
pub enum Action {
    Start,
    Pause,
    Complete,
    Approve,
    Disapprove,
    Defer,
    Renew,
}

/// What is known about a verb.
pub(crate) struct Verb {
    /// The word of `action`.
    pub(crate) word: &'static str,
    /// The name of its own that the verb has in the reference system's contract.
    pub(crate) name: &'static str,
    /// The title under that name.
    pub(crate) title: &'static str,
    /// The description under that name.
    pub(crate) description: &'static str,
    /// What the task is afterwards: `completed`. The key of the answer and the verb of a batch.
    pub(crate) past: &'static str,
    /// The method that leads there.
    pub(crate) method: &'static Method<Write>,
    /// The states in which there is nothing to do.
    pub(crate) done: &'static [i64],
    /// The states that the method leads to.
    pub(crate) reaches: &'static [i64],
    /// What to do when the portal does not allow it.
    pub(crate) otherwise: &'static str,
}

/// All verbs, in the order of [`Action`].
pub(crate) static VERBS: [Verb; 7] = [
    Verb {
        word: "start",
        name: "b24_task_start",
        title: "Start work on tasks",
        description: "Takes a task, or a list of tasks, into work: pending becomes in progress. A deferred or completed task has \
                      to be renewed first.",
        past: "started",
        method: &task::START,
        done: &[3],
        reaches: &[3],
        otherwise: "a deferred or completed task is renewed first (`renew`)",
    },
    Verb {
        word: "pause",
        name: "b24_task_pause",
        title: "Pause work on tasks",
        description: "Puts a task in progress, or a list of them, back to pending. To put a task off for later use \
                      `b24_task_defer`.",
        past: "paused",
        method: &task::PAUSE,
        done: &[2],
        reaches: &[2],
        otherwise: "only a task in progress can be paused",
    },
    Verb {
        word: "complete",
        name: "b24_task_complete",
        title: "Complete tasks",
        description: "Marks a task, or a list of tasks, as done. A task whose creator wants to check it goes to \"awaiting \
                      control\" (status 4) instead. A task that is completed already is told as such, not as an error.",
        past: "completed",
        method: &task::COMPLETE,
        done: &[5],
        reaches: &[5, 4],
        otherwise: "a task may need a result first, or its creator has to accept it (`approve`)",
    },
    Verb {
        word: "approve",
        name: "b24_task_approve",
        title: "Accept finished tasks",
        description: "Accepts the work on a task that awaits control, or on a list of them: it becomes completed. For the \
                      creator of the task, or an administrator.",
        past: "approved",
        method: &task::APPROVE,
        done: &[5],
        reaches: &[5],
        otherwise: "only a task that awaits control can be accepted, by its creator",
    },
    Verb {
        word: "disapprove",
        name: "b24_task_disapprove",
        title: "Send tasks back for rework",
        description: "Sends a task that awaits control, or a list of them, back to work. For the creator of the task, or an \
                      administrator. Say why in a comment.",
        past: "disapproved",
        method: &task::DISAPPROVE,
        done: &[],
        reaches: &[2, 3],
        otherwise: "only a task that awaits control can be sent back, by its creator",
    },
    Verb {
        word: "defer",
        name: "b24_task_defer",
        title: "Put tasks off",
        description: "Puts a pending task, or a list of them, off: its status becomes deferred, its deadline stays. To stop work \
                      on a task only for now use `b24_task_pause`.",
        past: "deferred",
        method: &task::DEFER,
        done: &[6],
        reaches: &[6],
        otherwise: "a task in progress is paused first (`pause`)",
    },
    Verb {
        word: "renew",
        name: "b24_task_renew",
        title: "Bring tasks back to work",
        description: "Opens a completed or deferred task, or a list of them, again: it becomes pending.",
        past: "renewed",
        method: &task::RENEW,
        done: &[2],
        reaches: &[2, 3],
        otherwise: "only a completed or deferred task can be renewed",
    },
];

impl Action {
    /// What is known about it.
    pub(crate) fn verb(self) -> &'static Verb {
        &VERBS[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_of_the_argument_is_the_verb_of_that_word() {
        for verb in &VERBS {
            let action: Action = serde_json::from_value(verb.word.into()).expect("an action");
            assert_eq!(action.verb().name, format!("b24_task_{}", verb.word));
        }
    }
}
