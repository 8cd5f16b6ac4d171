//! Lists longer than one answer: walked by the last id where the portal honours that, else page by page.
//!
//! Only lists of the classic API; those of REST 3.0 have pages of their own. Rows are handed on as they came.

mod counted;
mod keyset;

use b24_model::{Dialect, Effect};
use serde_json::Value;

use crate::{Call, CallError, Deadline, Params, Portal};

/// Rows in one answer. Every list of the classic API that has `start` has this size.
pub(crate) const SIZE: u64 = 50;

/// How much of a list is wanted, and how to walk it.
#[derive(Clone, Debug)]
pub struct Page {
    limit: usize,
    rows_at: Option<&'static str>,
    keyset: Option<Keyset>,
    cursor: Option<Cursor>,
}

/// What a list calls the id that it is walked by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Keyset {
    /// In filters and orders: `ID`.
    pub(crate) column: &'static str,
    /// In rows: `ID`, or `id`.
    pub(crate) field: &'static str,
}

/// Where the rest of a list begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// After this many rows.
    Start(u64),
    /// After this id.
    After(u64),
}

/// A part of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The rows, as many as were wanted and there are.
    pub rows: Vec<Value>,
    /// How many there are in all. Only a counted walk knows.
    pub total: Option<u64>,
    /// Where the rest begins. `None` when this is the end.
    pub next: Option<Cursor>,
}

impl Page {
    /// Up to `limit` rows (at least one), page by page. The portal counts them all, which takes it time.
    ///
    /// The order is that of the call. Give it one, or rows may come twice while the list changes.
    pub fn counted(limit: usize) -> Self {
        Self { limit: limit.max(1), rows_at: None, keyset: None, cursor: None }
    }

    /// Up to `limit` rows (at least one) in the order of their ids, walked by the last id, uncounted.
    ///
    /// `column` is the id's name in filters and orders, `field` its name in rows. The client sets `order`,
    /// `start` and one more filter. Where the portal turns out not to honour them, the walk starts again page by page.
    pub fn keyset(limit: usize, column: &'static str, field: &'static str) -> Self {
        Self { keyset: Some(Keyset { column, field }), ..Self::counted(limit) }
    }

    /// The same, with the rows being in `result[key]` and not in `result` itself.
    #[must_use]
    pub fn rows_at(self, key: &'static str) -> Self {
        Self { rows_at: Some(key), ..self }
    }

    /// The same, from where an earlier part ended.
    #[must_use]
    pub fn from(self, cursor: Cursor) -> Self {
        Self { cursor: Some(cursor), ..self }
    }

    /// The rows of one answer.
    fn rows(&self, method: &'static str, mut result: Value) -> Result<Vec<Value>, CallError> {
        let inner = self.rows_at.and_then(|key| result.as_object_mut()?.shift_remove(key));
        let rows = match inner.unwrap_or(result) {
            Value::Array(rows) => Some(rows),
            // PHP writes a list with gaps as a map with numeric keys.
            Value::Object(map) if map.keys().all(|key| key.bytes().all(|b| b.is_ascii_digit())) => {
                Some(map.into_iter().map(|(_, row)| row).collect())
            }
            _ => None,
        };
        rows.ok_or(CallError::Garbled { method, status: 200, what: "a list without rows" })
    }
}

/// Reads the part of the list that `page` describes.
pub(crate) async fn walk(
    portal: &Portal,
    call: &Call,
    page: &Page,
    deadline: Deadline,
) -> Result<Rows, CallError> {
    check(call, page)?;
    let after = match page.cursor {
        Some(Cursor::Start(start)) => return counted::walk(portal, call, page, start, 0, deadline).await,
        Some(Cursor::After(id)) => id,
        None => 0,
    };
    if let Some(ids) = page.keyset {
        if let Some(rows) = keyset::walk(portal, call, page, ids, after, deadline).await? {
            return Ok(rows);
        }
        tracing::info!(
            rest.method = call.facts().name,
            "The list cannot be walked by id; counting pages instead"
        );
    }
    counted::walk(portal, call, page, 0, after, deadline).await
}

fn check(call: &Call, page: &Page) -> Result<(), CallError> {
    let facts = call.facts();
    let given = |name: &str| key_like(call.params(), name).is_some();
    let what = if facts.effect != Effect::Read {
        "only a read has pages"
    } else if facts.dialect != Dialect::Classic {
        "lists of REST 3.0 have pages of their own"
    } else if given("start") {
        "`start` is set by the client that walks the list"
    } else if page.keyset.is_some() && given("order") {
        "a list that is walked by id has no order of its own"
    } else if page.keyset.is_none() && matches!(page.cursor, Some(Cursor::After(_))) {
        "a list that is not walked by id cannot begin after one"
    } else {
        return Ok(());
    };
    Err(CallError::Misuse { method: facts.name, what: what.to_owned() })
}

/// The parameter of that name, in whatever case it was given: the portal folds the case of top-level names.
pub(crate) fn key_like(params: &Params, name: &str) -> Option<String> {
    params.keys().find(|key| key.eq_ignore_ascii_case(name)).cloned()
}

/// Adds the order by id to `params`.
pub(crate) fn order_by(params: &mut Params, ids: Keyset) {
    params.insert("order".to_owned(), serde_json::json!({ ids.column: "ASC" }));
}
