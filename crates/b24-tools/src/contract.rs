//! The reference system's contract: its tool names, old and new, and the schemas of its arguments.
//!
//! Whoever moves over has prompts and scripts that rely on these. Every name can be called with these arguments in
//! any view; the contract view lists exactly them. What the tools do is not here: each entry leads to a tool of
//! ours, which takes these arguments and may take more.

mod entry;
mod field;
mod names;

mod checklist;
mod comment;
mod dependency;
mod lifecycle;
mod result;
mod server;
mod task;
mod time;
mod user;

pub(crate) use entry::Entry;
pub(crate) use names::{OLD, present};

/// Every tool of the contract.
pub(crate) fn entries() -> impl Iterator<Item = Entry> {
    let families: [&[Entry]; 8] = [
        &user::ENTRIES,
        &task::ENTRIES,
        &comment::ENTRIES,
        &checklist::ENTRIES,
        &result::ENTRIES,
        &time::ENTRIES,
        &dependency::ENTRIES,
        &server::ENTRIES,
    ];
    families.into_iter().flatten().copied().chain(lifecycle::entries())
}
