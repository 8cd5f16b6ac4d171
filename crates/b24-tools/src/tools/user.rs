//! People.

pub mod find;
pub mod me;
