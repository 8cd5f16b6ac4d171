//! Groups and projects, the columns of their boards, flows.

pub mod flow;
pub mod group;
pub mod stage;

pub(super) mod query; // words looked for in the names of a list
pub(super) mod whole; // lists that are read to their end
