//! PHP's loose types: numbers in strings, yes in five spellings, one value where a list is expected.

use serde_json::Value;

/// A whole number: a JSON integer, or a string of digits. Nothing else is one.
pub(crate) fn int(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

/// A positive id.
pub(crate) fn id(value: &Value) -> Option<u64> {
    int(value).and_then(|id| u64::try_from(id).ok()).filter(|id| *id > 0)
}

/// The text of a scalar, as PHP casts it; arrays have none.
pub(crate) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(true) => Some("1".to_owned()),
        Value::Bool(false) | Value::Null => Some(String::new()),
        Value::Array(_) | Value::Object(_) => None,
    }
}

/// `Y`, `true` and 1 in any spelling.
pub(crate) fn yes(value: &Value) -> bool {
    match value {
        Value::Bool(yes) => *yes,
        Value::Number(number) => number.as_i64() == Some(1),
        Value::String(text) => matches!(text.to_ascii_lowercase().as_str(), "y" | "true" | "1" | "yes"),
        _ => false,
    }
}

/// The elements of a PHP array, or the scalar itself as the only one.
pub(crate) fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(map) => map.values().collect(),
        Value::Null => Vec::new(),
        scalar => vec![scalar],
    }
}

/// The ids in a list; what is no id is left out, and so are repetitions.
pub(crate) fn ids(value: &Value) -> Vec<u64> {
    let mut ids = Vec::new();
    for id in list(value).into_iter().filter_map(id) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}

/// What PHP calls empty.
pub(crate) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Bool(true) => false,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty() || text == "0",
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
    }
}
