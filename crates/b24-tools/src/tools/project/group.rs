//! Groups: workgroups and projects.

pub mod find;

use b24_rest::{methods::group, wire};
use serde_json::{Map, Value, json};

use super::{
    named::{Choice, Named},
    whole,
};
use crate::{Code, Reader, Refusal, input::shorten, record::text};

/// How many candidates a refusal lists.
const LISTED: usize = 8;

/// A group, as `sonet_group.get` tells it.
#[derive(Clone, Debug)]
pub(in crate::tools) struct Group {
    pub(in crate::tools) id: u64,
    pub(in crate::tools) name: String,
    pub(in crate::tools) description: Option<String>,
    pub(in crate::tools) is_project: bool,
    pub(in crate::tools) is_closed: bool,
    pub(in crate::tools) members: Option<u64>,
    pub(in crate::tools) owner: Option<u64>,
}

impl Group {
    fn read(row: &Map<String, Value>) -> Option<Self> {
        let flag = |key: &str| row.get(key).and_then(wire::yes) == Some(true);
        Some(Self {
            id: row.get("ID").and_then(wire::id)?,
            name: text(row, "NAME").unwrap_or_default(),
            description: text(row, "DESCRIPTION"),
            is_project: flag("PROJECT"),
            is_closed: flag("CLOSED"),
            members: row.get("NUMBER_OF_MEMBERS").and_then(wire::id),
            owner: row.get("OWNER_ID").and_then(wire::id),
        })
    }
}

/// How all groups are asked for, in a steady order.
fn everything() -> Map<String, Value> {
    crate::record::params(json!({ "ORDER": { "ID": "ASC" } }))
}

/// A group by id or by name. An id costs no call, and its name stays unknown.
pub(in crate::tools) async fn the_one(
    said: &Named,
    reader: &Reader,
) -> Result<(u64, Option<String>), Refusal> {
    if let Named::Id(id) = said {
        return Ok((*id, None));
    }
    let whole = whole::list(&group::GET, everything(), "start", reader).await?;
    let groups: Vec<Group> = whole.rows.iter().filter_map(Group::read).collect();
    match said.choose(&groups, |group| group.id, |group| &group.name) {
        Choice::One(group) => Ok((group.id, Some(group.name.clone()))),
        Choice::Nothing => Err(Refusal::new(
            Code::NOT_FOUND,
            format!("no group that the acting person may see is called {said}"),
        )
        .hint("look for it with `b24_group_find`")),
        Choice::Several(several) => {
            let named =
                several.iter().take(LISTED).map(|group| format!("{} {}", group.id, shorten(&group.name, 60)));
            let named = named.collect::<Vec<_>>().join("; ");
            Err(Refusal::new(Code::AMBIGUOUS, format!("{} groups match {said}: {named}", several.len()))
                .hint("ask which one is meant, then call again with the id"))
        }
    }
}
