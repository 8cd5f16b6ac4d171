//! What is configured, with every secret as `<REDACTED>` and what is known of its strength.

use serde_json::{Value, json};

use crate::{
    config::{Settings, TABLE},
    redact::GONE,
};

/// Describes the settings that run.
pub(super) fn describe(settings: &Settings) -> Value {
    let said: Vec<Value> = settings
        .origins
        .iter()
        .map(|origin| {
            let entry = origin.key.entry();
            let value = if entry.secret { json!(GONE) } else { Value::Null };
            json!({ "name": entry.name, "from": origin.source.to_string(), "value": value })
        })
        .collect();
    json!({
        "file": settings.file.as_ref().map(|path| path.display().to_string()),
        "said": said,
        "unsaid": unsaid(settings),
        "webhook": settings.webhook.as_ref().map(|webhook| {
            json!({ "portal": webhook.host().to_string(), "person": webhook.user().to_string(), "secret": GONE })
        }),
        "bearers": { "strong": settings.bearers.strong(), "ignored": settings.bearers.weak },
        "listen": settings.listen.to_string(),
        "public_url": settings.public_url.as_ref().map(crate::config::PublicUrl::endpoint),
        "certificates": settings.ca_pem.is_some(),
        "log": settings.log,
        "view": settings.view.to_string(),
        "read_only": settings.policy.read_only,
        "toolsets": settings.policy.toolsets,
        "tools": settings.policy.tools,
        "exclude_tools": settings.policy.exclude,
        "confirm": format!("{:?}", settings.policy.confirm),
        "deadline_s": settings.deadline.as_secs(),
        "body_limit": settings.body_limit,
        "remarks": settings.remarks,
    })
}

fn unsaid(settings: &Settings) -> Vec<&'static str> {
    let is_said = |name: &str| settings.origins.iter().any(|origin| origin.key.entry().name == name);
    TABLE.iter().map(|entry| entry.name).filter(|name| !is_said(name)).collect()
}
