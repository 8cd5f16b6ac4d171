//! Links between tasks (`api-reference/tasks/task-dependence-*.md`).

use b24_model::{
    Method, Scope,
    effect::{Destroy, Read, Write},
};

/// Makes `taskIdTo` depend on `taskIdFrom`. `ILLEGAL_NEW_LINK` means that they are linked already. Success is `[]`.
pub static ADD: Method<Write> = Method::classic("task.dependence.add", Scope::TASK);
/// Takes a link away. `ILLEGAL_NEW_LINK` means that there is none. Success is `[]`.
pub static DELETE: Method<Destroy> = Method::classic("task.dependence.delete", Scope::TASK);
/// The ids of the tasks that a task depends on. Deprecated, and gone from some portals.
pub static DEPENDS_ON: Method<Read> =
    Method::classic("task.item.getdependson", Scope::TASK).positional(&["TASKID"]);
