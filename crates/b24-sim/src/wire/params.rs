//! Parameters of a classic call. Looked up by name without regard to case; positional methods read the order.

use serde_json::{Map, Value};

use super::answer_v2::Refusal;
use super::lenient;

/// The decoded parameters, in the order they came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Params(Map<String, Value>);

impl Params {
    /// Takes the parameters of a call; the credential is none of them.
    pub(crate) fn new(mut map: Map<String, Value>) -> Self {
        map.retain(|key, _| !key.eq_ignore_ascii_case("auth"));
        Self(map)
    }

    pub(crate) fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// The value of `name` in any case. Keys are folded, so of several spellings one survives: the lower-case
    /// one if there is one, else the last.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let lower = name.to_ascii_lowercase();
        self.0.get(&lower).or_else(|| {
            self.0.iter().rev().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
        })
    }

    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(lenient::int)
    }

    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).and_then(lenient::text)
    }

    pub(crate) fn yes(&self, name: &str) -> bool {
        self.get(name).is_some_and(lenient::yes)
    }

    /// A required array: absent or empty, and wrong types, are refused with code 100.
    pub(crate) fn required_array(&self, name: &str) -> Result<Map<String, Value>, Refusal> {
        match self.get(name) {
            Some(value) if lenient::is_empty(value) => Err(Refusal::missing(name)),
            None => Err(Refusal::missing(name)),
            Some(value) => as_map(value).ok_or_else(|| Refusal::wrong_type(value, name)),
        }
    }

    /// An optional array; a scalar is refused with code 100, an empty string too.
    pub(crate) fn array(&self, name: &str) -> Result<Map<String, Value>, Refusal> {
        match self.get(name) {
            None | Some(Value::Null) => Ok(Map::new()),
            Some(value) => as_map(value).ok_or_else(|| Refusal::wrong_type(value, name)),
        }
    }

    /// The names in an optional array such as `select`.
    pub(crate) fn names(&self, name: &str) -> Result<Vec<String>, Refusal> {
        Ok(self.array(name)?.values().filter_map(lenient::text).collect())
    }
}

/// A PHP array as a map: a list gets its indices for keys.
pub(crate) fn as_map(value: &Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(map) => Some(map.clone()),
        Value::Array(items) => Some(indexed(items.clone())),
        _ => None,
    }
}

/// A list with its indices for keys.
pub(crate) fn indexed(items: Vec<Value>) -> Map<String, Value> {
    items.into_iter().enumerate().map(|(at, value)| (at.to_string(), value)).collect()
}
