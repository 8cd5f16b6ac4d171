//! JSON as PHP writes it. PHP has one array type, so an empty map and an empty list are both `[]`, and a map with
//! the keys 0, 1, 2 … is a list.

use serde_json::{Map, Value};

/// Marks a map that PHP holds as an object, not as an array: it stays `{}` when empty. Never written.
const OBJECT: &str = "\u{0}object";

/// An empty PHP object, as some fields are serialised by mistake (`"TIMESTAMP_X":{}`).
pub(crate) fn empty_object() -> Value {
    let mut map = Map::new();
    map.insert(OBJECT.to_owned(), Value::Null);
    Value::Object(map)
}

/// The shape PHP would give to `value`.
pub(crate) fn shape(value: Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(shape).collect()),
        Value::Object(mut map) => {
            let object = map.shift_remove(OBJECT).is_some();
            if !object && is_list(&map) {
                return Value::Array(map.into_iter().map(|(_, value)| shape(value)).collect());
            }
            Value::Object(map.into_iter().map(|(key, value)| (key, shape(value))).collect())
        }
        scalar => scalar,
    }
}

fn is_list(map: &Map<String, Value>) -> bool {
    map.keys().enumerate().all(|(at, key)| *key == at.to_string())
}

/// Serialises in PHP's shape, escaped.
pub(crate) fn write(value: Value) -> String {
    escaped(&shape(value))
}

/// Serialises a value that has its shape already, escaping what PHP's JSON writer escapes by default on a portal: tags,
/// ampersands, apostrophes and slashes. These characters stand only inside strings, so the text can be replaced after
/// the fact.
pub(crate) fn escaped(shaped: &Value) -> String {
    let plain = shaped.to_string();
    let mut text = String::with_capacity(plain.len() + plain.len() / 16);
    for letter in plain.chars() {
        match letter {
            '<' => text.push_str("\\u003C"),
            '>' => text.push_str("\\u003E"),
            '&' => text.push_str("\\u0026"),
            '\'' => text.push_str("\\u0027"),
            '/' => text.push_str("\\/"),
            other => text.push(other),
        }
    }
    text
}
