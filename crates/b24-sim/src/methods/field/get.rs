//! `task.item.userfield.getlist`, `.get`, `.gettypes`, `.getfields`.

use serde_json::{Map, Value, json};

use super::{named, row};
use crate::methods::Call;
use crate::methods::query::cell::Cell;
use crate::methods::query::filter;
use crate::wire::answer_v2::{Answer, Outcome};
use crate::wire::lenient;
use crate::world::field::UserField;

/// The fields every portal has: id, name, type, whether multiple.
const BUILT_IN: [(u64, &str, &str, bool); 3] = [
    (101, "UF_CRM_TASK", "crm", true),
    (102, "UF_TASK_WEBDAV_FILES", "disk_file", true),
    (103, "UF_MAIL_MESSAGE", "mail_message", false),
];

pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let (order, wanted) = (call.params.array("ORDER")?, call.params.array("FILTER")?);
    let built_in = BUILT_IN.map(|(id, name, kind, multiple)| UserField {
        id,
        name: name.to_owned(),
        kind: kind.to_owned(),
        xml_id: String::new(),
        sort: 100,
        multiple,
        mandatory: false,
        label: String::new(),
        choices: Vec::new(),
        settings: json!({}),
    });
    let all = built_in.into_iter().chain(call.world.fields.values().cloned());
    let mut found: Vec<UserField> = all.filter(|field| passes(call, field, &wanted)).collect();
    for (name, way) in order.iter().rev() {
        let down = lenient::text(way).is_some_and(|way| way.eq_ignore_ascii_case("desc"));
        found.sort_by(|a, b| {
            let order = cell(a, name).order(&cell(b, name));
            if down { order.reverse() } else { order }
        });
    }
    Ok(Answer { total: Some(found.len()), ..Answer::from(found.iter().map(row).collect::<Value>()) })
}

fn passes(call: &Call<'_>, field: &UserField, wanted: &Map<String, Value>) -> bool {
    wanted.iter().all(|(key, value)| {
        let (operator, name) = filter::key(key);
        filter::passes(operator, &cell(field, name), value, call.zone)
    })
}

fn cell(field: &UserField, name: &str) -> Cell {
    match name.to_ascii_uppercase().as_str() {
        "FIELD_NAME" => Cell::Text(field.name.clone()),
        "USER_TYPE_ID" => Cell::Text(field.kind.clone()),
        "XML_ID" => Cell::Text(field.xml_id.clone()),
        "SORT" => Cell::Int(field.sort),
        "MULTIPLE" => Cell::flag(field.multiple),
        "MANDATORY" => Cell::flag(field.mandatory),
        _ => Cell::id(field.id),
    }
}

/// One field, with its labels by language.
pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let field = named(call, "No parameters found.")?;
    let mut whole = row(&field);
    for name in ["EDIT_FORM_LABEL", "LIST_COLUMN_LABEL", "LIST_FILTER_LABEL", "ERROR_MESSAGE", "HELP_MESSAGE"]
    {
        whole[name] = json!({ "de": field.label, "en": field.label });
    }
    Ok(whole.into())
}

pub(super) fn types(_: &mut Call<'_>) -> Outcome {
    let types = [
        ("string", "String"),
        ("double", "Number"),
        ("boolean", "Yes/No"),
        ("enumeration", "Enumeration"),
        ("datetime", "Date/Time"),
    ];
    let rows = types.map(|(id, title)| json!({ "ID": id, "title": title }));
    Ok(json!(rows).into())
}

pub(super) fn fields(_: &mut Call<'_>) -> Outcome {
    let one = |kind: &str, title: &str| json!({ "type": kind, "title": title });
    let fixed = |kind: &str, title: &str, mark: &str| json!({ "type": kind, "title": title, mark: true });
    Ok(json!({
        "ID": fixed("int", "ID", "isReadOnly"),
        "ENTITY_ID": fixed("string", "Entity", "isImmutable"),
        "FIELD_NAME": fixed("string", "Code", "isImmutable"),
        "USER_TYPE_ID": fixed("string", "Data Type", "isImmutable"),
        "XML_ID": one("string", "External ID (XML ID)"),
        "SORT": one("int", "Sort Order"),
        "MULTIPLE": one("char", "Multiple"),
        "MANDATORY": one("char", "Mandatory"),
        "EDIT_FORM_LABEL": one("string", "Edit Form Label"),
        "LIST": fixed("uf_enum_element", "List Elements", "isMultiple"),
        "SETTINGS": one("object", "Additional Settings (depends on type)"),
    })
    .into())
}
