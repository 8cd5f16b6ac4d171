//! Checklists of tasks (`api-reference/tasks/checklist-item/`). Legacy: parameters are read by position.

use b24_model::{
    Method, Scope,
    effect::{Destroy, Read, Write},
};

/// Lists the points of a task's checklists.
pub static GETLIST: Method<Read> =
    Method::classic("task.checklistitem.getlist", Scope::TASK).positional(&["TASKID", "ORDER"]);
/// Adds a point, or a checklist.
pub static ADD: Method<Write> =
    Method::classic("task.checklistitem.add", Scope::TASK).positional(&["TASKID", "FIELDS"]);
/// Ticks a point.
pub static COMPLETE: Method<Write> =
    Method::classic("task.checklistitem.complete", Scope::TASK).positional(&["TASKID", "ITEMID"]);
/// Unticks a point.
pub static RENEW: Method<Write> =
    Method::classic("task.checklistitem.renew", Scope::TASK).positional(&["TASKID", "ITEMID"]);
/// Deletes a point, or a checklist with all its points.
pub static DELETE: Method<Destroy> =
    Method::classic("task.checklistitem.delete", Scope::TASK).positional(&["TASKID", "ITEMID"]);
