//! Names and ids: who and what a model means when it uses words, and what ids are called in an answer.

pub(crate) mod people;
pub(crate) mod show;
#[allow(dead_code)]
pub(crate) mod spelling;
