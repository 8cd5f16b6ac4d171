//! Groups: workgroups and projects.

pub mod find;

use b24_rest::wire;
use serde_json::{Map, Value, json};

use crate::record::text;

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
