//! Comments under tasks.

pub mod add;
pub mod list;

mod chat; // one of the two stores, a page at a time
mod read; // both stores as one thread

pub(super) use chat::Chat;
pub(super) use read::{forum_call, join};
