//! Chats of tasks. Their members are the people of the task; messages by nobody (author 0) are the portal's own.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::World;
use super::card::Card;
use super::task::Task;

/// The first chat of a task has the number after this one.
const BEFORE_TASKS: u64 = 2000;

/// A message in a chat.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Message {
    pub(crate) id: u64,
    pub(crate) task: u64,
    /// 0 for the portal itself.
    pub(crate) author: u64,
    pub(crate) posted: Timestamp,
    pub(crate) text: String,
    pub(crate) edited: bool,
    /// A deleted message stays in its place, without words.
    pub(crate) deleted: bool,
}

impl Task {
    /// The chat of the task.
    pub(crate) fn chat(&self) -> u64 {
        BEFORE_TASKS + self.id
    }

    /// The `entity_type` of the chat: the card with forum comments has a chat too, of another type.
    pub(crate) fn chat_type(&self) -> &'static str {
        match self.card {
            Card::Old => "TASKS",
            Card::New => "TASKS_TASK",
        }
    }

    /// Whether `user` is in the chat of the task: its people are, an administrator as such is not.
    pub(crate) fn takes_part(&self, user: u64) -> bool {
        self.members().contains(&user)
    }

    /// The people of the task: creator, assignee, co-doers, observers.
    pub(crate) fn members(&self) -> Vec<u64> {
        let mut members = vec![self.created_by, self.responsible];
        members.extend(self.accomplices.iter().chain(&self.auditors));
        let mut seen = Vec::new();
        members.retain(|user| {
            let fresh = !seen.contains(user);
            seen.push(*user);
            fresh
        });
        members
    }
}

impl World {
    /// The task whose chat has this number.
    pub(crate) fn task_of_chat(&self, chat: u64) -> Option<&Task> {
        self.tasks.get(&chat.checked_sub(BEFORE_TASKS)?)
    }

    /// Messages of the chat of a task, oldest first.
    pub(crate) fn messages_of(&self, task: u64) -> impl DoubleEndedIterator<Item = &Message> {
        self.messages.values().filter(move |message| message.task == task)
    }

    /// Posts a message to the chat of a task and returns its id.
    pub(crate) fn say(&mut self, task: u64, author: u64, text: String, at: Timestamp) -> u64 {
        self.last.message += 1;
        let id = self.last.message;
        let message = Message { id, task, author, posted: at, text, edited: false, deleted: false };
        self.messages.insert(id, message);
        id
    }

    /// Moves a task to the card with the chat; `copied` puts a copy of its comments there. False when there is none.
    pub(crate) fn give_new_card(&mut self, task: u64, copied: bool) -> bool {
        let Some(found) = self.tasks.get_mut(&task) else {
            return false;
        };
        found.card = Card::New;
        let comments: Vec<_> = self.comments_of(task).filter(|_| copied).cloned().collect();
        for comment in comments {
            self.say(task, comment.author, comment.text, comment.posted);
        }
        true
    }

    /// A line of the portal itself, about what `by` did.
    pub(crate) fn announce(&mut self, task: u64, by: u64, did: &str, at: Timestamp) {
        let name = self.users.get(&by).map(super::people::User::full_name).unwrap_or_default();
        self.say(task, 0, format!("[USER={by}]{name}[/USER] {did}"), at);
    }
}
