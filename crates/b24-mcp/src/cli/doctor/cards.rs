//! Which card the tasks of a portal have: it decides where comments are read and written.
//!
//! Every task has a chat, so its number says nothing; the kind of the chat does.

use b24_model::{Method, Scope, effect::Read};
use b24_rest::{Call, Deadline, Params, Portal, Reply};
use serde_json::json;

use super::{Finding, portal::PATIENCE};

/// Needs a permission that no tool needs, so it is asked only when it is there.
static DIALOG: Method<Read> = Method::classic("im.dialog.get", IM);
/// The permission to see chats.
pub(super) const IM: Scope = Scope::known("im");
/// How many tasks are looked at: one batch.
const LOOKED_AT: usize = 20;

/// Looks at the chats of the newest tasks.
pub(super) async fn finding(portal: &Portal, tasks: &Reply, sees_chats: bool) -> Finding {
    if !sees_chats {
        let what = "which card tasks have cannot be told without the permission `im`; no tool needs it";
        return Finding::ok("card", what);
    }
    let tasks = tasks.result["tasks"].as_array().map(Vec::as_slice).unwrap_or_default();
    let chats = tasks.iter().filter_map(|task| task["chatId"].as_u64()).filter(|chat| *chat > 0);
    let ask = |chat: u64| {
        let mut params = Params::new();
        params.insert("DIALOG_ID".into(), json!(format!("chat{chat}")));
        Call::new(&DIALOG, params)
    };
    let calls: Vec<Call> = chats.take(LOOKED_AT).map(ask).collect();
    let replies =
        if calls.is_empty() { Vec::new() } else { portal.batch(calls, Deadline::after(PATIENCE)).await };
    // The person may be in none of these chats; those are not counted.
    let kinds = || replies.iter().flatten().filter_map(|reply| reply.result["entity_type"].as_str());
    let (seen, moved) = (kinds().count(), kinds().filter(|kind| *kind == "TASKS_TASK").count());
    Finding::ok("card", told(seen, moved))
}

fn told(seen: usize, moved: usize) -> String {
    match (seen, moved) {
        (0, _) => "no chat of a task is seen, so the card of tasks is not known".to_owned(),
        (_, 0) => "tasks have the old card: their comments are in the forum".to_owned(),
        (all, moved) if all == moved => {
            "tasks have the new card: their comments are messages of a chat".to_owned()
        }
        (all, moved) => format!(
            "{moved} of the newest {all} tasks have the new card (comments in a chat), the others the old"
        ),
    }
}
