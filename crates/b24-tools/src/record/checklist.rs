//! A checklist item, from `task.checklistitem.getlist`.

use b24_rest::wire;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::text;

/// An item, or the heading of a checklist (`parentId` 0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Item {
    pub id: u64,
    /// 0 for the heading of a checklist.
    pub parent_id: u64,
    pub title: String,
    pub is_complete: bool,
}

/// The same with everything the portal says about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FullItem {
    #[serde(flatten)]
    pub(crate) item: Item,
    pub task_id: u64,
    pub sort_index: u64,
    pub is_important: bool,
    pub created_by: Option<u64>,
    pub toggled_by: Option<u64>,
    pub toggled_date: Option<String>,
}

impl Item {
    /// Reads a list, in the order of the card: headings first, each followed by its items.
    pub(crate) fn rows(result: &Value) -> Vec<Self> {
        let mut sorted: Vec<(u64, u64, Self)> = FullItem::rows(result)
            .into_iter()
            .map(|FullItem { item, sort_index, .. }| {
                let group = if item.parent_id == 0 { item.id } else { item.parent_id };
                let place = if item.parent_id == 0 { 0 } else { 1 + sort_index };
                (group, place, item)
            })
            .collect();
        sorted.sort_by_key(|(group, place, item)| (*group, *place, item.id));
        sorted.into_iter().map(|(_, _, item)| item).collect()
    }
}

impl FullItem {
    /// Reads a list in the order of the portal. Rows without an id are no items.
    pub(crate) fn rows(result: &Value) -> Vec<Self> {
        let rows = wire::rows(result).unwrap_or_default();
        rows.into_iter().filter_map(Value::as_object).filter_map(Self::read).collect()
    }

    fn read(row: &Map<String, Value>) -> Option<Self> {
        let number = |key: &str| row.get(key).and_then(wire::int).and_then(|n| u64::try_from(n).ok());
        let yes = |key: &str| row.get(key).and_then(wire::yes) == Some(true);
        Some(Self {
            item: Item {
                id: number("ID")?,
                parent_id: number("PARENT_ID").unwrap_or(0),
                title: text(row, "TITLE").unwrap_or_default(),
                is_complete: yes("IS_COMPLETE"),
            },
            task_id: number("TASK_ID").unwrap_or(0),
            sort_index: number("SORT_INDEX").unwrap_or(0),
            is_important: yes("IS_IMPORTANT"),
            created_by: row.get("CREATED_BY").and_then(wire::id),
            toggled_by: row.get("TOGGLED_BY").and_then(wire::id),
            toggled_date: text(row, "TOGGLED_DATE"),
        })
    }
}
