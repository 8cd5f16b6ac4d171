//! `tasks.task.getFields`: the fields with their types and the values of enumerations.

use serde_json::{Map, Value, json};

use super::row::{LATER, ON_REQUEST, STORED};
use crate::methods::Call;
use crate::wire::answer_v2::Outcome;

pub(super) fn fields(call: &mut Call<'_>) -> Outcome {
    let names = STORED.iter().chain(&LATER).chain(&ON_REQUEST);
    let mut fields: Map<String, Value> = names.map(|name| ((*name).to_owned(), describe(name))).collect();
    for field in call.world.fields.values() {
        let mut row = json!({ "title": field.label, "type": field.kind });
        if !field.choices.is_empty() {
            let choices = field.choices.iter().map(|(id, words)| (id.to_string(), json!(words)));
            row["values"] = Value::Object(choices.collect());
        }
        fields.insert(field.name.clone(), row);
    }
    Ok(json!({ "fields": fields }).into())
}

fn describe(name: &str) -> Value {
    let mut field = Map::new();
    let mut set = |key: &str, value: Value| field.insert(key.to_owned(), value);
    set("title", title(name));
    set("type", json!(kind(name)));
    match name {
        "ID" => {
            set("primary", json!(true));
        }
        "TITLE" | "RESPONSIBLE_ID" | "CREATED_BY" => {
            set("required", json!(true));
        }
        "MARK" => {
            set("values", json!({ "N": "Negative", "P": "Positive" }));
            set("default", Value::Null);
        }
        "PRIORITY" => {
            set("values", json!({ "2": "High", "1": "Medium", "0": "Low" }));
            set("default", json!(1));
        }
        "STATUS" => {
            let values = json!({
                "2": "Pending", "3": "In Progress", "4": "Awaiting Review", "5": "Completed", "6": "Deferred",
            });
            set("values", values);
            set("default", json!(2));
        }
        name if kind(name) == "enum" => {
            set("values", json!({ "Y": "Yes", "N": "No" }));
            set("default", json!("N"));
        }
        name if kind(name) == "datetime" => {
            set("default", Value::Null);
        }
        _ => {}
    }
    Value::Object(field)
}

fn kind(name: &str) -> &'static str {
    match name {
        "TITLE" | "DESCRIPTION" | "GUID" | "XML_ID" | "SITE_ID" | "DURATION_TYPE" | "UF_MAIL_MESSAGE" => {
            "string"
        }
        "ACCOMPLICES" | "AUDITORS" => "array",
        "UF_CRM_TASK" => "crm",
        "UF_TASK_WEBDAV_FILES" => "disk_file",
        "MARK"
        | "PRIORITY"
        | "STATUS"
        | "MULTITASK"
        | "NOT_VIEWED"
        | "REPLICATE"
        | "ALLOW_CHANGE_DEADLINE"
        | "ALLOW_TIME_TRACKING"
        | "TASK_CONTROL"
        | "ADD_IN_REPORT"
        | "MATCH_WORK_TIME"
        | "SUBORDINATE"
        | "IS_MUTED"
        | "IS_PINNED"
        | "IS_PINNED_IN_GROUP"
        | "DESCRIPTION_IN_BBCODE"
        | "FAVORITE" => "enum",
        name if name == "DEADLINE" || name.contains("DATE") || name == "EXCHANGE_MODIFIED" => "datetime",
        _ => "integer",
    }
}

fn title(name: &str) -> Value {
    match name {
        "ID" => json!("ID"),
        "PARENT_ID" => json!("Base Task ID"),
        "TITLE" => json!("Title"),
        "DESCRIPTION" => json!("Description"),
        "MARK" => json!("Rating"),
        "PRIORITY" => json!("Priority"),
        "STATUS" => json!("Status"),
        "GROUP_ID" => json!("Project"),
        "STAGE_ID" => json!("Stage"),
        "CREATED_BY" => json!("Creator"),
        "RESPONSIBLE_ID" => json!("Participant"),
        "DEADLINE" => json!("Deadline"),
        "TASK_CONTROL" => json!("Accept Work"),
        _ => Value::Null,
    }
}
