//! What the portal holds after an SDK was there, read by plain HTTP. Asks one page at a time and trusts nothing else.

use serde_json::{Value, json};

use crate::webhook::Webhook;

/// The portal as it is now.
pub(super) struct Truth {
    webhook: Webhook,
    pub(super) profile: Value,
    pub(super) users: Vec<String>,
    /// Every visible task, by growing id.
    tasks: Vec<Value>,
}

impl Truth {
    pub(super) fn read(webhook: Webhook) -> Result<Self, String> {
        let profile = webhook.call("/rest/", "profile", &json!({}))?["result"].clone();
        let users = pages(&webhook, "user.get", &json!({ "sort": "ID", "order": "ASC" }), "/result")?;
        let asked = json!({ "order": { "ID": "ASC" }, "select": ["ID", "TITLE"] });
        let tasks = pages(&webhook, "tasks.task.list", &asked, "/result/tasks")?;
        let users = users.iter().map(|user| text(&user["ID"])).collect();
        Ok(Self { webhook, profile, users, tasks })
    }

    /// The ids of the tasks that were there before the SDK wrote `later`.
    pub(super) fn tasks_without(&self, later: &Value) -> Vec<String> {
        let later = text(later);
        self.tasks.iter().map(|task| text(&task["id"])).filter(|id| *id != later).collect()
    }

    pub(super) fn title(&self, id: &str) -> Option<&str> {
        self.tasks.iter().find(|task| text(&task["id"]) == id)?["title"].as_str()
    }

    /// What a classic method answers.
    pub(super) fn ask(&self, method: &str, params: &Value) -> Result<Value, String> {
        self.webhook.call("/rest/", method, params)
    }

    /// What a REST 3.0 method answers.
    pub(super) fn ask_v3(&self, method: &str, params: &Value) -> Result<Value, String> {
        self.webhook.call("/rest/api/", method, params)
    }
}

/// An id as text, whichever way it was written.
pub(super) fn text(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn pages(webhook: &Webhook, method: &str, params: &Value, rows: &str) -> Result<Vec<Value>, String> {
    let mut found = Vec::new();
    let mut params = params.clone();
    loop {
        let answer = webhook.call("/rest/", method, &params)?;
        let page = answer.pointer(rows).and_then(Value::as_array);
        found.extend_from_slice(page.ok_or_else(|| format!("{method} answered {answer}"))?);
        let Some(next) = answer.get("next") else { return Ok(found) };
        params["start"] = next.clone();
    }
}
