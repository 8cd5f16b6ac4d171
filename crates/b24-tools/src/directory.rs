//! Names before ids: who and what a model means when it uses words.

pub(crate) mod people;
