//! `b24_task_field_list`: the fields that tasks have on this portal.

use std::collections::BTreeMap;

use b24_model::{Effect, Scope, effect::Read};
use b24_rest::{methods::task, wire};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    Code, Gate, Permit, Plan, Refusal, Spec, Tool, Toolset, hygiene::clean, record::text, tool::Agreement,
};

/// Lists fields.
pub struct FieldList;

/// Which fields.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// Only those that this portal added.
    custom: Option<bool>,
}

impl Agreement for Ask {}

/// The fields.
#[derive(Serialize, JsonSchema)]
pub struct Answer {
    total: usize,
    fields: Vec<Field>,
}

/// A field.
#[derive(Serialize, JsonSchema)]
pub struct Field {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    title: Option<String>,
    r#type: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    required: bool,
    /// What it may be, by the value that is written.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[schemars(with = "BTreeMap<String, String>")]
    values: BTreeMap<String, String>,
}

impl Tool for FieldList {
    const SPEC: Spec = Spec {
        name: "b24_task_field_list",
        title: "List the fields of tasks",
        description: "Lists the fields that tasks have on this portal, with their titles, types and allowed values, custom ones \
                      (UF_…) included. Use it before you filter, select or write a field you are not sure of.",
        toolset: Toolset::Task,
        effect: Effect::Read,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[task::GET_FIELDS.facts()],
        core: false,
    };
    type Effect = Read;
    type Ask = Ask;
    type Found = ();
    type Answer = Answer;

    async fn run(ask: Ask, _: Plan, permit: Permit<Read>) -> Result<Answer, Refusal> {
        let reply = permit.call(&task::GET_FIELDS, Map::new()).await?;
        let fields = reply.result.get("fields").and_then(wire::map).ok_or_else(|| {
            Refusal::new(Code::PORTAL_GARBLED, "the portal's list of fields cannot be read")
                .hint("tell the admin; `b24-mcp doctor` shows what the portal answers")
        })?;
        let wanted = |name: &str| ask.custom != Some(true) || name.starts_with("UF_");
        let fields: Vec<Field> = fields
            .iter()
            .filter(|(name, _)| wanted(name))
            .filter_map(|(name, about)| Some(field(name, about.as_object()?)))
            .collect();
        Ok(Answer { total: fields.len(), fields })
    }
}

fn field(name: &str, about: &Map<String, Value>) -> Field {
    let values = about.get("values").and_then(wire::map).into_iter().flatten();
    let word = |value: &Value| value.as_str().map(clean);
    Field {
        name: clean(name),
        title: text(about, "title"),
        r#type: text(about, "type").unwrap_or_else(|| "string".to_owned()),
        required: about.get("required").and_then(wire::yes) == Some(true),
        values: values.filter_map(|(key, value)| Some((clean(key), word(value)?))).collect(),
    }
}
