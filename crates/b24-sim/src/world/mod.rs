//! What exists in the portal: people, departments, tasks, checklists, comments. Knows nothing of HTTP or of
//! how a method spells its answer.

pub(crate) mod checklist;
pub(crate) mod clock;
pub(crate) mod comment;
pub(crate) mod facts;
pub(crate) mod moment;
mod names;
pub(crate) mod people;
mod phrases;
mod random;
pub(crate) mod rights;
pub(crate) mod seed;
pub(crate) mod task;

use std::collections::BTreeMap;

use checklist::ChecklistItem;
use comment::Comment;
use people::{Department, User};
use task::Task;

/// Everything the portal remembers. Maps are ordered by id, so lists come out stable.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) users: BTreeMap<u64, User>,
    pub(crate) departments: BTreeMap<u64, Department>,
    pub(crate) tasks: BTreeMap<u64, Task>,
    pub(crate) checklist: BTreeMap<u64, ChecklistItem>,
    pub(crate) comments: BTreeMap<u64, Comment>,
    /// Tag names; the id of a tag is its position plus one.
    pub(crate) tags: Vec<String>,
    last: Ids,
}

#[derive(Debug, Default)]
struct Ids {
    task: u64,
    item: u64,
    comment: u64,
}

impl World {
    pub(crate) fn next_task(&mut self) -> u64 {
        self.last.task += 1;
        self.last.task
    }

    pub(crate) fn next_item(&mut self) -> u64 {
        self.last.item += 1;
        self.last.item
    }

    pub(crate) fn next_comment(&mut self) -> u64 {
        self.last.comment += 1;
        self.last.comment
    }

    /// The id of a tag, which is created when it is new.
    pub(crate) fn tag(&mut self, name: &str) -> u64 {
        let at = self
            .tags
            .iter()
            .position(|known| known == name)
            .unwrap_or_else(|| {
                self.tags.push(name.to_owned());
                self.tags.len() - 1
            });
        at as u64 + 1
    }

    pub(crate) fn tag_name(&self, id: u64) -> &str {
        let at = usize::try_from(id).unwrap_or(0);
        self.tags.get(at.wrapping_sub(1)).map_or("", String::as_str)
    }

    /// Checklist items of a task, by id.
    pub(crate) fn items_of(&self, task: u64) -> impl Iterator<Item = &ChecklistItem> {
        self.checklist.values().filter(move |item| item.task == task)
    }

    /// Comments of a task, by id.
    pub(crate) fn comments_of(&self, task: u64) -> impl Iterator<Item = &Comment> {
        self.comments.values().filter(move |comment| comment.task == task)
    }

    /// Removes a task with all that hangs on it; its subtasks become root tasks.
    pub(crate) fn remove_task(&mut self, id: u64) {
        self.tasks.remove(&id);
        self.checklist.retain(|_, item| item.task != id);
        self.comments.retain(|_, comment| comment.task != id);
        for task in self.tasks.values_mut().filter(|task| task.parent == Some(id)) {
            task.parent = None;
        }
    }
}
