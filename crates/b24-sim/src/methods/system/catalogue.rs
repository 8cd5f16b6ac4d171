//! `scope`, `methods`, `method.get`, `server.time`: what this credential may do.

use serde_json::{Value, json};

use crate::methods::{Call, Method, all, find};
use crate::webhook::ALL_SCOPES;
use crate::wire::answer_v2::Outcome;
use crate::world::moment;

pub(super) fn scope(call: &mut Call<'_>) -> Outcome {
    let names: Vec<&str> = if call.params.yes("full") {
        ALL_SCOPES.to_vec()
    } else {
        call.scopes.iter().map(String::as_str).collect()
    };
    Ok(json!(names).into())
}

pub(super) fn methods(call: &mut Call<'_>) -> Outcome {
    let full = call.params.yes("full");
    let wanted = call.params.text("scope");
    let names: Vec<&str> = all()
        .filter(|method| match wanted.as_deref() {
            Some("") => method.scopes.is_empty(),
            Some(scope) => method.scopes.contains(&scope),
            None => full || open(call, method),
        })
        .map(|method| method.name)
        .collect();
    Ok(json!(names).into())
}

pub(super) fn method(call: &mut Call<'_>) -> Outcome {
    let name = call.params.text("name").unwrap_or_default().to_ascii_lowercase();
    let found = find(&name);
    Ok(json!({
        "isExisting": found.is_some(),
        "isAvailable": found.is_some_and(|method| open(call, method)),
    })
    .into())
}

pub(super) fn time(call: &mut Call<'_>) -> Outcome {
    Ok(Value::String(moment::iso(call.now, call.zone)).into())
}

fn open(call: &Call<'_>, method: &Method) -> bool {
    method.scopes.is_empty() || method.scopes.iter().any(|scope| call.scopes.iter().any(|own| own == scope))
}
