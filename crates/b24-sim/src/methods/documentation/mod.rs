//! `rest.scope.list` and `rest.documentation.openapi` of REST 3.0, generated from the list of methods: what does not
//! exist is not described.

use serde_json::{Map, Value, json};

use super::{CallV3, MethodV3, all_v3};
use crate::wire::answer_v3::OutcomeV3;

pub(super) const METHODS: &[MethodV3] = &[
    MethodV3 { name: "rest.scope.list", scopes: &[], writes: false, run: scopes },
    MethodV3 { name: "rest.documentation.openapi", scopes: &[], writes: false, run: openapi },
    MethodV3 { name: "documentation", scopes: &[], writes: false, run: openapi },
];

/// Whether a method answers a document of its own, without the envelope.
pub(crate) fn is_bare(method: &str) -> bool {
    matches!(method, "rest.documentation.openapi" | "documentation")
}

/// The module of a method is the first part of its name.
fn module(method: &MethodV3) -> &'static str {
    method.name.split('.').next().unwrap_or(method.name)
}

/// Methods by module and scope. The shape is not documented.
fn scopes(_: &mut CallV3<'_>) -> OutcomeV3 {
    let mut modules: Map<String, Value> = Map::new();
    for method in all_v3().filter(|method| !is_bare(method.name)) {
        let scope = method.scopes.first().copied().unwrap_or("basic");
        let slot = modules
            .entry(module(method))
            .or_insert_with(|| json!({}))
            .as_object_mut()
            .map(|scopes| scopes.entry(scope).or_insert_with(|| json!([])));
        if let Some(Value::Array(methods)) = slot {
            methods.push(json!(method.name));
        }
    }
    Ok(Value::Object(modules))
}

fn openapi(_: &mut CallV3<'_>) -> OutcomeV3 {
    let mut tags: Vec<&str> = all_v3().map(module).collect();
    tags.sort_unstable();
    tags.dedup();
    let tags: Vec<Value> = tags
        .iter()
        .map(|name| json!({ "name": name, "description": format!("{name} module methods") }))
        .collect();
    let paths: Map<String, Value> =
        all_v3().map(|method| (format!("/{}", method.name), path(method))).collect();
    Ok(json!({
        "openapi": "3.0.0",
        "info": { "title": "Bitrix24 REST V3 API", "version": "1.0.0" },
        "tags": tags,
        "paths": paths,
        "components": { "schemas": { "TaskDto": super::task_v3::schema() } },
    }))
}

fn path(method: &MethodV3) -> Value {
    let object = |about: &str| {
        json!({ "description": about, "content": { "application/json": {
        "schema": { "type": "object" },
    } } })
    };
    json!({
        "post": {
            "tags": [module(method)],
            "operationId": method.name,
            "x-scopes": method.scopes,
            "responses": { "200": object("Success"), "400": object("Refusal") },
        },
    })
}
