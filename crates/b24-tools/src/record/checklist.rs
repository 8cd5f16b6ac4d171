//! A checklist item, from `task.checklistitem.getlist`.

use b24_rest::wire;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use super::text;

/// An item, or the heading of a checklist (`parentId` 0).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Item {
    pub id: u64,
    /// 0 for the heading of a checklist.
    pub parent_id: u64,
    pub title: String,
    pub is_complete: bool,
}

impl Item {
    /// Reads a list, in the order of the card: headings first, each followed by its items.
    pub(crate) fn rows(result: &Value) -> Vec<Self> {
        let rows = result.as_array().map(Vec::as_slice).unwrap_or_default();
        let mut sorted: Vec<(u64, u64, Self)> = rows
            .iter()
            .filter_map(Value::as_object)
            .filter_map(|row| {
                let number = |key: &str| row.get(key).and_then(wire::int).and_then(|n| u64::try_from(n).ok());
                let item = Self {
                    id: number("ID")?,
                    parent_id: number("PARENT_ID").unwrap_or(0),
                    title: text(row, "TITLE").unwrap_or_default(),
                    is_complete: row.get("IS_COMPLETE").is_some_and(|done| done == "Y"),
                };
                let group = if item.parent_id == 0 { item.id } else { item.parent_id };
                let place = if item.parent_id == 0 { 0 } else { 1 + number("SORT_INDEX").unwrap_or(0) };
                Some((group, place, item))
            })
            .collect();
        sorted.sort_by_key(|(group, place, item)| (*group, *place, item.id));
        sorted.into_iter().map(|(_, _, item)| item).collect()
    }
}
