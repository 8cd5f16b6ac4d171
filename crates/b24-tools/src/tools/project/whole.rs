//! A list of the classic API read to its end: the first page, then all the others in one request.
//!
//! For lists that are short in every company, such as groups. Names are compared here and not by the portal, which knows
//! one way to spell them.

use b24_model::{Method, effect::Read};
use b24_rest::{Reply, wire};
use serde_json::{Map, Value, json};

use crate::{Code, Reader, Refusal};

/// Rows on a page.
const PAGE: u64 = 50;
/// The most pages that are read: one batch, and the page before it.
const PAGES: u64 = 20;

/// The rows of a list, and whether there are more than were read.
#[derive(Debug)]
pub(in crate::tools) struct Whole {
    pub(in crate::tools) rows: Vec<Map<String, Value>>,
    pub(in crate::tools) is_cut: bool,
}

/// Reads the list to its end, when its first page is there. `start` is what the method calls the offset of a page.
pub(in crate::tools) async fn rest(
    method: &'static Method<Read>,
    asked: Map<String, Value>,
    start: &str,
    first: Reply,
    reader: &Reader,
) -> Result<Whole, Refusal> {
    let total = first.total.unwrap_or(0);
    let pages = total.div_ceil(PAGE).min(PAGES);
    let others = (1..pages).map(|page| {
        let mut asked = asked.clone();
        asked.insert(start.to_owned(), json!(page * PAGE));
        asked
    });
    let others: Vec<_> = others.collect();
    let replies = if others.is_empty() { Vec::new() } else { reader.each(method, others).await };
    let mut rows = page(method, &first.result)?;
    for reply in replies {
        rows.extend(page(method, &reply?.result)?);
    }
    Ok(Whole { rows, is_cut: total > PAGES * PAGE })
}

/// The part of a whole list that an answer tells, and where the next part begins.
pub(in crate::tools) fn part<T>(all: Vec<T>, start: Option<u32>, limit: usize) -> (Vec<T>, Option<usize>) {
    let start = usize::try_from(start.unwrap_or(0)).unwrap_or(usize::MAX);
    let end = start.saturating_add(limit);
    let next = (end < all.len()).then_some(end);
    (all.into_iter().skip(start).take(limit).collect(), next)
}

fn page(method: &Method<Read>, result: &Value) -> Result<Vec<Map<String, Value>>, Refusal> {
    let rows = wire::rows(result).ok_or_else(|| {
        let sentence = format!("the portal's answer to `{}` cannot be read", method.facts().name);
        Refusal::new(Code::PORTAL_GARBLED, sentence)
            .hint("tell the admin; `b24-mcp doctor` shows what the portal answers")
    })?;
    Ok(rows.into_iter().filter_map(Value::as_object).cloned().collect())
}
