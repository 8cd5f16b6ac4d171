//! What waits for a person.

pub mod get;
