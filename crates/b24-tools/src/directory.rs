//! Names before ids: who and what a model means when it uses words.

pub(crate) mod people;
#[allow(dead_code)]
pub(crate) mod spelling;
