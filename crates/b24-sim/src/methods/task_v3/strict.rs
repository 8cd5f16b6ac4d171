//! REST 3.0 takes types at their word: `"5"` is no integer. Failures are collected, one row a field.

use serde_json::{Map, Value, json};

use crate::methods::CallV3;
use crate::wire::answer_v3::{RefusalV3, required_text, type_text};

/// A type as the portal names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::methods) enum Kind {
    Int,
    Text,
    Bool,
    Moment,
    List,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Int => "int",
            Self::Text => "string",
            Self::Bool => "bool",
            Self::Moment => "DateTime",
            Self::List => "array",
        }
    }

    /// The type in an OpenAPI document.
    pub(in crate::methods) fn schema(self) -> Value {
        match self {
            Self::Int => json!({ "type": "integer" }),
            Self::Text => json!({ "type": "string" }),
            Self::Bool => json!({ "type": "boolean" }),
            Self::Moment => json!({ "type": "string", "format": "date-time" }),
            Self::List => json!({ "type": "array", "items": { "type": "integer" } }),
        }
    }

    fn fits(self, value: &Value, call: &CallV3<'_>) -> bool {
        match self {
            Self::Int => value.is_i64() || value.is_u64(),
            Self::Text => value.is_string(),
            Self::Bool => value.is_boolean(),
            Self::Moment => {
                value.as_str().is_some_and(|text| crate::world::moment::parse(text, call.zone).is_some())
            }
            Self::List => value.is_array(),
        }
    }
}

/// The required integer `id`.
pub(in crate::methods) fn id(call: &CallV3<'_>) -> Result<u64, RefusalV3> {
    let value = call.params.get("id").filter(|value| !value.is_null());
    let value = value.ok_or_else(|| RefusalV3::required("id"))?;
    if !(value.is_i64() || value.is_u64()) {
        return Err(RefusalV3::wrong_type("id", Kind::Int.name()));
    }
    // A negative id is a number all right; there is just no such record.
    Ok(value.as_u64().unwrap_or(0))
}

/// The required object `fields`.
pub(in crate::methods) fn fields(call: &CallV3<'_>) -> Result<Map<String, Value>, RefusalV3> {
    match call.params.get("fields") {
        Some(Value::Object(fields)) if !fields.is_empty() => Ok(fields.clone()),
        None | Some(Value::Null | Value::Object(_)) => Err(RefusalV3::required("fields")),
        Some(_) => Err(RefusalV3::wrong_type("fields", "array")),
    }
}

/// Checks presence and types of all fields at once.
pub(in crate::methods) fn check(
    call: &CallV3<'_>,
    fields: &Map<String, Value>,
    required: &[&str],
    kinds: &[(&str, Kind)],
) -> Result<(), RefusalV3> {
    let mut wrong = Vec::new();
    for name in required {
        if fields.get(*name).is_none_or(Value::is_null) {
            wrong.push(required_text(name));
        }
    }
    for (name, value) in fields {
        let kind = kinds.iter().find(|(known, _)| known == name).map(|(_, kind)| *kind);
        if let Some(kind) = kind
            && !value.is_null()
            && !kind.fits(value, call)
        {
            wrong.push(type_text(name, kind.name()));
        }
    }
    if wrong.is_empty() { Ok(()) } else { Err(RefusalV3::validation(wrong)) }
}

/// An array of strings such as `select`.
pub(in crate::methods) fn names(call: &CallV3<'_>, name: &str) -> Result<Option<Vec<String>>, RefusalV3> {
    let shown = |value: &Value| {
        let text = format!("Unable to recognize the select parameter `{value}`");
        RefusalV3::new(400, "INVALIDSELECTEXCEPTION", text)
    };
    match call.params.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value @ Value::Array(items)) => {
            let names = items.iter().map(|item| item.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
            names.map(Some).ok_or_else(|| shown(value))
        }
        Some(other) => Err(shown(other)),
    }
}
