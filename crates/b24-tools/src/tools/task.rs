//! Tasks.

pub mod approve;
pub mod checklist;
pub mod comment;
pub mod complete;
pub mod create;
pub mod defer;
pub mod delete;
pub mod disapprove;
pub mod get;
pub mod list;
pub mod pause;
pub mod rate;
pub mod renew;
pub mod start;
pub mod update;

pub mod transition; // what the verbs of a task's life have in common

mod fields; // values that are written, by the kind of their field
mod lookup; // tasks read before they are changed
mod settle; // what became of a write that got no answer
