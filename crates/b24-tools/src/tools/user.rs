//! People.

pub mod department;
pub mod find;
pub mod get;
pub mod me;
