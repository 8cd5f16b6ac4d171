//! `tasks.task.chat.message.send` of REST 3.0: anybody who may read the task writes into its chat.

use serde_json::{Value, json};

use crate::methods::CallV3;
use crate::methods::task_v3::strict::{self, Kind};
use crate::wire::answer_v3::{OutcomeV3, RefusalV3};
use crate::world::rights;

pub(super) fn send(call: &mut CallV3<'_>) -> OutcomeV3 {
    let fields = strict::fields(call)?;
    strict::check(call, &fields, &[], &[("taskId", Kind::Int), ("text", Kind::Text)])?;
    for name in ["taskId", "text"] {
        let value = fields.get(name);
        let blank = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
        if value.is_none_or(|value| value.is_null() || blank(value)) {
            let text = format!("The required field \"{name}\" is not filled");
            return Err(RefusalV3::object_rule(name, &text));
        }
    }
    let task = fields["taskId"]
        .as_u64()
        .and_then(|id| call.world.tasks.get(&id))
        .filter(|task| rights::role(call.world, task, call.caller).can_read())
        .map(|task| task.id)
        .ok_or_else(RefusalV3::access_denied)?;
    let text = fields["text"].as_str().unwrap_or_default().to_owned();
    call.world.say(task, call.caller, text, call.now);
    if let Some(task) = call.world.tasks.get_mut(&task) {
        task.activity = call.now;
    }
    Ok(json!({ "result": true }))
}
