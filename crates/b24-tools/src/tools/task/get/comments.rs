//! The newest comments of a task, from the forum and from its chat.

use b24_model::TaskId;
use b24_rest::{CallError, Reply, wire};
use serde_json::{Map, Value};

use crate::{
    record::comment::Comment,
    tools::task::comment::{self, Chat},
};

/// How many are told.
const MOST: usize = 30;

/// The chat of the task, if it has one.
pub(super) fn chat(id: TaskId, row: &Map<String, Value>) -> Option<Chat> {
    row.get("chatId").and_then(wire::id).map(|chat| Chat::new(id, chat))
}

/// Joins both stores. `None` when neither could be read.
pub(super) fn read(
    id: TaskId,
    forum: Result<Reply, CallError>,
    chat: Option<Chat>,
    missing: &mut Vec<String>,
) -> Option<Vec<Comment>> {
    let whole = chat.as_ref().is_none_or(Chat::looks_ended);
    let thread = match comment::join(id, forum, chat.map(Chat::heard)) {
        Ok(thread) => thread,
        Err(refusal) => {
            missing.push(format!("comments: {}", refusal.told_whole()));
            return None;
        }
    };
    missing.extend(thread.missing.into_iter().map(|what| format!("comments: {what}")));
    let spoken = thread.rows.into_iter().filter(|row| !row.is_system);
    let mut comments: Vec<Comment> = spoken.map(|row| row.comment).collect();
    let older = comments.len().saturating_sub(MOST);
    comments.drain(..older);
    if older > 0 || !whole {
        missing.push(format!(
            "comments: only the newest {} are shown; `b24_task_comment_list` has the others",
            comments.len()
        ));
    }
    Some(comments)
}
