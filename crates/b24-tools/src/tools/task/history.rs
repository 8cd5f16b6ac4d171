//! What was changed in a task: the words for it, and its values for people.

pub mod list;
mod value;

/// What a line of the history holds before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    People,
    Date,
    Seconds,
    Status,
    Priority,
    Mark,
    Flag,
}

/// An event by its documented name, the words for it, and the kind of its values. Source: `tasks/tasks-task-history-list.md`.
pub(super) struct Event {
    pub(super) wire: &'static str,
    pub(super) words: &'static str,
    pub(super) kind: Kind,
}

const fn event(wire: &'static str, words: &'static str, kind: Kind) -> Event {
    Event { wire, words, kind }
}

/// Every documented event.
pub(super) const EVENTS: &[Event] = &[
    event("NEW", "created", Kind::Text),
    event("TITLE", "title", Kind::Text),
    event("DESCRIPTION", "description", Kind::Text),
    event("STATUS", "status", Kind::Status),
    event("REAL_STATUS", "real status", Kind::Status),
    event("PRIORITY", "priority", Kind::Priority),
    event("MARK", "mark", Kind::Mark),
    event("COMMENT", "comment added", Kind::Text),
    event("DELETE", "deleted", Kind::Text),
    event("RENEW", "renewed", Kind::Text),
    event("MOVE_TO_BACKLOG", "moved to the backlog", Kind::Text),
    event("MOVE_TO_SPRINT", "moved to a sprint", Kind::Text),
    event("PARENT_ID", "parent task", Kind::Text),
    event("GROUP_ID", "group", Kind::Text),
    event("STAGE_ID", "stage", Kind::Text),
    event("FLOW_ID", "flow", Kind::Text),
    event("CREATED_BY", "creator", Kind::People),
    event("RESPONSIBLE_ID", "responsible", Kind::People),
    event("ACCOMPLICES", "accomplices", Kind::People),
    event("AUDITORS", "observers", Kind::People),
    event("DEADLINE", "deadline", Kind::Date),
    event("START_DATE_PLAN", "planned start", Kind::Date),
    event("END_DATE_PLAN", "planned end", Kind::Date),
    event("DURATION_PLAN", "planned duration", Kind::Text),
    event("DURATION_PLAN_SECONDS", "planned seconds", Kind::Seconds),
    event("DURATION_FACT", "actual duration", Kind::Text),
    event("TIME_ESTIMATE", "time estimate", Kind::Seconds),
    event("TIME_SPENT_IN_LOGS", "time spent", Kind::Seconds),
    event("TAGS", "tags", Kind::Text),
    event("DEPENDS_ON", "dependencies", Kind::Text),
    event("FILES", "file list", Kind::Text),
    event("UF_TASK_WEBDAV_FILES", "files", Kind::Text),
    event("CHECKLIST_ITEM_CREATE", "checklist item added", Kind::Text),
    event("CHECKLIST_ITEM_RENAME", "checklist item renamed", Kind::Text),
    event("CHECKLIST_ITEM_REMOVE", "checklist item removed", Kind::Text),
    event("CHECKLIST_ITEM_CHECK", "checklist item ticked", Kind::Text),
    event("CHECKLIST_ITEM_UNCHECK", "checklist item unticked", Kind::Text),
    event("ADD_IN_REPORT", "in the report", Kind::Flag),
    event("TASK_CONTROL", "work is checked", Kind::Flag),
    event("ALLOW_TIME_TRACKING", "time tracking", Kind::Flag),
    event("ALLOW_CHANGE_DEADLINE", "deadline may be changed", Kind::Flag),
];

/// The event of that documented name.
pub(super) fn known(wire: &str) -> Option<&'static Event> {
    EVENTS.iter().find(|event| event.wire == wire)
}
