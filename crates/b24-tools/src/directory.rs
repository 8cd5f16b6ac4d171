//! Names and ids: who and what a model means when it uses words, and what ids are called in an answer.

pub(crate) mod calendar;
pub(crate) mod departments;
pub(crate) mod fields;
pub(crate) mod groups;
pub(crate) mod named;
pub(crate) mod people;
pub(crate) mod show;
pub(crate) mod spelling;
pub(crate) mod stages;
