//! A priority: the contract writes it as text, people as a number or a word.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de::Error};
use serde_json::Value;

/// 0 low, 1 medium, 2 high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Priority(u8);

impl Priority {
    pub(crate) fn number(self) -> u8 {
        self.0
    }
}

impl<'de> Deserialize<'de> for Priority {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let said = match Value::deserialize(deserializer)? {
            Value::String(text) => text.to_lowercase(),
            other => other.to_string(),
        };
        match said.as_str() {
            "0" | "low" => Ok(Self(0)),
            "1" | "medium" => Ok(Self(1)),
            "2" | "high" => Ok(Self(2)),
            _ => Err(D::Error::custom("a priority is \"0\" (low), \"1\" (medium) or \"2\" (high)")),
        }
    }
}

impl JsonSchema for Priority {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "Priority".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": ["0", "1", "2"] })
    }
}
