//! `im.dialog.messages.get`: a window of messages, newest first. There is no `start` and no `total`: the ids of the
//! messages one has say where to go on.

use serde_json::{Value, json};

use super::{Dialog, dialog, no_access, person};
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::chat::Message;
use crate::world::moment;
use crate::world::random::uuid;

/// How many messages come unless `LIMIT` says otherwise, and the most that ever come.
const USUAL: usize = 20;
const MOST: usize = 50;

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let task = match dialog(call)? {
        Dialog::Of(task) => task,
        Dialog::Closed => return Err(no_access()),
    };
    let first = edge(call, "FIRST_ID", "First ID can't be string")?;
    let last = edge(call, "LAST_ID", "Last ID can't be string")?;
    let limit = call.params.int("LIMIT").and_then(|limit| usize::try_from(limit).ok());
    let limit = limit.filter(|limit| *limit > 0).unwrap_or(USUAL).min(MOST);
    let all = call.world.messages_of(task.id);
    let mut found: Vec<&Message> = match (first, last) {
        // Those that follow the named one directly, not the newest of all.
        (Some(first), _) => all.filter(|message| message.id > first).take(limit).collect(),
        (None, last) => {
            all.rev().filter(|message| last.is_none_or(|last| message.id < last)).take(limit).collect()
        }
    };
    found.sort_by_key(|message| std::cmp::Reverse(message.id));
    let mut people: Vec<u64> = found.iter().map(|message| message.author).collect();
    people.sort_unstable();
    people.dedup();
    let users: Vec<Value> =
        people.iter().filter_map(|id| call.world.users.get(id)).map(|user| person::row(call, user)).collect();
    let chat = task.chat();
    let rows: Vec<Value> = found.iter().map(|message| row(call, chat, message)).collect();
    Ok(json!({ "chat_id": chat, "messages": rows, "users": users, "files": [] }).into())
}

fn edge(call: &Call<'_>, name: &'static str, words: &str) -> Result<Option<u64>, Refusal> {
    let code = match name {
        "FIRST_ID" => "FIRST_ID_STRING",
        _ => "LAST_ID_STRING",
    };
    match call.params.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => match lenient::int(value) {
            Some(id) => Ok(Some(u64::try_from(id).unwrap_or(0))),
            None => Err(Refusal::new(400, code, words)),
        },
    }
}

fn row(call: &Call<'_>, chat: u64, message: &Message) -> Value {
    let mut params = serde_json::Map::new();
    if message.deleted {
        params.insert("IS_DELETED".to_owned(), json!("Y"));
    }
    if message.edited {
        params.insert("IS_EDITED".to_owned(), json!("Y"));
    }
    if message.author == 0 {
        params.insert("NOTIFY".to_owned(), json!("N"));
    }
    json!({
        "id": message.id,
        "chat_id": chat,
        "author_id": message.author,
        "date": moment::iso(message.posted, call.zone),
        "text": message.text,
        "unread": false,
        // The portal's own lines have none.
        "uuid": (message.author != 0).then(|| uuid(message.id ^ 0xC4A7)),
        "replaces": [],
        "params": params,
        "disappearing_date": null,
    })
}
