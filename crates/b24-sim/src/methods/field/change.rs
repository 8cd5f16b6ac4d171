//! `task.item.userfield.add`, `.update`, `.delete`.

use serde_json::{Map, Value, json};

use super::named;
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::wire::params::as_map;
use crate::world::field::UserField;
use crate::world::rights::is_admin;

/// Types a task may have fields of.
const KINDS: [&str; 4] = ["string", "double", "datetime", "boolean"];

pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    admitted(call)?;
    let params = call.params.array("PARAMS")?;
    let text = |name: &str| params.get(name).and_then(lenient::text).unwrap_or_default();
    let kind = text("USER_TYPE_ID");
    if kind.is_empty() {
        return Err(Refusal::core("The 'USER_TYPE_ID' field is not found."));
    }
    if !KINDS.contains(&kind.as_str()) {
        return Err(Refusal::core("Invalid user type specified."));
    }
    let name = text("FIELD_NAME").to_ascii_uppercase();
    if name.is_empty() {
        return Err(Refusal::core("The 'FIELD_NAME' field is not found."));
    }
    let name = if name.starts_with("UF_") { name } else { format!("UF_TASK_{name}") };
    if call.world.fields.values().any(|field| field.name == name) {
        let words = format!("The field {name} for the object TASKS_TASK already exists.");
        return Err(Refusal::core(words));
    }
    let id = 300 + call.world.next_field();
    let mut field = UserField {
        id,
        name,
        multiple: kind != "boolean" && params.get("MULTIPLE").is_some_and(lenient::yes),
        kind,
        xml_id: String::new(),
        sort: 100,
        mandatory: false,
        label: String::new(),
        choices: Vec::new(),
        settings: json!({}),
    };
    write(&mut field, &params);
    call.world.fields.insert(id, field);
    Ok(json!(id).into())
}

pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    let mut field = named(call, &invalid("update"))?;
    admitted(call)?;
    let data = call.params.get("DATA").and_then(as_map).unwrap_or_default();
    write(&mut field, &data);
    call.world.fields.insert(field.id, field);
    Ok(json!(true).into())
}

/// The values in tasks go with the field.
pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let field = named(call, &invalid("delete"))?;
    admitted(call)?;
    call.world.fields.remove(&field.id);
    for task in call.world.tasks.values_mut() {
        task.extra.remove(&field.name);
    }
    Ok(json!(true).into())
}

fn invalid(method: &str) -> String {
    format!(
        "TASKS_ERROR_EXCEPTION_#0; Invalid arguments for \
         Bitrix\\Tasks\\Integration\\Rest\\Task\\UserField::{method}; 0/TE"
    )
}

fn admitted(call: &Call<'_>) -> Result<(), Refusal> {
    if is_admin(call.world, call.caller) { Ok(()) } else { Err(Refusal::core("Access denied.")) }
}

/// What may be changed later, too.
fn write(field: &mut UserField, data: &Map<String, Value>) {
    for (name, value) in data {
        match name.to_ascii_uppercase().as_str() {
            "XML_ID" => field.xml_id = lenient::text(value).unwrap_or_default(),
            "SORT" => field.sort = lenient::int(value).unwrap_or(field.sort),
            "MANDATORY" => field.mandatory = lenient::yes(value),
            "LABEL" => field.label = lenient::text(value).unwrap_or_default(),
            "EDIT_FORM_LABEL" => {
                let first = lenient::list(value).into_iter().find_map(lenient::text);
                field.label = first.unwrap_or_default();
            }
            "SETTINGS" => field.settings = value.clone(),
            _ => {}
        }
    }
}
