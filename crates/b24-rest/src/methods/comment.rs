//! Comments of tasks (`api-reference/tasks/comment-item/`). Legacy: parameters are read by position.

use b24_model::{
    Method, Scope,
    effect::{Read, Write},
};

/// Lists comments. On portals with the new task card it does not see them: they are chat messages there.
pub static GETLIST: Method<Read> =
    Method::classic("task.commentitem.getlist", Scope::TASK).positional(&["TASKID", "ORDER", "FILTER"]);
/// Adds a comment.
pub static ADD: Method<Write> =
    Method::classic("task.commentitem.add", Scope::TASK).positional(&["TASKID", "FIELDS"]);
