//! The fields of the entities of tasks in REST 3.0, with their types, as `*.field.list` tells them.

const INT: &str = "int";
const TEXT: &str = "string";
const BOOL: &str = "bool";
const ARRAY: &str = "array";
/// Dates and times are objects too, whatever they are written as.
const OBJECT: &str = "object";

/// Of a task, relations included.
pub(super) const TASK: &[(&str, &str)] = &[
    ("id", INT),
    ("title", TEXT),
    ("description", TEXT),
    ("creatorId", INT),
    ("creator", OBJECT),
    ("created", OBJECT),
    ("responsibleId", INT),
    ("responsible", OBJECT),
    ("deadline", OBJECT),
    ("needsControl", BOOL),
    ("startPlan", OBJECT),
    ("endPlan", OBJECT),
    ("fileIds", ARRAY),
    ("checklist", ARRAY),
    ("groupId", INT),
    ("group", OBJECT),
    ("stageId", INT),
    ("stage", OBJECT),
    ("epicId", INT),
    ("storyPoints", INT),
    ("flowId", INT),
    ("flow", OBJECT),
    ("priority", TEXT),
    ("status", TEXT),
    ("statusChanged", OBJECT),
    ("accomplices", ARRAY),
    ("auditors", ARRAY),
    ("parentId", INT),
    ("parent", OBJECT),
    ("containsChecklist", BOOL),
    ("containsSubTasks", BOOL),
    ("containsRelatedTasks", BOOL),
    ("containsGanttLinks", BOOL),
    ("containsPlacements", BOOL),
    ("containsResults", BOOL),
    ("numberOfReminders", INT),
    ("chatId", INT),
    ("chat", OBJECT),
    ("plannedDuration", INT),
    ("actualDuration", INT),
    ("durationType", TEXT),
    ("started", OBJECT),
    ("estimatedTime", INT),
    ("replicate", BOOL),
    ("changed", OBJECT),
    ("changedById", INT),
    ("changedBy", OBJECT),
    ("statusChangedById", INT),
    ("statusChangedBy", OBJECT),
    ("closedById", INT),
    ("closedBy", OBJECT),
    ("closed", OBJECT),
    ("activity", OBJECT),
    ("guid", TEXT),
    ("xmlId", TEXT),
    ("exchangeId", TEXT),
    ("exchangeModified", TEXT),
    ("outlookVersion", INT),
    ("mark", TEXT),
    ("allowsChangeDeadline", BOOL),
    ("allowsTimeTracking", BOOL),
    ("matchesWorkTime", BOOL),
    ("addInReport", BOOL),
    ("isMultitask", BOOL),
    ("siteId", TEXT),
    ("forkedByTemplateId", INT),
    ("forkedByTemplate", OBJECT),
    ("maxDeadlineChangeDate", OBJECT),
    ("maxDeadlineChanges", INT),
    ("requireDeadlineChangeReason", BOOL),
    ("link", TEXT),
    ("rights", ARRAY),
    ("archiveLink", TEXT),
    ("crmItemIds", ARRAY),
    ("emailId", INT),
    ("email", OBJECT),
    ("elapsedTime", OBJECT),
    ("requireResult", BOOL),
    ("matchesSubTasksTime", BOOL),
    ("autocompleteSubTasks", BOOL),
    ("allowsChangeDatePlan", BOOL),
    ("inFavorite", ARRAY),
    ("inPin", ARRAY),
    ("inGroupPin", ARRAY),
    ("inMute", ARRAY),
    ("source", OBJECT),
    ("dependsOn", ARRAY),
    ("scenarios", ARRAY),
];

/// Of a message to the chat of a task.
pub(super) const MESSAGE: &[(&str, &str)] = &[("id", INT), ("taskId", INT), ("text", TEXT)];

/// Of files that are attached to a task.
pub(super) const FILE: &[(&str, &str)] = &[("taskId", INT), ("fileIds", ARRAY)];

/// Of what one may do with a task.
pub(super) const ACCESS: &[(&str, &str)] = &[("id", INT)];
