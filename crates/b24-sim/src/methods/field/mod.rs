//! `task.item.userfield.*`: custom fields of tasks. Everybody reads them, administrators change them.

mod change;
mod get;

use serde_json::{Value, json};

use super::{Call, Method};
use crate::wire::answer_v2::Refusal;
use crate::wire::lenient;
use crate::world::field::UserField;

const SCOPES: &[&str] = &["task"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "task.item.userfield.getlist", scopes: SCOPES, run: get::list },
    Method { name: "task.item.userfield.get", scopes: SCOPES, run: get::get },
    Method { name: "task.item.userfield.gettypes", scopes: SCOPES, run: get::types },
    Method { name: "task.item.userfield.getfields", scopes: SCOPES, run: get::fields },
    Method { name: "task.item.userfield.add", scopes: SCOPES, run: change::add },
    Method { name: "task.item.userfield.update", scopes: SCOPES, run: change::update },
    Method { name: "task.item.userfield.delete", scopes: SCOPES, run: change::delete },
];

/// The named field.
fn named(call: &Call<'_>, missing: &str) -> Result<UserField, Refusal> {
    let value = call.params.get("ID").ok_or_else(|| Refusal::core(missing))?;
    let id = lenient::id(value).ok_or_else(|| Refusal::core("ID is not defined or invalid."))?;
    let found = call.world.fields.get(&id).cloned();
    found.ok_or_else(|| {
        Refusal::new(400, "ERROR_NOT_FOUND", format!("The entity with ID '{id}' is not found."))
    })
}

fn row(field: &UserField) -> Value {
    let flag = |yes: bool| if yes { "Y" } else { "N" };
    let mut row = json!({
        "ID": field.id.to_string(),
        "ENTITY_ID": "TASKS_TASK",
        "FIELD_NAME": field.name,
        "USER_TYPE_ID": field.kind,
        "XML_ID": field.xml_id,
        "SORT": field.sort.to_string(),
        "MULTIPLE": flag(field.multiple),
        "MANDATORY": flag(field.mandatory),
        "SHOW_FILTER": "N",
        "SHOW_IN_LIST": "Y",
        "EDIT_IN_LIST": "Y",
        "IS_SEARCHABLE": "N",
        "SETTINGS": field.settings,
    });
    if !field.choices.is_empty() {
        let choices = field.choices.iter().zip(1..).map(|((id, words), at)| {
            json!({ "ID": id.to_string(), "SORT": (100 * at).to_string(), "VALUE": words, "DEF": "N" })
        });
        row["LIST"] = choices.collect();
    }
    row
}
