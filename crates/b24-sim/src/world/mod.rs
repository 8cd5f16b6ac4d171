//! What exists in the portal: people, departments, groups, tasks and all that hangs on them. Knows nothing of HTTP
//! or of how a method spells its answer.

pub(crate) mod card;
pub(crate) mod chat;
pub(crate) mod checklist;
pub(crate) mod clock;
pub(crate) mod comment;
pub(crate) mod disk;
pub(crate) mod elapsed;
pub(crate) mod facts;
pub(crate) mod field;
pub(crate) mod flow;
pub(crate) mod group;
pub(crate) mod history;
pub(crate) mod link;
pub(crate) mod moment;
mod names;
pub(crate) mod people;
mod phrases;
pub(crate) mod random;
pub(crate) mod result;
pub(crate) mod rights;
pub(crate) mod seed;
pub(crate) mod stage;
pub(crate) mod task;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use card::Cards;
use chat::Message;
use checklist::ChecklistItem;
use comment::Comment;
use disk::{Attached, Object, Storage};
use elapsed::Elapsed;
use field::UserField;
use flow::Flow;
use group::Group;
use history::Change;
use link::Link;
use people::{Department, User};
use result::TaskResult;
use stage::Stage;
use task::Task;

/// Everything the portal remembers. Maps are ordered by id, so lists come out stable.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct World {
    pub(crate) users: BTreeMap<u64, User>,
    pub(crate) departments: BTreeMap<u64, Department>,
    pub(crate) groups: BTreeMap<u64, Group>,
    pub(crate) stages: BTreeMap<u64, Stage>,
    pub(crate) flows: BTreeMap<u64, Flow>,
    pub(crate) fields: BTreeMap<u64, UserField>,
    pub(crate) tasks: BTreeMap<u64, Task>,
    pub(crate) checklist: BTreeMap<u64, ChecklistItem>,
    pub(crate) comments: BTreeMap<u64, Comment>,
    pub(crate) messages: BTreeMap<u64, Message>,
    pub(crate) results: BTreeMap<u64, TaskResult>,
    pub(crate) elapsed: BTreeMap<u64, Elapsed>,
    pub(crate) links: Vec<Link>,
    pub(crate) history: Vec<Change>,
    pub(crate) storages: BTreeMap<u64, Storage>,
    pub(crate) objects: BTreeMap<u64, Object>,
    pub(crate) attached: BTreeMap<u64, Attached>,
    /// Tag names; the id of a tag is its position plus one.
    pub(crate) tags: Vec<String>,
    /// Which card an added task gets.
    pub(crate) cards: Cards,
    /// Where the portal listens, for addresses inside answers; known only once it does.
    #[serde(skip)]
    pub(crate) origin: String,
    /// What download addresses are made of; a fresh one for each run.
    #[serde(skip)]
    pub(crate) key: disk::Key,
    last: Ids,
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Ids {
    task: u64,
    item: u64,
    comment: u64,
    message: u64,
    result: u64,
    elapsed: u64,
    change: u64,
    stage: u64,
    flow: u64,
    field: u64,
    group: u64,
    object: u64,
}

/// The next id of one kind.
macro_rules! next {
    ($($name:ident = $kind:ident),* $(,)?) => {
        $(
            pub(crate) fn $name(&mut self) -> u64 {
                self.last.$kind += 1;
                self.last.$kind
            }
        )*
    };
}

impl World {
    next! {
        next_task = task,
        next_item = item,
        next_comment = comment,
        next_result = result,
        next_elapsed = elapsed,
        next_flow = flow,
        next_field = field,
        next_group = group,
    }

    /// The id of a tag, which is created when it is new.
    pub(crate) fn tag(&mut self, name: &str) -> u64 {
        let at = self.tags.iter().position(|known| known == name).unwrap_or_else(|| {
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

    /// The seconds spent on a task so far.
    pub(crate) fn spent(&self, task: u64) -> i64 {
        let of = self.elapsed.values().filter(|entry| entry.task == task);
        of.map(|entry| entry.seconds).sum()
    }

    /// Removes a task with all that hangs on it; its subtasks become root tasks.
    pub(crate) fn remove_task(&mut self, id: u64) {
        self.tasks.remove(&id);
        self.checklist.retain(|_, item| item.task != id);
        self.comments.retain(|_, comment| comment.task != id);
        self.messages.retain(|_, message| message.task != id);
        self.results.retain(|_, result| result.task != id);
        self.elapsed.retain(|_, entry| entry.task != id);
        self.attached.retain(|_, attached| attached.task != id);
        self.links.retain(|link| link.from != id && link.to != id);
        self.history.retain(|change| change.task != id);
        for task in self.tasks.values_mut().filter(|task| task.parent == Some(id)) {
            task.parent = None;
        }
    }
}
