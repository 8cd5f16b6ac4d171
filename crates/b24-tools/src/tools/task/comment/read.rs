//! Everything said under a task, from both stores, as one thread.
//!
//! The forum holds comments of the old card, the chat those of the new one; a task older than the move has both. A store
//! that cannot be read is named with the reason: half a thread never looks like a whole one.

use std::collections::BTreeSet;

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{CallError, Reply, methods::comment, wire};
use serde_json::{Map, Value, json};

use super::chat::Heard;
use crate::{
    Refusal,
    record::{
        comment::{FullComment, Source},
        params,
    },
};

/// A thread, oldest first.
pub(in crate::tools::task) struct Thread {
    pub(in crate::tools::task) rows: Vec<FullComment>,
    /// Older messages of the chat were left unread.
    pub(in crate::tools::task) truncated: bool,
    /// Comments that stood in both stores, and are told once.
    pub(in crate::tools::task) twins: usize,
    /// Rows that this server could not read.
    pub(in crate::tools::task) unreadable: usize,
    /// What could not be read, with the reason.
    pub(in crate::tools::task) missing: Vec<String>,
}

/// The call for the forum. Nothing but the id: sort orders and filters make this method fail on live portals.
pub(in crate::tools::task) fn forum_call(task: TaskId) -> (&'static Method<Read>, Map<String, Value>) {
    (&comment::GETLIST, params(json!({ "TASKID": task })))
}

/// Joins what both stores answered. `chat` is `None` for a task without one.
///
/// # Errors
/// When no store could be read at all.
pub(in crate::tools::task) fn join(
    task: TaskId,
    forum: Result<Reply, CallError>,
    chat: Option<Heard>,
) -> Result<Thread, Refusal> {
    let mut thread =
        Thread { rows: Vec::new(), truncated: false, twins: 0, unreadable: 0, missing: Vec::new() };
    let chat_is_silent = chat.as_ref().is_none_or(|chat| chat.trouble.is_some() && chat.rows.is_empty());
    match forum.map_err(Refusal::from).and_then(|reply| forum_rows(task, &reply.result)) {
        Ok((rows, unreadable)) => (thread.rows, thread.unreadable) = (rows, unreadable),
        Err(refusal) if chat_is_silent => return Err(refusal),
        Err(refusal) => thread.missing.push(format!("forum: {}", refusal.told_whole())),
    }
    if let Some(chat) = chat {
        thread.truncated = chat.truncated;
        thread.unreadable += chat.unreadable;
        thread.missing.extend(chat.trouble);
        // The portal may leave a copy behind when it moves a card to the chat. Nothing documented ties the two together,
        // so only the same words by the same person in the same second count as one.
        let before = thread.rows.len();
        let new: BTreeSet<_> = chat.rows.iter().filter_map(FullComment::key).collect();
        thread.rows.retain(|old| old.key().is_none_or(|key| !new.contains(&key)));
        thread.twins = before - thread.rows.len();
        thread.rows.extend(chat.rows);
    }
    thread.rows.sort_by_cached_key(|row| (row.at(), row.comment.id));
    Ok(thread)
}

fn forum_rows(task: TaskId, result: &Value) -> Result<(Vec<FullComment>, usize), Refusal> {
    let rows = wire::rows(result).ok_or_else(|| {
        Refusal::new(crate::Code::PORTAL_GARBLED, "the portal's list of comments cannot be read")
    })?;
    let count = rows.len();
    let read = |row: &Value| FullComment::of_forum(task.get(), row.as_object()?);
    let comments: Vec<FullComment> = rows.into_iter().filter_map(read).collect();
    let unreadable = count - comments.len();
    Ok((comments, unreadable))
}

impl Thread {
    /// How many are in one store.
    pub(in crate::tools::task) fn count(&self, source: Source) -> usize {
        self.rows.iter().filter(|row| row.comment.source == source).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn silent() -> Result<Reply, CallError> {
        Err(CallError::Deadline { method: "task.commentitem.getlist" })
    }

    fn heard(rows: Value) -> Heard {
        let read = |row: &Value| FullComment::of_chat(7, row.as_object()?, &Default::default());
        let rows = rows.as_array().expect("rows").iter().filter_map(read).collect();
        Heard { rows, truncated: false, trouble: None, unreadable: 0 }
    }

    #[test]
    fn a_thread_needs_one_store_and_names_the_other() {
        let task = TaskId::new(7).expect("an id");
        assert!(join(task, silent(), None).is_err());
        let deaf = Heard { trouble: Some("chat: no".into()), ..heard(json!([])) };
        assert!(join(task, silent(), Some(deaf)).is_err());
        let chat =
            heard(json!([{ "id": 1, "author_id": 5, "date": "2026-10-16T09:30:00+03:00", "text": "x" }]));
        let thread = join(task, silent(), Some(chat)).map(|thread| (thread.rows.len(), thread.missing.len()));
        assert_eq!(thread.ok(), Some((1, 1)));
    }

    #[test]
    fn a_thread_is_in_the_order_of_time_whatever_the_store() {
        let task = TaskId::new(7).expect("an id");
        let forum = json!({
            "3": { "ID": "9", "AUTHOR_ID": "5", "POST_DATE": "2026-10-16T09:31:00+03:00", "POST_MESSAGE": "second" },
            "8": { "ID": "x" },
        });
        let forum = Ok(Reply { result: forum, total: None, next: None, time: None });
        let chat = heard(json!([
            { "id": 4, "author_id": 5, "date": "2026-10-16T09:32:00+03:00", "text": "third" },
            { "id": 2, "author_id": 5, "date": "2026-10-16T06:30:00+00:00", "text": "first" },
        ]));
        let Ok(thread) = join(task, forum, Some(chat)) else { panic!("a thread") };
        let texts: Vec<&str> = thread.rows.iter().map(|row| row.comment.text.as_str()).collect();
        assert_eq!((texts, thread.unreadable), (vec!["first", "second", "third"], 1));
    }
}
