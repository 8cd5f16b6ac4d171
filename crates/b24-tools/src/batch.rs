//! Answers to calls that take one id or a list: the record itself, or the envelope of a batch with one row for
//! each id in the order of the question.

use schemars::JsonSchema;
use serde::Serialize;

/// The answer to a call with one id, or with a list of them.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Told<One, Many> {
    /// One record.
    One(One),
    /// A batch.
    Many(Many),
}

/// Whether one of a batch went well.
pub trait Outcome {
    /// It did.
    fn is_ok(&self) -> bool;
}

/// The answer to a call with a list of ids.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Batch<About, Row> {
    batch: bool,
    verb: &'static str,
    #[serde(flatten)]
    about: About,
    total: usize,
    ok: usize,
    failed: usize,
    results: Vec<Row>,
}

impl<About, Row: Outcome> Batch<About, Row> {
    /// Counts the rows.
    pub(crate) fn of(verb: &'static str, about: About, results: Vec<Row>) -> Self {
        let ok = results.iter().filter(|row| row.is_ok()).count();
        Self { batch: true, verb, about, total: results.len(), ok, failed: results.len() - ok, results }
    }
}
