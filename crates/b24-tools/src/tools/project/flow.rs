//! Flows.

pub mod find;
