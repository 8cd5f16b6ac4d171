//! What a test may look at without HTTP: plain copies of records. Nothing here changes the world.

use jiff::Timestamp;

use super::World;
use super::people::User;
use super::task::Task;

/// A task as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaskFacts {
    /// Its id.
    pub id: u64,
    /// The parent task, if any.
    pub parent: Option<u64>,
    /// Title as written.
    pub title: String,
    /// Description as written, usually BBCode.
    pub description: String,
    /// 2 pending, 3 in progress, 4 awaiting control, 5 completed, 6 deferred.
    pub status: i64,
    /// 0 low, 1 medium, 2 high.
    pub priority: i64,
    /// The creator.
    pub created_by: u64,
    /// The assignee.
    pub responsible: u64,
    /// Co-doers.
    pub accomplices: Vec<u64>,
    /// Observers.
    pub auditors: Vec<u64>,
    /// Tag names.
    pub tags: Vec<String>,
    /// The deadline, if any.
    pub deadline: Option<Timestamp>,
    /// When it was closed.
    pub closed: Option<Timestamp>,
    /// Whether the creator checks the result.
    pub task_control: bool,
    /// Its checklists and their items, by id.
    pub checklist: Vec<ChecklistFacts>,
    /// Its forum comments, by id.
    pub comments: Vec<CommentFacts>,
    /// The messages of its chat, by id; author 0 is the portal itself.
    pub messages: Vec<CommentFacts>,
    /// Whether its comments live in the chat.
    pub new_card: bool,
    /// Its group; 0 for none.
    pub group: u64,
}

/// An item of a checklist.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ChecklistFacts {
    /// Its id.
    pub id: u64,
    /// The item above; 0 for a checklist itself.
    pub parent: u64,
    /// Its text.
    pub title: String,
    /// Whether it is ticked.
    pub complete: bool,
}

/// A comment under a task.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CommentFacts {
    /// Its id.
    pub id: u64,
    /// Who wrote it.
    pub author: u64,
    /// Its text, BBCode.
    pub text: String,
}

/// A person of the portal.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UserFacts {
    /// Their id.
    pub id: u64,
    /// False for dismissed people.
    pub active: bool,
    /// Whether they administer the portal.
    pub admin: bool,
    /// First name.
    pub name: String,
    /// Last name.
    pub last_name: String,
    /// Patronymic, or empty.
    pub second_name: String,
    /// E-mail address.
    pub email: String,
    /// IANA time zone, or empty.
    pub time_zone: String,
    /// Job title.
    pub position: String,
}

pub(crate) fn task(world: &World, task: &Task) -> TaskFacts {
    TaskFacts {
        id: task.id,
        parent: task.parent,
        title: task.title.clone(),
        description: task.description.clone(),
        status: task.status.code(),
        priority: task.priority,
        created_by: task.created_by,
        responsible: task.responsible,
        accomplices: task.accomplices.clone(),
        auditors: task.auditors.clone(),
        tags: task.tags.iter().map(|tag| world.tag_name(*tag).to_owned()).collect(),
        deadline: task.deadline,
        closed: task.closed.map(|(_, moment)| moment),
        task_control: task.flags.task_control,
        checklist: world
            .items_of(task.id)
            .map(|item| ChecklistFacts {
                id: item.id,
                parent: item.parent,
                title: item.title.clone(),
                complete: item.complete,
            })
            .collect(),
        comments: world
            .comments_of(task.id)
            .map(|comment| CommentFacts {
                id: comment.id,
                author: comment.author,
                text: comment.text.clone(),
            })
            .collect(),
        messages: world
            .messages_of(task.id)
            .map(|message| CommentFacts {
                id: message.id,
                author: message.author,
                text: message.text.clone(),
            })
            .collect(),
        new_card: task.card == super::card::Card::New,
        group: task.group,
    }
}

pub(crate) fn user(user: &User) -> UserFacts {
    UserFacts {
        id: user.id,
        active: user.active,
        admin: user.admin,
        name: user.name.clone(),
        last_name: user.last_name.clone(),
        second_name: user.second_name.clone(),
        email: user.email.clone(),
        time_zone: user.time_zone.clone().into_owned(),
        position: user.position.clone(),
    }
}
