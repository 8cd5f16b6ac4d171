//! Records of the portal, read into types. The portal writes numbers as strings, empty maps as lists and
//! unset text as `""`; that ends here.

pub(crate) mod checklist;
pub(crate) mod comment;
pub(crate) mod entry;
pub(crate) mod file;
pub(crate) mod person;
pub(crate) mod result;
pub(crate) mod task;

use serde_json::{Map, Value};

/// An object literal as parameters of a call.
pub(crate) fn params(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

/// Text that a user of the portal wrote: cleaned, `None` when unset.
pub(crate) fn text(record: &Map<String, Value>, key: &str) -> Option<String> {
    let cleaned = crate::hygiene::clean(record.get(key)?.as_str()?);
    (!cleaned.trim().is_empty()).then_some(cleaned)
}

/// For counts that are told only when there is something to count.
pub(crate) fn is_zero(count: &usize) -> bool {
    *count == 0
}
