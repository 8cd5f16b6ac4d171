//! A list walked page by page: `start` is a row offset, `next` says that there is more, `total` how much.

use super::{Cursor, Page, Rows, SIZE, order_by};
use crate::{Call, CallError, Deadline, Portal, wire};

/// Reads rows from offset `start`, leaving out those up to the id `after` (0: none).
///
/// The portal wants offsets that are multiples of its page size, so a walk that begins within a page reads all of it.
pub(super) async fn walk(
    portal: &Portal,
    call: &Call,
    page: &Page,
    start: u64,
    after: u64,
    deadline: Deadline,
) -> Result<Rows, CallError> {
    let mut part = Rows { rows: Vec::new(), total: None, next: None };
    let mut offset = start - start % SIZE;
    let mut skip = start - offset;
    loop {
        let reply = portal.call(numbered(call, page, offset), deadline).await?;
        part.total = part.total.or(reply.total);
        let rows = page.rows(call.facts().name, reply.result)?;
        let more = reply.next.filter(|_| !rows.is_empty());
        for (place, row) in (0..).zip(rows) {
            if place < skip || is_up_to(page, &row, after) {
                continue;
            }
            if part.rows.len() == page.limit {
                part.next = Some(Cursor::Start(offset + place));
                return Ok(part);
            }
            part.rows.push(row);
        }
        let Some(next) = more else { return Ok(part) };
        if next <= offset {
            let what = "a next page that does not go on";
            return Err(CallError::Garbled { method: call.facts().name, status: 200, what });
        }
        if part.rows.len() == page.limit {
            part.next = Some(Cursor::Start(next));
            return Ok(part);
        }
        (offset, skip) = (next, 0);
    }
}

fn numbered(call: &Call, page: &Page, offset: u64) -> Call {
    let mut params = call.params().clone();
    if let Some(ids) = page.keyset {
        order_by(&mut params, ids);
    }
    params.insert("start".to_owned(), offset.into());
    call.with_params(params)
}

fn is_up_to(page: &Page, row: &serde_json::Value, after: u64) -> bool {
    after > 0 && page.keyset.and_then(|ids| wire::id(&row[ids.field])).is_some_and(|id| id <= after)
}
