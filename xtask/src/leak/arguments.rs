//! Arguments for a tool nobody knows: the least that its schema asks for, and several kinds of wrong ones.

use serde_json::{Map, Value, json};

/// The least that the schema takes, with `text` wherever a text may stand.
pub(crate) fn least(schema: &Value, text: &str) -> Value {
    object(schema, schema, text, false)
}

/// Everything that the schema knows, with `text` wherever a text may stand.
pub(crate) fn most(schema: &Value, text: &str) -> Value {
    object(schema, schema, text, true)
}

/// What no schema takes.
pub(crate) fn wrong(schema: &Value, text: &str) -> Vec<Value> {
    let names = || schema["properties"].as_object().into_iter().flat_map(Map::keys);
    let each = |value: &Value| Value::Object(names().map(|name| (name.clone(), value.clone())).collect());
    vec![
        json!({}),
        json!({ text: text }),
        each(&json!(text)),
        each(&json!([text, { text: text }])),
        each(&json!({ text: text })),
        each(&json!(-1)),
    ]
}

fn object(root: &Value, schema: &Value, text: &str, all: bool) -> Value {
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    let properties = schema["properties"].as_object().cloned().unwrap_or_default();
    let wanted = properties.into_iter().filter(|(name, _)| all || required.iter().any(|one| one == name));
    wanted.map(|(name, schema)| (name, one(root, &schema, text, all))).collect()
}

fn one(root: &Value, schema: &Value, text: &str, all: bool) -> Value {
    if let Some(path) = schema["$ref"].as_str() {
        return root
            .pointer(path.trim_start_matches('#'))
            .map_or(Value::Null, |schema| one(root, schema, text, all));
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.clone();
    }
    if let Some(value) = schema.get("const") {
        return value.clone();
    }
    if let Some(first) = ["anyOf", "oneOf", "allOf"].iter().find_map(|way| schema[*way].as_array()?.first()) {
        return one(root, first, text, all);
    }
    let kind = schema["type"].as_str().or_else(|| schema["type"].as_array()?.first()?.as_str());
    match kind {
        Some("integer" | "number") => {
            schema.get("minimum").cloned().filter(|least| *least != json!(0)).unwrap_or(json!(1))
        }
        Some("boolean") => json!(true),
        Some("array") => json!([one(root, &schema["items"], text, all)]),
        Some("object") => object(root, schema, text, all),
        _ => json!(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_has_what_is_required_and_no_more() {
        let schema = json!({
            "type": "object",
            "properties": {
                "id": { "type": "integer" }, "who": { "$ref": "#/$defs/Who" }, "note": { "type": "string" },
            },
            "required": ["id", "who"],
            "$defs": { "Who": { "anyOf": [{ "type": ["array"], "items": { "type": "string" } }] } },
        });

        assert_eq!(least(&schema, "x"), json!({ "id": 1, "who": ["x"] }));
        assert_eq!(most(&schema, "x"), json!({ "id": 1, "who": ["x"], "note": "x" }));
        assert_eq!(wrong(&schema, "x")[2], json!({ "id": "x", "who": "x", "note": "x" }));
    }
}
