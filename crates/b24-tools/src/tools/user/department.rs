//! Departments.

pub mod find;
