//! Small workspaces, whole and broken, against the real table.

use serde_json::{Value, json};

use super::*;

/// A workspace in the words of `cargo metadata`: members with their edges (`dev:` for tests), then foreign crates.
fn metadata(members: &[(&str, &[&str])], foreign: &[(&str, &[&str])]) -> Value {
    let declared = |edges: &[&str]| -> Vec<Value> {
        edges
            .iter()
            .map(|edge| match edge.strip_prefix("dev:") {
                Some(name) => json!({ "name": name, "kind": "dev" }),
                None => json!({ "name": edge, "kind": null }),
            })
            .collect()
    };
    let resolved = |edges: &[&str]| -> Vec<Value> {
        edges.iter().map(|edge| json!({ "pkg": edge, "dep_kinds": [{ "kind": null }] })).collect()
    };
    let packages = members.iter().chain(foreign);
    json!({
        "packages": packages.clone()
            .map(|(name, edges)| json!({ "id": name, "name": name, "dependencies": declared(edges) }))
            .collect::<Vec<_>>(),
        "workspace_members": members.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "resolve": { "nodes": foreign.iter()
            .map(|(name, edges)| json!({ "id": name, "deps": resolved(edges) }))
            .collect::<Vec<_>>() },
    })
}

fn judged(members: &[(&str, &[&str])], foreign: &[(&str, &[&str])]) -> Vec<(String, String)> {
    let graph = Graph::read(&metadata(members, foreign)).expect("the metadata is complete");
    breaches(HOUSE, &graph).into_iter().map(|b| (b.rule, b.way.join(" -> "))).collect()
}

fn pair(rule: &str, way: &str) -> (String, String) {
    (rule.to_owned(), way.to_owned())
}

#[test]
fn a_house_with_its_walls_standing_has_no_breach() {
    let found = judged(
        &[
            ("b24-model", &["serde", "dev:serde_json"]),
            ("b24-rest", &["b24-model", "reqwest", "dev:b24-sim"]),
            ("b24-sim", &["b24-model", "axum", "dev:tempfile"]),
            ("b24-tools", &["b24-model", "b24-rest", "dev:b24-sim", "dev:tokio"]),
            ("b24-mcp", &["b24-tools", "b24-sim", "rmcp", "axum"]),
        ],
        &[
            ("reqwest", &["tokio"]),
            ("axum", &["tokio"]),
            ("rmcp", &["tokio"]),
            ("tokio", &[]),
            ("serde", &[]),
        ],
    );

    assert_eq!(found, []);
}

#[test]
fn a_client_in_the_simulator_is_a_breach_even_in_tests() {
    let always = judged(&[("b24-sim", &["b24-rest"]), ("b24-rest", &[])], &[]);
    let in_tests = judged(&[("b24-sim", &["dev:b24-rest"]), ("b24-rest", &[])], &[]);

    assert_eq!(always, [pair("b24-sim must never know b24-rest", "b24-sim -> b24-rest")]);
    assert_eq!(in_tests, [pair("b24-sim must not know b24-rest, not even in tests", "b24-sim -> b24-rest")]);
}

#[test]
fn what_must_never_be_known_is_found_behind_other_crates_and_the_way_is_told() {
    let found =
        judged(&[("b24-tools", &["cosy"])], &[("cosy", &["warm"]), ("warm", &["axum"]), ("axum", &[])]);

    assert_eq!(found, [pair("b24-tools must never know axum", "b24-tools -> cosy -> warm -> axum")]);
}

#[test]
fn a_tool_may_have_http_behind_its_client_but_not_name_it() {
    let found = judged(
        &[("b24-tools", &["b24-rest", "reqwest"]), ("b24-rest", &["reqwest"])],
        &[("reqwest", &["tokio"]), ("tokio", &[])],
    );

    assert_eq!(found, [pair("b24-tools must not name reqwest outside its tests", "b24-tools -> reqwest")]);
}

#[test]
fn the_vocabulary_takes_nothing_that_is_not_on_its_list() {
    let found = judged(&[("b24-model", &["regex"])], &[]);

    assert_eq!(
        found,
        [pair("b24-model may not use regex: it is not on its short list", "b24-model -> regex")]
    );
}

#[test]
fn nothing_depends_on_the_server() {
    let found = judged(&[("b24-audit", &["dev:b24-mcp"]), ("b24-mcp", &[])], &[]);

    assert_eq!(found, [pair("b24-audit must not depend on b24-mcp", "b24-audit -> b24-mcp")]);
}

#[test]
fn a_crate_without_a_wall_is_told_to_get_one() {
    let found = judged(&[("b24-shed", &[])], &[]);

    assert_eq!(found, [pair("b24-shed has no wall: give it a row in xtask/src/tidy/walls.rs", "b24-shed")]);
}

#[test]
fn metadata_that_lacks_a_part_is_an_error_and_not_a_clean_bill() {
    assert!(Graph::read(&json!({ "packages": [] })).is_err());
}
