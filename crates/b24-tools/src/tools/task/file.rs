//! Files of tasks: what its tools share. They are those that hang on the task itself; files in its chat or comments are
//! not among them.

pub mod add;
pub mod get;
pub mod list;
pub mod remove;

pub(crate) mod attached; // which files hang on a task
mod source; // what is to be attached
mod upload; // new files, put onto the drive of the acting person
