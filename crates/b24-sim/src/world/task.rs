//! A task and its status. The rules of who may move it where are in `rights`.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::card::Card;

/// The stored status (`REAL_STATUS`). The meta statuses are computed when asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
pub(crate) enum Status {
    Pending = 2,
    InProgress = 3,
    AwaitingControl = 4,
    Completed = 5,
    Deferred = 6,
}

impl Status {
    pub(crate) const ALL: [Self; 5] =
        [Self::Pending, Self::InProgress, Self::AwaitingControl, Self::Completed, Self::Deferred];

    pub(crate) fn code(self) -> i64 {
        self as i64
    }

    pub(crate) fn from_code(code: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The word REST 3.0 uses for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::InProgress => "in_progress",
            Self::AwaitingControl => "supposedly_completed",
            Self::Completed => "completed",
            Self::Deferred => "deferred",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// A task as the portal stores it.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub(crate) struct Task {
    pub(crate) id: u64,
    pub(crate) parent: Option<u64>,
    pub(crate) title: String,
    pub(crate) description: String,
    /// `P`, `N` or none.
    pub(crate) mark: Option<char>,
    /// 0 low, 1 medium, 2 high.
    pub(crate) priority: i64,
    pub(crate) status: Status,
    pub(crate) group: u64,
    pub(crate) stage: u64,
    pub(crate) flow: u64,
    /// Columns of people's own plans, by person.
    pub(crate) planned: BTreeMap<u64, u64>,
    pub(crate) card: Card,
    pub(crate) created_by: u64,
    pub(crate) created: Timestamp,
    pub(crate) responsible: u64,
    pub(crate) accomplices: Vec<u64>,
    pub(crate) auditors: Vec<u64>,
    pub(crate) tags: Vec<u64>,
    pub(crate) changed_by: u64,
    pub(crate) changed: Timestamp,
    pub(crate) status_changed_by: Option<u64>,
    pub(crate) status_changed: Timestamp,
    pub(crate) closed: Option<(u64, Timestamp)>,
    pub(crate) activity: Timestamp,
    pub(crate) started: Option<Timestamp>,
    pub(crate) deadline: Option<Timestamp>,
    pub(crate) start_plan: Option<Timestamp>,
    pub(crate) end_plan: Option<Timestamp>,
    pub(crate) xml_id: Option<String>,
    pub(crate) flags: Flags,
    pub(crate) time_estimate: i64,
    pub(crate) duration_plan: i64,
    pub(crate) duration_type: String,
    pub(crate) crm: Vec<String>,
    /// Values of custom fields, by the name of the field.
    pub(crate) extra: BTreeMap<String, Value>,
    /// `SE_PARAMETER` codes that are switched on.
    pub(crate) parameters: Vec<i64>,
    /// People who saw the task, pinned it and so on.
    pub(crate) viewed_by: Vec<u64>,
    pub(crate) favorite_of: Vec<u64>,
    pub(crate) muted_by: Vec<u64>,
    pub(crate) pinned_by: Vec<u64>,
    /// Grows by one with every change.
    pub(crate) version: u64,
}

/// The yes/no fields of a task.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Flags {
    pub(crate) allow_change_deadline: bool,
    pub(crate) allow_time_tracking: bool,
    pub(crate) task_control: bool,
    pub(crate) add_in_report: bool,
    pub(crate) match_work_time: bool,
    pub(crate) multitask: bool,
    pub(crate) replicate: bool,
}

impl Task {
    /// A fresh task of `creator` for `responsible`; everything else at its default.
    pub(crate) fn new(id: u64, creator: u64, responsible: u64, now: Timestamp) -> Self {
        Self {
            id,
            parent: None,
            title: String::new(),
            description: String::new(),
            mark: None,
            priority: 1,
            status: Status::Pending,
            group: 0,
            stage: 0,
            flow: 0,
            planned: BTreeMap::new(),
            card: Card::Old,
            created_by: creator,
            created: now,
            responsible,
            accomplices: Vec::new(),
            auditors: Vec::new(),
            tags: Vec::new(),
            changed_by: creator,
            changed: now,
            status_changed_by: None,
            status_changed: now,
            closed: None,
            activity: now,
            started: None,
            deadline: None,
            start_plan: None,
            end_plan: None,
            xml_id: None,
            flags: Flags::default(),
            time_estimate: 0,
            duration_plan: 0,
            duration_type: String::from("days"),
            crm: Vec::new(),
            extra: BTreeMap::new(),
            parameters: Vec::new(),
            viewed_by: vec![creator],
            favorite_of: Vec::new(),
            muted_by: Vec::new(),
            pinned_by: Vec::new(),
            version: 1,
        }
    }

    /// Notes who changed the task and when.
    pub(crate) fn touch(&mut self, by: u64, now: Timestamp) {
        self.changed_by = by;
        self.changed = now;
        self.activity = now;
        self.version += 1;
    }

    /// Moves the task to `status` and keeps the dates that hang on it.
    pub(crate) fn set_status(&mut self, status: Status, by: u64, now: Timestamp) {
        self.status = status;
        self.status_changed_by = Some(by);
        self.status_changed = now;
        self.closed = (status == Status::Completed).then_some((by, now));
        if status == Status::InProgress {
            self.started.get_or_insert(now);
        }
        self.touch(by, now);
    }

    /// The braced identifier; derived from the id, so that it repeats for the same seed.
    pub(crate) fn guid(&self) -> String {
        format!("{{{}}}", super::random::uuid(self.id ^ 0xB24))
    }
}
