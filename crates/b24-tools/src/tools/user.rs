//! People.

pub mod find;
pub mod get;
pub mod me;
