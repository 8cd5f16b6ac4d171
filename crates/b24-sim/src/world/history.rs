//! What was changed in a task, by whom and when. A change is found by comparing the task before and after it.

use std::borrow::Cow;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::World;
use super::card::Card;
use super::task::{Status, Task};

/// One line of a task's history.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Change {
    pub(crate) id: u64,
    pub(crate) task: u64,
    pub(crate) at: Timestamp,
    pub(crate) by: u64,
    /// The documented name, such as `RESPONSIBLE_ID`.
    pub(crate) field: Cow<'static, str>,
    pub(crate) from: Option<String>,
    pub(crate) to: Option<String>,
}

impl World {
    /// Writes a line into the history of a task.
    pub(crate) fn note(
        &mut self,
        task: u64,
        by: u64,
        at: Timestamp,
        field: &'static str,
        (from, to): (Option<String>, Option<String>),
    ) {
        self.last.change += 1;
        self.history.push(Change {
            id: self.last.change,
            task,
            at,
            by,
            field: Cow::Borrowed(field),
            from,
            to,
        });
    }

    /// Adds a task under a new id, with the first line of its history.
    pub(crate) fn add_task(&mut self, mut task: Task, by: u64, at: Timestamp) -> u64 {
        let id = self.next_task();
        task.id = id;
        task.card = self.cards.of_added();
        let chats = task.card == Card::New;
        self.tasks.insert(id, task);
        self.note(id, by, at, "NEW", (None, None));
        if chats {
            self.announce(id, by, "created the task", at);
        }
        id
    }

    /// Puts a changed task back: what differs goes into the history, and what follows from it happens.
    pub(crate) fn put_task(&mut self, task: Task, by: u64, at: Timestamp) {
        let Some(before) = self.tasks.get(&task.id).cloned() else {
            return;
        };
        for ((field, from), (_, to)) in self.told(&before).into_iter().zip(self.told(&task)) {
            if from != to {
                self.note(task.id, by, at, field, (from, to));
            }
        }
        let id = task.id;
        let moved = before.status != task.status;
        if task.card == Card::New && moved {
            self.announce(id, by, status_words(task.status), at);
        }
        if task.card == Card::New && before.responsible != task.responsible {
            self.announce(id, by, "changed the assignee", at);
        }
        let reopened = moved && task.status == Status::Pending;
        let (parent, done) = (task.parent, moved && task.status == Status::Completed);
        self.tasks.insert(id, task);
        if reopened && matches!(before.status, Status::Completed | Status::AwaitingControl) {
            for result in self.results.values_mut().filter(|result| result.task == id) {
                result.open = false;
            }
            self.note(id, by, at, "RENEW", (None, None));
        }
        if done && let Some(parent) = parent {
            self.complete_with_subtasks(parent, by, at);
        }
    }

    /// `SE_PARAMETER` 2: a task is completed together with the last of its subtasks.
    fn complete_with_subtasks(&mut self, parent: u64, by: u64, at: Timestamp) {
        let mut children = self.tasks.values().filter(|task| task.parent == Some(parent));
        if children.any(|task| task.status != Status::Completed) {
            return;
        }
        let open = self.tasks.get(&parent).filter(|task| task.parameters.contains(&2));
        if let Some(mut task) = open.filter(|task| task.status != Status::Completed).cloned() {
            task.set_status(Status::Completed, by, at);
            self.put_task(task, by, at);
        }
    }

    /// The fields a history tells of, in one order for every task.
    fn told(&self, task: &Task) -> [(&'static str, Option<String>); 23] {
        let ids = |ids: &[u64]| {
            Some(ids.iter().map(u64::to_string).collect::<Vec<_>>().join(",")).filter(|ids| !ids.is_empty())
        };
        let date = |at: Option<Timestamp>| at.map(|at| at.as_second().to_string());
        let flag = |yes: bool| Some(if yes { "Y" } else { "N" }.to_owned());
        let number = |number: i64| Some(number.to_string());
        let tags: Vec<&str> = task.tags.iter().map(|tag| self.tag_name(*tag)).collect();
        [
            ("TITLE", Some(task.title.clone())),
            ("DESCRIPTION", Some(task.description.clone())),
            ("STATUS", number(task.status.code())),
            ("PRIORITY", number(task.priority)),
            ("MARK", task.mark.map(String::from)),
            ("PARENT_ID", task.parent.map(|id| id.to_string())),
            ("GROUP_ID", ids(&[task.group])),
            ("STAGE_ID", ids(&[task.stage])),
            ("FLOW_ID", ids(&[task.flow])),
            ("CREATED_BY", ids(&[task.created_by])),
            ("RESPONSIBLE_ID", ids(&[task.responsible])),
            ("ACCOMPLICES", ids(&task.accomplices)),
            ("AUDITORS", ids(&task.auditors)),
            ("DEADLINE", date(task.deadline)),
            ("START_DATE_PLAN", date(task.start_plan)),
            ("END_DATE_PLAN", date(task.end_plan)),
            ("DURATION_PLAN", number(task.duration_plan)),
            ("TIME_ESTIMATE", number(task.time_estimate)),
            ("TAGS", Some(tags.join(",")).filter(|tags| !tags.is_empty())),
            ("ADD_IN_REPORT", flag(task.flags.add_in_report)),
            ("TASK_CONTROL", flag(task.flags.task_control)),
            ("ALLOW_TIME_TRACKING", flag(task.flags.allow_time_tracking)),
            ("ALLOW_CHANGE_DEADLINE", flag(task.flags.allow_change_deadline)),
        ]
    }
}

fn status_words(status: Status) -> &'static str {
    match status {
        Status::Pending => "put the task back to the queue",
        Status::InProgress => "started the task",
        Status::AwaitingControl => "handed the task in for review",
        Status::Completed => "completed the task",
        Status::Deferred => "deferred the task",
    }
}
