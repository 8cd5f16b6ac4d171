//! A schema of arguments, as a table for people.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::cell;

/// The arguments by which somebody agrees to a loss.
pub(super) fn gates(schema: &Value) -> Vec<&str> {
    let names = schema["properties"].as_object().into_iter().flat_map(Map::keys);
    names.map(String::as_str).filter(|name| name.starts_with("confirm")).collect()
}

/// One row for each argument, the required ones marked.
pub(super) fn table(schema: &Value) -> String {
    let Some(properties) = schema["properties"].as_object().filter(|all| !all.is_empty()) else {
        return "No arguments.\n\n".to_owned();
    };
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut text = String::from("| argument | takes | |\n|---|---|---|\n");
    for (name, schema) in properties {
        let mark = if required.contains(&name.as_str()) { " (required)" } else { "" };
        let about = cell(schema["description"].as_str().unwrap_or_default());
        let _ = writeln!(text, "| `{name}`{mark} | {} | {about} |", cell(&kind(schema)));
    }
    text.push('\n');
    text
}

/// What a schema takes, in words.
fn kind(schema: &Value) -> String {
    for joined in ["anyOf", "oneOf"] {
        if let Some(kinds) = schema[joined].as_array() {
            return kinds.iter().map(kind).collect::<Vec<_>>().join(", or ");
        }
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().map(literal).collect::<Vec<_>>().join(", ");
    }
    if let Some(word) = schema.get("const") {
        return literal(word);
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(word) => vec![word],
        Value::Array(words) => words.iter().filter_map(Value::as_str).collect(),
        _ => return "anything".to_owned(),
    };
    types.iter().map(|word| typed(word, schema)).collect::<Vec<_>>().join(", or ")
}

/// A value that is meant literally.
fn literal(value: &Value) -> String {
    value.as_str().map_or_else(|| format!("`{value}`"), |word| format!("`{word}`"))
}

fn typed(word: &str, schema: &Value) -> String {
    match word {
        "array" => {
            let items = schema.get("items").map_or_else(|| "anything".to_owned(), kind);
            match (schema["minItems"].as_u64(), schema["maxItems"].as_u64()) {
                (Some(least), Some(most)) => format!("{least} to {most} times {items}, as a list"),
                (Some(_), None) => format!("list of {items}, not empty"),
                (None, Some(most)) => format!("list of {items}, {most} at most"),
                (None, None) => format!("list of {items}"),
            }
        }
        "integer" => format!("whole number{}", range(schema, "minimum", "maximum")),
        "number" => format!("number{}", range(schema, "minimum", "maximum")),
        "string" => format!("text{}", range(schema, "minLength", "maxLength")),
        "boolean" => "true or false".to_owned(),
        "object" => match schema["properties"].as_object().filter(|all| !all.is_empty()) {
            Some(members) => {
                let members: Vec<_> =
                    members.iter().map(|(name, of)| format!("`{name}`: {}", kind(of))).collect();
                format!("object of {}", members.join("; "))
            }
            None => "object".to_owned(),
        },
        other => other.to_owned(),
    }
}

/// ` (1 to 50)`, unless it says nothing: from nothing, or to the largest number that JSON keeps exactly.
fn range(schema: &Value, least: &str, most: &str) -> String {
    const LARGEST: u64 = (1 << 53) - 1;
    let least = schema[least].as_u64();
    let most = schema[most].as_u64().filter(|most| *most < LARGEST);
    match (least, most) {
        (Some(least), Some(most)) => format!(" ({least} to {most})"),
        (Some(least), None) if least > 0 => format!(" (from {least})"),
        (None, Some(most)) => format!(" (up to {most})"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn arguments_are_told_in_words() {
        let schema = json!({ "properties": {
            "taskId": { "anyOf": [{ "type": "integer", "minimum": 1 }, { "type": "array", "minItems": 1, "items": { "type": "integer" } }] },
            "action": { "type": "string", "enum": ["start", "pause"], "description": "What | to do." },
            "limit": { "type": "integer", "minimum": 1, "maximum": 50 },
            "order": { "type": "object", "properties": { "field": { "type": "string" } } },
            "confirmDelete": { "type": "boolean" },
        }, "required": ["taskId"] });

        assert_eq!(gates(&schema), ["confirmDelete"]);
        assert_eq!(
            table(&schema),
            "| argument | takes | |\n|---|---|---|\n\
             | `taskId` (required) | whole number (from 1), or list of whole number, not empty |  |\n\
             | `action` | `start`, `pause` | What \\| to do. |\n\
             | `limit` | whole number (1 to 50) |  |\n\
             | `order` | object of `field`: text |  |\n\
             | `confirmDelete` | true or false |  |\n\n"
        );
        assert_eq!(table(&json!({ "properties": {} })), "No arguments.\n\n");
    }
}
