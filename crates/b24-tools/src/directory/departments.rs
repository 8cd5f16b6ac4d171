//! Departments by id or name. The portal filters by whole names only, so its list is read and looked through here.

use std::collections::{BTreeMap, BTreeSet};

use b24_rest::{methods::department, wire};
use serde_json::{Value, json};

use super::named::{self, Choice, Named};
use crate::{
    Code, Reader, Refusal,
    input::{Department, DepartmentRef},
    record::{params, text},
};

/// The rows of one page.
const PAGE: u64 = 50;
/// The most departments that are read.
pub(crate) const MOST: usize = 1000;

/// A department of the company.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DepartmentRecord {
    /// Its id.
    pub id: u64,
    /// Its name, cleaned.
    pub name: String,
    /// The department above it.
    pub parent: Option<u64>,
    /// Who heads it.
    pub head: Option<u64>,
}

/// Every department, up to 1,000: one request, and a second one for companies with more than 50.
pub(crate) async fn all(reader: &Reader) -> Result<Vec<DepartmentRecord>, Refusal> {
    let page = |start: u64| params(json!({ "sort": "ID", "order": "ASC", "START": start }));
    let first = reader.call(&department::GET, page(0)).await?;
    let mut departments = rows(&first.result);
    if first.next.is_some() {
        let most = u64::try_from(MOST).unwrap_or(u64::MAX);
        let total = first.total.unwrap_or(most).min(most);
        let starts = (1..).map(|number| number * PAGE).take_while(|start| *start < total);
        for reply in reader.each(&department::GET, starts.map(page).collect()).await {
            departments.extend(rows(&reply?.result));
        }
    }
    Ok(departments)
}

/// The department that is meant; or a refusal that says why there is not exactly one.
pub(crate) async fn one(said: &DepartmentRef, reader: &Reader) -> Result<Named, Refusal> {
    match said {
        DepartmentRef::Id(id, _) => {
            let names = names_of(&[*id], reader).await?;
            let named = names.into_iter().next().map(|(id, name)| Named { id, name });
            named.ok_or_else(|| {
                Refusal::new(Code::NOT_FOUND, format!("there is no department {id}"))
                    .hint("give its name, or another id")
            })
        }
        DepartmentRef::Name(said) => {
            let all = all(reader).await?.into_iter().map(|one| Named { id: one.id, name: one.name });
            let all: Vec<Named> = all.collect();
            match named::choose(said, &all) {
                Choice::One(named) => Ok(named),
                Choice::Several(several) => Err(named::ambiguous::<Department>(said, &several)),
                Choice::Nobody => Err(named::nobody::<Department>(said, &all)),
            }
        }
    }
}

/// The names of some departments, in one request. Departments that are not there have none.
pub(crate) async fn names_of(ids: &[u64], reader: &Reader) -> Result<BTreeMap<u64, String>, Refusal> {
    let ids: BTreeSet<u64> = ids.iter().copied().filter(|id| *id > 0).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let asked = ids.iter().map(|id| params(json!({ "ID": id }))).collect();
    let mut names = BTreeMap::new();
    for reply in reader.each(&department::GET, asked).await {
        names.extend(rows(&reply?.result).into_iter().map(|one| (one.id, one.name)));
    }
    names.retain(|id, _| ids.contains(id));
    Ok(names)
}

fn rows(result: &Value) -> Vec<DepartmentRecord> {
    let read = |row: &Value| {
        let row = row.as_object()?;
        Some(DepartmentRecord {
            id: row.get("ID").and_then(wire::id)?,
            name: text(row, "NAME")?,
            parent: row.get("PARENT").and_then(wire::id),
            head: row.get("UF_HEAD").and_then(wire::id),
        })
    };
    wire::rows(result).unwrap_or_default().into_iter().filter_map(read).collect()
}
