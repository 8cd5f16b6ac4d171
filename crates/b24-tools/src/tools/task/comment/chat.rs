//! The chat of a task, read backwards a page at a time.
//!
//! It says which page comes next and takes what was answered; who sends the call is up to the caller, so that a page can
//! ride in a batch.

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{CallError, Reply, methods::chat, wire};
use serde_json::{Map, Value, json};

use crate::{
    Refusal,
    record::{
        comment::{Beside, FullComment},
        params,
    },
};

/// The largest page there is; more may come all the same.
pub(in crate::tools::task) const PAGE: usize = 50;
/// How many pages are read at most.
const MOST_PAGES: u32 = 20;

/// What is known of a chat so far.
pub(in crate::tools::task) struct Chat {
    task: TaskId,
    id: u64,
    beside: Beside,
    rows: Vec<Map<String, Value>>,
    /// The smallest id that came: the next page is older.
    oldest: Option<u64>,
    pages: u32,
    ended: bool,
    trouble: Option<CallError>,
    unreadable: usize,
}

/// A chat that was read as far as was wanted.
pub(in crate::tools::task) struct Heard {
    pub(in crate::tools::task) rows: Vec<FullComment>,
    /// The page budget ran out before the chat did.
    pub(in crate::tools::task) truncated: bool,
    /// Why it, or its older part, could not be read.
    pub(in crate::tools::task) trouble: Option<String>,
    /// Rows that are no messages as this server knows them.
    pub(in crate::tools::task) unreadable: usize,
}

impl Chat {
    pub(in crate::tools::task) fn new(task: TaskId, id: u64) -> Self {
        Self {
            task,
            id,
            beside: Beside::default(),
            rows: Vec::new(),
            oldest: None,
            pages: 0,
            ended: false,
            trouble: None,
            unreadable: 0,
        }
    }

    /// The call for the next page; `None` when there is none to be read.
    pub(in crate::tools::task) fn next(&self) -> Option<(&'static Method<Read>, Map<String, Value>)> {
        if self.ended || self.pages >= MOST_PAGES {
            return None;
        }
        let mut asked = params(json!({ "DIALOG_ID": format!("chat{}", self.id), "LIMIT": PAGE }));
        if let Some(oldest) = self.oldest {
            asked.insert("LAST_ID".into(), oldest.into());
        }
        Some((&chat::MESSAGES, asked))
    }

    /// Takes the answer for a page. A short page is no end: only an empty one is, or one without anything older.
    pub(in crate::tools::task) fn take(&mut self, reply: Result<Reply, CallError>) {
        self.pages += 1;
        let page = match reply {
            Ok(reply) => reply.result,
            Err(error) => {
                (self.ended, self.trouble) = (true, Some(error));
                return;
            }
        };
        self.beside.learn(&page);
        let Some(messages) = page.get("messages").and_then(wire::rows) else {
            (self.ended, self.unreadable) = (true, self.unreadable + 1);
            return;
        };
        let mut smallest = None;
        for message in messages {
            let Some((row, id)) = message.as_object().and_then(|row| Some((row, wire::id(row.get("id")?)?)))
            else {
                self.unreadable += 1;
                continue;
            };
            smallest = Some(smallest.map_or(id, |least: u64| least.min(id)));
            // More than was asked for may come, and so may what came before.
            if self.oldest.is_none_or(|oldest| id < oldest) {
                self.rows.push(row.clone());
            }
        }
        match (smallest, self.oldest) {
            (Some(least), oldest) if oldest.is_none_or(|oldest| least < oldest) => self.oldest = Some(least),
            _ => self.ended = true,
        }
    }

    /// Whether the last page may have been the end: whatever the limit was, fewer came than the portal sends by itself.
    pub(in crate::tools::task) fn looks_ended(&self) -> bool {
        self.ended || self.rows.len() < 20
    }

    /// How many messages of people there are so far.
    pub(in crate::tools::task) fn spoken(&self, by: impl Fn(Option<u64>) -> bool) -> usize {
        let author = |row: &&Map<String, Value>| by(row.get("author_id").and_then(wire::id));
        self.rows.iter().filter(|row| !is_deleted(row)).filter(author).count()
    }

    /// What was read.
    pub(in crate::tools::task) fn heard(self) -> Heard {
        let task = self.task.get();
        let left = self.rows.iter().filter(|row| !is_deleted(row));
        let rows = left.filter_map(|row| FullComment::of_chat(task, row, &self.beside)).collect();
        let garbled = (self.unreadable > 0 && self.rows.is_empty() && self.trouble.is_none())
            .then(|| "chat: the portal's answer cannot be read".to_owned());
        Heard {
            rows,
            truncated: !self.ended && self.pages >= MOST_PAGES,
            trouble: self.trouble.map(|error| why(error, self.oldest.is_some())).or(garbled),
            unreadable: self.unreadable,
        }
    }
}

/// A message that was deleted stays in its place, without words.
fn is_deleted(row: &Map<String, Value>) -> bool {
    row.get("params").and_then(|params| params.get("IS_DELETED")).and_then(wire::yes) == Some(true)
}

/// Why a chat cannot be read, and what to do about it.
fn why(error: CallError, halfway: bool) -> String {
    if halfway {
        return format!("chat: older messages could not be read: {}", Refusal::from(error));
    }
    match &error {
        CallError::ScopeMissing { .. } => {
            "chat: the portal's credential has no `im` scope, so comments in the task's chat are not told; ask the admin \
             to tick `im` in the webhook's permissions"
                .into()
        }
        CallError::Refused(refusal) if refusal.code.as_str() == "ACCESS_ERROR" => {
            "chat: the acting person takes no part in the task's chat, so comments there are not told; add the person \
             to the task, for example as an observer"
                .into()
        }
        _ => format!("chat: {}", Refusal::from(error).told_whole()),
    }
}
