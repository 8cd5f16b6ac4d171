//! `im.message.add`, `.update`, `.delete`. The author changes their words; the owner of the chat may remove those of
//! others too.

use serde_json::{Value, json};

use super::{Dialog, dialog};
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::chat::Message;

pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    let task = match dialog(call)? {
        Dialog::Of(task) => task.id,
        Dialog::Closed => return Err(Refusal::new(400, "ACCESS_ERROR", "Action unavailable")),
    };
    let text = call.params.text("MESSAGE").unwrap_or_default();
    let attached = call.params.get("ATTACH").is_some_and(|attach| !lenient::is_empty(attach));
    if text.trim().is_empty() && !attached {
        return Err(Refusal::new(400, "MESSAGE_EMPTY", "Message can't be empty"));
    }
    if let Some(reply) = call.params.int("REPLY_ID").and_then(|id| u64::try_from(id).ok()) {
        let target = call.world.messages.get(&reply);
        if target.is_some_and(|message| message.task != task) {
            return Err(Refusal::new(
                400,
                "REPLY_FROM_OTHER_CHAT_ERROR",
                "You can only reply to a message within the same chat",
            ));
        }
    }
    let author = if call.params.yes("SYSTEM") { 0 } else { call.caller };
    let id = call.world.say(task, author, text, call.now);
    if let Some(task) = call.world.tasks.get_mut(&task) {
        task.activity = call.now;
    }
    Ok(json!(id).into())
}

/// Without `MESSAGE` the words stay; with an empty one the message is deleted.
pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    let id = own(call, false)?;
    let text = match call.params.get("MESSAGE") {
        None | Some(Value::Null) => return Ok(json!(true).into()),
        Some(value) => lenient::text(value).unwrap_or_default(),
    };
    let edited = call.params.text("IS_EDITED").is_none_or(|flag| !flag.eq_ignore_ascii_case("N"));
    if let Some(message) = call.world.messages.get_mut(&id) {
        message.deleted = text.trim().is_empty();
        message.edited = edited && !message.deleted;
        message.text = text;
    }
    Ok(json!(true).into())
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let id = own(call, true)?;
    if let Some(message) = call.world.messages.get_mut(&id) {
        message.text.clear();
        message.deleted = true;
    }
    Ok(json!(true).into())
}

/// The named message, if the caller may change it.
fn own(call: &Call<'_>, owner_too: bool) -> Result<u64, Refusal> {
    let Some(id) = call.params.get("MESSAGE_ID").and_then(lenient::id) else {
        return Err(Refusal::new(400, "MESSAGE_ID_ERROR", "Message ID can't be empty"));
    };
    let changeable = |message: &&Message| {
        let task = call.world.tasks.get(&message.task);
        let owner = owner_too && task.is_some_and(|task| task.created_by == call.caller);
        let inside = task.is_some_and(|task| task.takes_part(call.caller));
        inside && !message.deleted && (message.author == call.caller || owner)
    };
    match call.world.messages.get(&id).filter(changeable) {
        Some(message) => Ok(message.id),
        None => Err(Refusal::new(
            403,
            "CANT_EDIT_MESSAGE",
            "Time has expired for modification or you don't have access",
        )),
    }
}
