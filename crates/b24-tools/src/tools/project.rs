//! Groups and projects, the columns of their boards, flows.

pub mod flow;
pub mod group;
pub mod stage;

pub(super) mod named; // a record by id or by name
pub(super) mod whole; // lists that are read to their end
