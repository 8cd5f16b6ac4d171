//! `im.*` as far as the chats of tasks need it, and `tasks.task.chat.message.send` of REST 3.0. Parameters are
//! UPPERCASE, answers snake_case with real numbers. Only those who are in a chat may read it.

mod describe;
mod message;
mod messages;
mod person;
mod send;

use super::{Call, Method, MethodV3};
use crate::wire::answer_v2::Refusal;
use crate::world::task::Task;

const SCOPES: &[&str] = &["im"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "im.chat.get", scopes: SCOPES, run: describe::chat },
    Method { name: "im.chat.user.list", scopes: SCOPES, run: describe::members },
    Method { name: "im.dialog.get", scopes: SCOPES, run: describe::dialog },
    Method { name: "im.dialog.messages.get", scopes: SCOPES, run: messages::get },
    Method { name: "im.message.add", scopes: SCOPES, run: message::add },
    Method { name: "im.message.update", scopes: SCOPES, run: message::update },
    Method { name: "im.message.delete", scopes: SCOPES, run: message::delete },
];

pub(super) const METHODS_V3: &[MethodV3] =
    &[MethodV3 { name: "tasks.task.chat.message.send", scopes: &["tasks"], writes: true, run: send::send }];

/// What `DIALOG_ID` names.
enum Dialog<'a> {
    /// The chat of a task where the caller takes part.
    Of(&'a Task),
    /// A chat there is not, or not for the caller.
    Closed,
}

/// Reads `DIALOG_ID`: `chat12`, `sg3` or the id of a person. Only chats of tasks exist in the box.
fn dialog<'a>(call: &'a Call<'_>) -> Result<Dialog<'a>, Refusal> {
    let empty = || Refusal::new(400, "DIALOG_ID_EMPTY", "Dialog ID can't be empty");
    let text = call.params.text("DIALOG_ID").unwrap_or_default();
    let number = text.strip_prefix("chat").or_else(|| text.strip_prefix("sg")).unwrap_or(&text);
    let number: u64 = number.parse().map_err(|_| empty())?;
    let task = text.starts_with("chat").then(|| call.world.task_of_chat(number)).flatten();
    Ok(match task.filter(|task| task.takes_part(call.caller)) {
        Some(task) => Dialog::Of(task),
        None => Dialog::Closed,
    })
}

fn no_access() -> Refusal {
    Refusal::new(403, "ACCESS_ERROR", "You do not have access to the specified dialog")
}
