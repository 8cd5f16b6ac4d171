//! Pages of fifty by row offset, with `total` and `next`, or without both when `start` is −1 and obeyed.

use serde_json::Value;

use crate::methods::Call;
use crate::settings::StartMinusOne;
use crate::wire::answer_v2::Answer;

/// Rows on a page.
const SIZE: usize = 50;

/// A page of rows, before it is put into an envelope.
pub(crate) struct Page<T> {
    pub(crate) rows: Vec<T>,
    total: Option<usize>,
    next: Option<usize>,
}

/// Cuts the page that `start` asks for out of all rows.
pub(crate) fn cut<T>(call: &Call<'_>, all: Vec<T>) -> Page<T> {
    let start = call.params.int("start").unwrap_or(0);
    let counted = start != -1 || call.start_minus_one == StartMinusOne::Ignored;
    let offset = usize::try_from(start).unwrap_or(0);
    let total = all.len();
    let rows: Vec<T> = all.into_iter().skip(offset).take(SIZE).collect();
    let end = offset.saturating_add(SIZE);
    Page { rows, total: counted.then_some(total), next: (counted && end < total).then_some(end) }
}

impl<T> Page<T> {
    /// The answer that carries the page; `result` is what the rows became.
    pub(crate) fn answer(&self, result: Value) -> Answer {
        Answer { result, total: self.total, next: self.next }
    }
}
