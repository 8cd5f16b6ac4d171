//! Tasks.

pub mod checklist;
pub mod comment;
pub mod counter;
pub mod create;
pub mod delegate;
pub mod delete;
pub mod dependency;
pub mod favorite;
pub mod field_list;
pub mod file;
pub mod get;
pub mod history;
pub mod list;
pub mod rate;
pub mod result;
pub mod stage_move;
pub mod time;
pub mod transition;
pub mod undocumented;
pub mod update;
pub mod watch;

mod deed; // what tools have in common that do one thing to every task
mod fields; // values that are written, by the kind of their field
mod lookup; // tasks read before they are changed
mod roster; // many tasks by id
mod settle; // what became of a write that got no answer
