//! The door: who may speak to the server at all, decided before a body is read.

pub(crate) mod address;
pub(crate) mod admin;
pub(crate) mod bearer;
pub(crate) mod visitor;
