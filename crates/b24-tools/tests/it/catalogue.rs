//! What every tool of the catalogue promises.

use b24_model::Effect;
use b24_tools::{Catalogue, Policy, View};
use serde_json::Value;

fn everything() -> Vec<b24_tools::Listing> {
    Catalogue::standard().list(&View::Full, &Policy::default())
}

#[test]
fn every_tool_is_named_titled_described_and_closed() {
    for tool in everything() {
        let name = tool.name;
        assert!(name.starts_with("b24_") || name.starts_with("bx24mcp_"), "{name}");
        assert!(
            name.len() <= 64
                && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        );
        assert!((5..=60).contains(&tool.title.len()), "{name}: {}", tool.title);
        assert!((60..=600).contains(&tool.description.len()), "{name}: {}", tool.description.len());
        assert!(!tool.description.contains("  "), "{name}: a line break left its blanks");
        assert_eq!(tool.input_schema["type"], "object", "{name}");
        assert_eq!(tool.input_schema["additionalProperties"], Value::Bool(false), "{name}");
        assert_eq!(tool.output_schema["type"], "object", "{name}");
        assert_eq!(tool.methods.is_empty(), name.starts_with("bx24mcp_"), "{name}");
        assert_eq!(tool.open_world, name == "bx24mcp_submit_feedback", "{name}");
    }
}

#[test]
fn every_destroying_tool_asks_for_agreement_and_no_other_does() {
    for tool in everything() {
        let asks = tool.input_schema.get("properties").is_some_and(|all| all.get("confirmDelete").is_some());
        assert_eq!(asks, tool.effect == Effect::Destroy, "{}", tool.name);
    }
}

#[test]
fn no_schema_holds_what_some_client_cannot_read() {
    for tool in everything() {
        let schema = Value::Object((*tool.input_schema).clone()).to_string();
        for noise in ["$schema", "$ref", "$defs", "\"null\"", "uint", "\"default\":null"] {
            assert!(!schema.contains(noise), "{}: {noise}", tool.name);
        }
    }
}

#[test]
fn the_core_view_stays_small() {
    let core = Catalogue::standard().list(&View::Core, &Policy::default());
    assert!(core.len() <= 25);
}

#[test]
fn the_catalogue_is_what_it_was() {
    for tool in everything() {
        let shown = serde_json::json!({
            "title": tool.title,
            "description": tool.description,
            "toolset": tool.toolset,
            "effect": tool.effect,
            "idempotent": tool.idempotent,
            "methods": tool.methods,
            "scopes": tool.scopes,
            "input": *tool.input_schema,
            "output": *tool.output_schema,
        });
        insta::assert_json_snapshot!(tool.name, shown);
    }
}
