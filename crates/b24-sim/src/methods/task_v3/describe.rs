//! `*.field.list` and `*.field.get` of REST 3.0: what a field is and what may be done with it.
//!
//! The page of the list shows `id` as the only field to sort by, while the page of `tasks.task.list` names nineteen. Here
//! the description says what the one page shows, and the list sorts by what the other names.

use serde_json::{Map, Value, json};

use super::dto::WRITABLE;
use super::{fields, strict};
use crate::methods::CallV3;
use crate::wire::answer_v3::{OutcomeV3, RefusalV3};

/// An entity whose fields are described.
pub(super) struct Entity {
    /// Names and types.
    fields: &'static [(&'static str, &'static str)],
    editable: fn(&str) -> bool,
}

pub(super) const TASK: Entity =
    Entity { fields: fields::TASK, editable: |name| WRITABLE.iter().any(|(known, _)| *known == name) };
pub(super) const MESSAGE: Entity = Entity { fields: fields::MESSAGE, editable: |_| false };
pub(super) const FILE: Entity = Entity { fields: fields::FILE, editable: |_| false };
pub(super) const ACCESS: Entity = Entity { fields: fields::ACCESS, editable: |_| false };

pub(super) fn list(call: &CallV3<'_>, entity: &Entity) -> OutcomeV3 {
    let select = select(call)?;
    let rows = entity.fields.iter().map(|(name, kind)| row(entity, name, kind, select.as_deref()));
    Ok(json!({ "items": rows.collect::<Vec<Value>>() }))
}

pub(super) fn get(call: &CallV3<'_>, entity: &Entity) -> OutcomeV3 {
    let asked = match call.params.get("name") {
        Some(Value::String(name)) => name,
        None | Some(Value::Null) => {
            let text = "Required field `name` is missing".to_owned();
            return Err(RefusalV3::validation(vec![("name".to_owned(), text)]));
        }
        Some(_) => return Err(RefusalV3::wrong_type("name", "string")),
    };
    let select = select(call)?;
    let found = entity.fields.iter().find(|(name, _)| name == asked);
    let (name, kind) = found.ok_or_else(|| RefusalV3::field_not_found(asked))?;
    Ok(json!({ "item": row(entity, name, kind, select.as_deref()) }))
}

/// The parts of a description that are asked for.
fn select(call: &CallV3<'_>) -> Result<Option<Vec<String>>, RefusalV3> {
    let select = strict::names(call, "select")?;
    match select.iter().flatten().find(|name| !PARTS.contains(&name.as_str())) {
        Some(unknown) => Err(RefusalV3::unknown_field(unknown, "DtoFieldDto")),
        None => Ok(select),
    }
}

const PARTS: [&str; 11] = [
    "name",
    "type",
    "title",
    "description",
    "validationRules",
    "requiredGroups",
    "filterable",
    "sortable",
    "editable",
    "multiple",
    "elementType",
];

fn row(entity: &Entity, name: &str, kind: &str, select: Option<&[String]>) -> Value {
    let part = |part: &str| match part {
        "name" | "title" => json!(name),
        "type" => json!(kind),
        "validationRules" => json!([]),
        "filterable" | "sortable" => json!(name == "id"),
        "editable" => json!((entity.editable)(name)),
        "multiple" => json!(false),
        _ => Value::Null,
    };
    let asked = PARTS.iter().filter(|part| select.is_none_or(|all| all.iter().any(|own| own == *part)));
    Value::Object(asked.map(|name| ((*name).to_owned(), part(name))).collect::<Map<String, Value>>())
}
