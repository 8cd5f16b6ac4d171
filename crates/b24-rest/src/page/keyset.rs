//! A list walked by the last id: `order {ID: ASC}`, `filter {>ID: last}`, `start: -1`, which spares the portal the
//! counting. Source: the REST documentation, "Large volumes of data".
//!
//! Not every method honours it, and one that does not says nothing: ids that fail to grow give it away.

use serde_json::{Value, json};

use super::{Cursor, Keyset, Page, Rows, SIZE, key_like, order_by};
use crate::{Call, CallError, Deadline, Portal, wire};

/// Reads rows after the id `after` (0: from the beginning). `None` when the portal does not honour this walk.
pub(super) async fn walk(
    portal: &Portal,
    call: &Call,
    page: &Page,
    ids: Keyset,
    after: u64,
    deadline: Deadline,
) -> Result<Option<Rows>, CallError> {
    let mut part = Rows { rows: Vec::new(), total: None, next: None };
    let mut last = after;
    loop {
        let reply = portal.call(beyond(call, ids, last)?, deadline).await?;
        let rows = page.rows(call.facts().name, reply.result)?;
        let full = rows.len() as u64 >= SIZE;
        for row in rows {
            let Some(id) = wire::id(&row[ids.field]).filter(|id| *id > last) else {
                return Ok(None);
            };
            if part.rows.len() == page.limit {
                part.next = Some(Cursor::After(last));
                return Ok(Some(part));
            }
            part.rows.push(row);
            last = id;
        }
        if !full {
            return Ok(Some(part));
        }
        if part.rows.len() == page.limit {
            part.next = Some(Cursor::After(last));
            return Ok(Some(part));
        }
    }
}

/// The call for the page after the id `last`.
fn beyond(call: &Call, ids: Keyset, last: u64) -> Result<Call, CallError> {
    let mut params = call.params().clone();
    let misuse = |what: &str| CallError::Misuse { method: call.facts().name, what: what.to_owned() };
    let name = key_like(&params, "filter").unwrap_or_else(|| "filter".to_owned());
    let filter = params.entry(name).or_insert_with(|| json!({}));
    if wire::map(filter).is_some_and(serde_json::Map::is_empty) {
        *filter = json!({});
    }
    let filter = filter.as_object_mut().ok_or_else(|| misuse("its filter is not a map"))?;
    let bound = format!(">{}", ids.column);
    if filter.insert(bound, Value::from(last)).is_some() {
        return Err(misuse("its filter already has a lower bound of the id"));
    }
    order_by(&mut params, ids);
    params.insert("start".to_owned(), (-1).into());
    Ok(call.with_params(params))
}
