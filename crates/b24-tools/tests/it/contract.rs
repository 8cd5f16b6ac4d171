//! The reference system's names and arguments.

use b24_tools::{Catalogue, Form, Policy, View};
use serde_json::{Map, Value, json};

use crate::house::House;

fn contract() -> Vec<b24_tools::Listing> {
    Catalogue::standard().list(&View::Contract, &Policy::default())
}

#[test]
fn the_contract_view_lists_exactly_its_names_and_schemas() {
    let shown = contract()
        .into_iter()
        .map(|tool| (tool.name.to_owned(), Value::Object((*tool.input_schema).clone())));
    insta::assert_json_snapshot!(shown.collect::<Map<_, _>>());
}

/// Arguments as the schema describes them: only what has to be given, or everything.
fn arguments(schema: &Map<String, Value>, everything: bool) -> Map<String, Value> {
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let properties = schema["properties"].as_object().unwrap();
    properties
        .iter()
        .filter(|(name, _)| everything || required.contains(&name.as_str()))
        // The contract itself refuses these two ways of asking together.
        .filter(|(name, _)| *name != "query")
        .map(|(name, property)| (name.clone(), sample(name, property)))
        .collect()
}

fn sample(name: &str, schema: &Value) -> Value {
    match (name, schema["type"].as_str()) {
        ("deadline", _) => json!("2026-12-01T18:00:00+03:00"),
        ("fields", _) => json!({ "TITLE": "Renamed" }),
        (_, _) if schema.get("enum").is_some() => schema["enum"][0].clone(),
        (_, Some("integer")) => schema["minimum"].as_u64().max(Some(1)).into(),
        (_, Some("string")) => json!("Some text of words"),
        (_, Some("boolean")) => json!(true),
        ("select", Some("array")) => json!(["ID"]),
        (_, Some("array")) => json!([1, 2]),
        (_, Some("object")) if schema.get("properties").is_some() => {
            arguments(schema.as_object().unwrap(), true).into()
        }
        (_, Some("object")) => json!({}),
        // One id or a list of them.
        _ => json!([901, 902]),
    }
}

#[tokio::test]
async fn every_name_of_the_contract_takes_the_contracts_arguments_in_any_view() {
    for form in [Form::Objects, Form::Table] {
        let mut house = House::open().await;
        house.form = form;
        for tool in contract() {
            for everything in [false, true] {
                let arguments = Value::Object(arguments(&tool.input_schema, everything));
                let code = house.code(tool.name, arguments.clone()).await;
                // To look for nobody in particular is refused for what it is.
                let is_arguments_fault =
                    code == "INVALID_INPUT" && (everything || tool.name != "b24_user_find");
                assert!(!is_arguments_fault, "{}: {arguments}", tool.name);
            }
        }
    }
}

#[test]
fn every_old_name_leads_to_the_tool_it_became() {
    let catalogue = Catalogue::standard();
    for (now, old) in Catalogue::old_names() {
        let found = catalogue.look_up(old).map(|(name, _)| name).ok();
        if catalogue.look_up(now).is_ok() {
            assert_eq!(found, Some(*now));
        }
    }
}
