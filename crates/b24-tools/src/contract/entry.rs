//! One tool of the contract.

use serde_json::{Map, Value, json};

use super::field::Field;

/// One tool of the contract.
#[derive(Clone, Copy)]
pub(crate) struct Entry {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its title and description, where a tool of ours does not have the same name.
    pub(crate) words: Option<(&'static str, &'static str)>,
    /// An argument, and its value, that says which part of our tool is meant.
    pub(crate) preset: Option<(&'static str, &'static str)>,
    /// The tool of ours that does it.
    pub(crate) tool: &'static str,
    /// Its arguments.
    pub(super) fields: &'static [Field],
}

impl Entry {
    /// A tool that we have under the same name.
    pub(super) const fn same(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, words: None, preset: None, tool: name, fields }
    }

    /// The schema of its arguments.
    pub(crate) fn input_schema(&self) -> Map<String, Value> {
        let Value::Object(schema) = Field::object(self.fields) else { return Map::new() };
        schema
    }
}

impl Field {
    /// The schema of an object with these members and no others.
    pub(super) fn object(fields: &[Self]) -> Value {
        let properties: Map<String, Value> =
            fields.iter().map(|field| (field.name.to_owned(), field.schema())).collect();
        let required: Vec<&str> =
            fields.iter().filter(|field| field.required).map(|field| field.name).collect();
        let mut schema = json!({ "type": "object", "properties": properties, "additionalProperties": false });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    }
}
