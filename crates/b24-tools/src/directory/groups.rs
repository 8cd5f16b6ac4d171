//! Groups and projects by id or name, as far as the acting person sees them.

use b24_rest::{methods::group, wire};
use serde_json::{Value, json};

use super::named::{self, Choice, Named};
use crate::{
    Reader, Refusal,
    filter::WireFilter,
    input::{Group, GroupRef},
    record::{params, text},
};

/// The rows of one page.
const PAGE: u64 = 50;
/// The most groups that are looked through.
const MOST: u64 = 500;

/// A group that was looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its id; 0 for none.
    pub id: u64,
    /// Its name, when it was looked up by one.
    pub name: Option<String>,
}

/// The id of a group, 0 for none. Only names cost a call.
pub(crate) async fn id_of(said: &GroupRef, reader: &Reader) -> Result<u64, Refusal> {
    Ok(one(said, reader).await?.id)
}

/// The group that is meant; or a refusal that says why there is not exactly one.
pub(crate) async fn one(said: &GroupRef, reader: &Reader) -> Result<Found, Refusal> {
    let said = match said {
        GroupRef::Id(id, _) => return Ok(Found { id: *id, name: None }),
        GroupRef::Name(said) => said,
    };
    let found = |named: Named| Found { id: named.id, name: Some(named.name) };
    // The portal finds a part of a name in its own spelling; for any other, all groups are looked through.
    let part: String = said.chars().filter(|c| !matches!(c, '%' | '_')).collect();
    let asked = WireFilter::of([("%NAME", part.trim().into())]).placed(json!({ "ORDER": { "ID": "ASC" } }));
    let reply = reader.call(&group::GET, asked).await?;
    let near = rows(&reply.result);
    match named::choose(said, &near) {
        Choice::One(named) if reply.next.is_none() => return Ok(found(named)),
        Choice::Several(several) => return Err(named::ambiguous::<Group>(said, &several)),
        _ => {}
    }
    let all = all(reader).await?;
    match named::choose(said, &all) {
        Choice::One(named) => Ok(found(named)),
        Choice::Several(several) => Err(named::ambiguous::<Group>(said, &several)),
        Choice::Nobody => Err(named::nobody::<Group>(said, &all)),
    }
}

/// Every group that the acting person sees, up to 500: one request, and a second one when there are more than 50.
async fn all(reader: &Reader) -> Result<Vec<Named>, Refusal> {
    let page = |start: u64| params(json!({ "ORDER": { "ID": "DESC" }, "start": start }));
    let first = reader.call(&group::GET, page(0)).await?;
    let mut groups = rows(&first.result);
    if first.next.is_some() {
        let total = first.total.unwrap_or(MOST).min(MOST);
        let starts = (1..).map(|number| number * PAGE).take_while(|start| *start < total);
        for reply in reader.each(&group::GET, starts.map(page).collect()).await {
            groups.extend(rows(&reply?.result));
        }
    }
    Ok(groups)
}

fn rows(result: &Value) -> Vec<Named> {
    let read = |row: &Value| {
        let row = row.as_object()?;
        Some(Named { id: row.get("ID").and_then(wire::id)?, name: text(row, "NAME")? })
    };
    wire::rows(result).unwrap_or_default().into_iter().filter_map(read).collect()
}
