//! Schemas, from the types, without what costs tokens and says nothing.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::answer::{COLUMNS, ROWS};

/// The schema of a tool's arguments.
///
/// An absent argument is simply absent, so "or null" is taken out: some clients cannot read such unions.
pub(crate) fn input<T: JsonSchema>() -> Map<String, Value> {
    let mut schema = of::<T>(SchemaSettings::draft2020_12().for_deserialize());
    slim(&mut schema, true);
    root(schema)
}

/// The schema of a tool's answer. A field that may be null says so: clients check answers against it.
pub(crate) fn output<T: JsonSchema>() -> Map<String, Value> {
    let mut schema = of::<T>(SchemaSettings::draft2020_12().for_serialize());
    slim(&mut schema, false);
    root(schema)
}

/// The schema of an answer whose list of objects is told as a table.
pub(crate) fn as_table(mut schema: Map<String, Value>, member: &str) -> Map<String, Value> {
    if let Some(Value::Object(properties)) = schema.get_mut("properties") {
        let mut told = Map::new();
        for (name, property) in std::mem::take(properties) {
            if name == member {
                told.insert(COLUMNS.into(), json!({ "type": "array", "items": { "type": "string" } }));
                told.insert(ROWS.into(), json!({ "type": "array", "items": { "type": "array" } }));
            } else {
                told.insert(name, property);
            }
        }
        *properties = told;
    }
    if let Some(Value::Array(required)) = schema.get_mut("required") {
        required.retain(|name| name != member);
        required.extend([COLUMNS.into(), ROWS.into()]);
    }
    schema
}

fn of<T: JsonSchema>(settings: SchemaSettings) -> Value {
    let settings = settings.with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

fn root(schema: Value) -> Map<String, Value> {
    let Value::Object(mut root) = schema else {
        return Map::new();
    };
    root.remove("title");
    root.remove("description");
    root.entry("type").or_insert_with(|| "object".into());
    // A tool without arguments says so: some clients insist on the member.
    if !root.contains_key("anyOf") {
        root.entry("properties").or_insert_with(|| Map::new().into());
    }
    root
}

fn slim(schema: &mut Value, drop_null: bool) {
    match schema {
        Value::Object(map) => {
            if map.get("format").and_then(Value::as_str).is_some_and(is_numeric_format) {
                map.remove("format");
            }
            if drop_null {
                drop_null_alternative(map);
                // What goes without saying is not said: each word is read by every model, every time.
                if map.get("minimum").and_then(Value::as_u64).is_some_and(|least| least <= 1) {
                    map.remove("minimum");
                }
                if map.get("minLength").and_then(Value::as_u64) == Some(1) {
                    map.remove("minLength");
                }
                if map.get("additionalProperties") == Some(&Value::Bool(true)) {
                    map.remove("additionalProperties");
                }
            }
            for (key, value) in map.iter_mut() {
                // A property may be called `format` or `default`; only schemas below are touched.
                if key == "properties" {
                    value
                        .as_object_mut()
                        .into_iter()
                        .flat_map(Map::values_mut)
                        .for_each(|v| slim(v, drop_null));
                } else {
                    slim(value, drop_null);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| slim(item, drop_null)),
        _ => {}
    }
}

fn is_numeric_format(format: &str) -> bool {
    format.starts_with("uint") || format.starts_with("int") || matches!(format, "double" | "float")
}

fn drop_null_alternative(map: &mut Map<String, Value>) {
    if map.get("default").is_some_and(Value::is_null) {
        map.remove("default");
    }
    if let Some(Value::Array(types)) = map.get_mut("type") {
        types.retain(|kind| kind != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            map.insert("type".into(), only);
        }
    }
    if let Some(Value::Array(words)) = map.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    if let Some(Value::Array(alternatives)) = map.get_mut("anyOf") {
        alternatives.retain(|alternative| alternative.get("type").is_none_or(|kind| kind != "null"));
        if let [Value::Object(only)] = alternatives.as_slice() {
            let only = only.clone();
            map.remove("anyOf");
            for (key, value) in only {
                map.entry(key).or_insert(value);
            }
        }
    }
}
