//! A portal with a clock that stands still, and webhooks of the people a test is about.

use std::time::Duration;

use b24_sim::{Clock, GrantedWebhook, Limits, Portal, Running, Settings, WebhookSpec};
use jiff::Timestamp;
use serde_json::{Value, json};

use crate::http::{Reply, send};

pub(crate) struct House {
    pub(crate) portal: Running,
    hook: GrantedWebhook,
}

/// Noon in the portal's zone.
pub(crate) fn noon() -> Timestamp {
    "2026-05-14T09:00:00Z".parse().expect("a moment")
}

pub(crate) fn settings() -> Settings {
    Settings { clock: Clock::told(noon()), limits: Limits::off(), ..Settings::default() }
}

impl House {
    pub(crate) async fn new() -> Self {
        Self::with(settings()).await
    }

    pub(crate) async fn with(settings: Settings) -> Self {
        let portal = Portal::start(settings).await.expect("the portal starts");
        let hook = portal.webhook();
        Self { portal, hook }
    }

    /// The same portal through another person's webhook.
    pub(crate) fn person(&self, user: u64) -> Visitor<'_> {
        self.visitor(WebhookSpec::of(user))
    }

    pub(crate) fn visitor(&self, spec: WebhookSpec) -> Visitor<'_> {
        Visitor { house: self, hook: self.portal.add_webhook(spec).expect("the person exists") }
    }

    fn admin(&self) -> Visitor<'_> {
        Visitor { house: self, hook: self.hook.clone() }
    }

    pub(crate) async fn call(&self, method: &str, params: Value) -> Reply {
        self.admin().call(method, params).await
    }

    /// The `result` of a call that works.
    pub(crate) async fn result(&self, method: &str, params: Value) -> Value {
        self.admin().result(method, params).await
    }

    pub(crate) async fn v3(&self, method: &str, params: Value) -> Reply {
        self.v3_through(&self.hook, method, params).await
    }

    /// A classic call through another webhook.
    pub(crate) async fn through(&self, hook: &GrantedWebhook, method: &str, params: Value) -> Reply {
        let visitor = Visitor { house: self, hook: hook.clone() };
        visitor.call(method, params).await
    }

    /// A REST 3.0 call through another webhook.
    pub(crate) async fn v3_through(&self, hook: &GrantedWebhook, method: &str, params: Value) -> Reply {
        let path = path_of(hook, method).replacen("/rest/", "/rest/api/", 1);
        self.raw("POST", &path, "application/json", &params.to_string()).await.expect("an answer")
    }

    pub(crate) fn hook_path(&self, method: &str) -> String {
        path_of(&self.hook, method)
    }

    pub(crate) async fn raw(&self, verb: &str, path: &str, kind: &str, body: &str) -> Option<Reply> {
        send(self.portal.address(), verb, path, kind, body).await
    }

    /// Adds a task with `fields` over the least there can be; returns its id.
    pub(crate) async fn task(&self, fields: Value) -> u64 {
        let mut all = json!({ "TITLE": "Проверить отчёт", "RESPONSIBLE_ID": 1 });
        for (name, value) in fields.as_object().expect("fields") {
            all[name] = value.clone();
        }
        let result = self.result("tasks.task.add", json!({ "fields": all })).await;
        result["task"]["id"].as_str().and_then(|id| id.parse().ok()).expect("an id")
    }

    pub(crate) fn wait(&self, time: Duration) {
        self.portal.clock().advance(time);
    }
}

/// Somebody with their own webhook.
pub(crate) struct Visitor<'a> {
    house: &'a House,
    hook: GrantedWebhook,
}

impl Visitor<'_> {
    pub(crate) async fn v3(&self, method: &str, params: Value) -> Reply {
        self.house.v3_through(&self.hook, method, params).await
    }

    pub(crate) async fn call(&self, method: &str, params: Value) -> Reply {
        let path = path_of(&self.hook, method);
        self.house.raw("POST", &path, "application/json", &params.to_string()).await.expect("an answer")
    }

    pub(crate) async fn result(&self, method: &str, params: Value) -> Value {
        let reply = self.call(method, params).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
        reply.json()["result"].clone()
    }
}

fn path_of(hook: &GrantedWebhook, method: &str) -> String {
    let url = hook.expose_webhook_url();
    let path = url.splitn(4, '/').nth(3).expect("a path");
    format!("/{path}{method}")
}

/// Status, code and description of a classic refusal in one line.
pub(crate) fn refusal(reply: &Reply) -> String {
    let body = reply.json();
    let code = body["error"].as_str().unwrap_or("no code");
    format!("{} {code}: {}", reply.status, body["error_description"].as_str().unwrap_or("no words"))
}

/// Status, code and message, with the rows of `validation` below.
pub(crate) fn v3_refusal(reply: &Reply) -> String {
    let error = reply.json()["error"].clone();
    let text = |value: &Value| value.as_str().unwrap_or("none").to_owned();
    let mut lines = vec![format!("{} {}: {}", reply.status, text(&error["code"]), text(&error["message"]))];
    for row in error["validation"].as_array().into_iter().flatten() {
        lines.push(format!("  {}: {}", text(&row["field"]), text(&row["message"])));
    }
    lines.join("\n")
}
