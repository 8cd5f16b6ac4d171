//! Schemas of the fixtures' arguments and of the forms that they show.

use rmcp::model::{ElicitationSchema, JsonObject};
use serde_json::{Value, json};

/// A literal object.
pub(super) fn object(literal: Value) -> JsonObject {
    match literal {
        Value::Object(object) => object,
        _ => JsonObject::new(),
    }
}

/// No arguments.
pub(super) fn nothing() -> Value {
    json!({ "type": "object", "properties": {} })
}

/// A form with these fields, all of them required.
pub(super) fn form(fields: Value) -> ElicitationSchema {
    let required: Vec<String> =
        fields.as_object().into_iter().flatten().map(|(name, _)| name.clone()).collect();
    read(json!({ "type": "object", "properties": fields, "required": required }))
}

/// A form with a default in every field (SEP-1034).
pub(super) fn defaults() -> ElicitationSchema {
    read(json!({ "type": "object", "properties": {
        "name": { "type": "string", "default": "John Doe" },
        "age": { "type": "integer", "default": 30 },
        "score": { "type": "number", "default": 95.5 },
        "status": { "type": "string", "enum": ["active", "inactive", "pending"], "default": "active" },
        "verified": { "type": "boolean", "default": true },
    } }))
}

/// A form with every kind of choice (SEP-1330).
pub(super) fn choices() -> ElicitationSchema {
    let titled = json!([
        { "const": "value1", "title": "First Option" },
        { "const": "value2", "title": "Second Option" },
        { "const": "value3", "title": "Third Option" },
    ]);
    let plain = json!(["option1", "option2", "option3"]);
    read(json!({ "type": "object", "properties": {
        "untitledSingle": { "type": "string", "enum": plain },
        "titledSingle": { "type": "string", "oneOf": titled },
        "legacyEnum": {
            "type": "string",
            "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["Option One", "Option Two", "Option Three"],
        },
        "untitledMulti": { "type": "array", "items": { "type": "string", "enum": plain } },
        "titledMulti": { "type": "array", "items": { "anyOf": titled } },
    } }))
}

/// Every keyword of JSON Schema 2020-12 that the suite wants to see again (SEP-1613).
pub(super) fn draft_2020_12() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": { "address": {
            "$anchor": "address",
            "type": "object",
            "properties": { "street": { "type": "string" }, "city": { "type": "string" } },
        } },
        "properties": { "name": { "type": "string" }, "address": { "$ref": "#/$defs/address" } },
        "allOf": [{ "anyOf": [{ "required": ["name"] }, { "required": ["address"] }] }],
        "if": { "required": ["address"] },
        "then": { "properties": { "address": { "required": ["street"] } } },
        "else": { "required": ["name"] },
        "additionalProperties": false,
    })
}

fn read(literal: Value) -> ElicitationSchema {
    serde_json::from_value(literal).expect("the forms of the fixtures are literals")
}
