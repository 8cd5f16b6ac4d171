//! What is documented about the fields of tasks.

/// What a field holds, and so which values make sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A positive number or 0 ("none").
    Number,
    /// A group; 0 for none.
    Group,
    /// A stage of the task's group.
    Stage,
    /// A person.
    Person,
    /// Several people, written as a whole set.
    People,
    /// A moment.
    Date,
    /// Text; in filters also a pattern.
    Text,
    /// A list of texts, written as a whole set.
    Words,
    /// `REAL_STATUS`: 2 to 6.
    Status,
    /// `STATUS` in filters: also −3 to −1.
    MetaStatus,
    /// 0 to 2.
    Priority,
    /// `P`, `N` or nothing.
    Mark,
    /// `Y` or `N`.
    Flag,
    /// `SE_PARAMETER`: codes with their values.
    Parameters,
    /// A field whose values vary: passed on as it is.
    Plain,
}

/// A field by its classic name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    pub name: &'static str,
    pub kind: Kind,
}

pub(super) const fn field(name: &'static str, kind: Kind) -> Field {
    Field { name, kind }
}

/// Fields that `tasks.task.list` filters by.
pub(super) const FILTERABLE: &[Field] = &[
    field("ID", Kind::Number),
    field("PARENT_ID", Kind::Number),
    field("GROUP_ID", Kind::Group),
    field("CREATED_BY", Kind::Person),
    field("STATUS_CHANGED_BY", Kind::Person),
    field("PRIORITY", Kind::Priority),
    field("FORUM_TOPIC_ID", Kind::Number),
    field("RESPONSIBLE_ID", Kind::Person),
    field("TITLE", Kind::Text),
    field("TAG", Kind::Text),
    field("REAL_STATUS", Kind::Status),
    field("STATUS", Kind::MetaStatus),
    field("MARK", Kind::Mark),
    field("SITE_ID", Kind::Text),
    field("ADD_IN_REPORT", Kind::Flag),
    field("DATE_START", Kind::Date),
    field("DEADLINE", Kind::Date),
    field("CREATED_DATE", Kind::Date),
    field("CLOSED_DATE", Kind::Date),
    field("CHANGED_DATE", Kind::Date),
    field("ACTIVITY_DATE", Kind::Date),
    field("ACCOMPLICE", Kind::Person),
    field("AUDITOR", Kind::Person),
    field("DEPENDS_ON", Kind::Number),
    field("ONLY_ROOT_TASKS", Kind::Flag),
    field("STAGE_ID", Kind::Number),
    field("SPRINT_ID", Kind::Number),
    field("BACKLOG_ID", Kind::Number),
    field("UF_CRM_TASK", Kind::Plain),
];

/// Fields that `tasks.task.list` sorts by.
pub(super) const SORTABLE: &[&str] = &[
    "ID",
    "TITLE",
    "TIME_SPENT_IN_LOGS",
    "DATE_START",
    "CREATED_DATE",
    "CHANGED_DATE",
    "CLOSED_DATE",
    "ACTIVITY_DATE",
    "START_DATE_PLAN",
    "END_DATE_PLAN",
    "DEADLINE",
    "STATUS",
    "REAL_STATUS",
    "STATUS_COMPLETE",
    "PRIORITY",
    "MARK",
    "CREATED_BY",
    "CREATED_BY_LAST_NAME",
    "RESPONSIBLE_ID",
    "RESPONSIBLE_LAST_NAME",
    "GROUP_ID",
    "TIME_ESTIMATE",
    "ALLOW_CHANGE_DEADLINE",
    "ALLOW_TIME_TRACKING",
    "MATCH_WORK_TIME",
    "FAVORITE",
    "SORTING",
    "IS_PINNED",
    "IS_PINNED_IN_GROUP",
];

/// Fields of a task that may be selected.
pub(super) const SELECTABLE: &[&str] = &[
    "ID",
    "PARENT_ID",
    "TITLE",
    "DESCRIPTION",
    "MARK",
    "PRIORITY",
    "STATUS",
    "SUB_STATUS",
    "MULTITASK",
    "NOT_VIEWED",
    "REPLICATE",
    "GROUP_ID",
    "STAGE_ID",
    "SPRINT_ID",
    "BACKLOG_ID",
    "FLOW_ID",
    "CREATED_BY",
    "CREATED_DATE",
    "RESPONSIBLE_ID",
    "ACCOMPLICES",
    "AUDITORS",
    "CHANGED_BY",
    "CHANGED_DATE",
    "STATUS_CHANGED_BY",
    "STATUS_CHANGED_DATE",
    "CLOSED_BY",
    "CLOSED_DATE",
    "ACTIVITY_DATE",
    "VIEWED_DATE",
    "DATE_START",
    "DEADLINE",
    "START_DATE_PLAN",
    "END_DATE_PLAN",
    "GUID",
    "XML_ID",
    "COMMENTS_COUNT",
    "SERVICE_COMMENTS_COUNT",
    "NEW_COMMENTS_COUNT",
    "ALLOW_CHANGE_DEADLINE",
    "ALLOW_TIME_TRACKING",
    "TASK_CONTROL",
    "ADD_IN_REPORT",
    "FORKED_BY_TEMPLATE_ID",
    "TIME_ESTIMATE",
    "TIME_SPENT_IN_LOGS",
    "MATCH_WORK_TIME",
    "FORUM_TOPIC_ID",
    "FORUM_ID",
    "SITE_ID",
    "SUBORDINATE",
    "FAVORITE",
    "SORTING",
    "DURATION_PLAN",
    "DURATION_FACT",
    "DURATION_TYPE",
    "IS_MUTED",
    "IS_PINNED",
    "IS_PINNED_IN_GROUP",
    "CHAT_ID",
    "TAGS",
    "COUNTERS",
    "UF_CRM_TASK",
    "UF_TASK_WEBDAV_FILES",
    "UF_MAIL_MESSAGE",
];

/// Fields that `tasks.task.add` and `tasks.task.update` write.
pub(crate) const SETTABLE: &[Field] = &[
    field("TITLE", Kind::Text),
    field("DESCRIPTION", Kind::Text),
    field("RESPONSIBLE_ID", Kind::Person),
    field("CREATED_BY", Kind::Person),
    field("ACCOMPLICES", Kind::People),
    field("AUDITORS", Kind::People),
    field("DEADLINE", Kind::Date),
    field("START_DATE_PLAN", Kind::Date),
    field("END_DATE_PLAN", Kind::Date),
    field("DATE_START", Kind::Date),
    field("PRIORITY", Kind::Priority),
    field("STATUS", Kind::Status),
    field("MARK", Kind::Mark),
    field("PARENT_ID", Kind::Number),
    field("GROUP_ID", Kind::Group),
    field("STAGE_ID", Kind::Stage),
    field("SPRINT_ID", Kind::Number),
    field("BACKLOG_ID", Kind::Number),
    field("FLOW_ID", Kind::Number),
    field("FORKED_BY_TEMPLATE_ID", Kind::Number),
    field("TIME_ESTIMATE", Kind::Number),
    field("DURATION_PLAN", Kind::Number),
    field("DURATION_TYPE", Kind::Text),
    field("TAGS", Kind::Words),
    field("MULTITASK", Kind::Flag),
    field("REPLICATE", Kind::Flag),
    field("ALLOW_CHANGE_DEADLINE", Kind::Flag),
    field("ALLOW_TIME_TRACKING", Kind::Flag),
    field("TASK_CONTROL", Kind::Flag),
    field("ADD_IN_REPORT", Kind::Flag),
    field("MATCH_WORK_TIME", Kind::Flag),
    field("XML_ID", Kind::Text),
    field("SITE_ID", Kind::Text),
    field("UF_CRM_TASK", Kind::Plain),
    field("UF_TASK_WEBDAV_FILES", Kind::Plain),
    field("UF_MAIL_MESSAGE", Kind::Plain),
    field("SE_PARAMETER", Kind::Parameters),
];
