//! Time spent on tasks (`api-reference/tasks/elapsed-item/`). Legacy: parameters are read by position.

use b24_model::{
    Method, Scope,
    effect::{Destroy, Read, Write},
};

/// Lists the entries of one task, up to 50 a page (`PARAMS: {NAV_PARAMS: {iNumPage, nPageSize}}`). Counts them all.
pub static GETLIST: Method<Read> = Method::classic("task.elapseditem.getlist", Scope::TASK)
    .positional(&["TASKID", "ORDER", "FILTER", "SELECT", "PARAMS"]);
/// The same over all tasks that the caller may see: without a task, the other parameters move up.
pub static GETLIST_ALL: Method<Read> = Method::classic("task.elapseditem.getlist", Scope::TASK)
    .positional(&["ORDER", "FILTER", "SELECT", "PARAMS"]);
/// Reads one entry, in a list of one.
pub static GET: Method<Read> =
    Method::classic("task.elapseditem.get", Scope::TASK).positional(&["TASKID", "ITEMID"]);
/// Adds an entry: `SECONDS` and `COMMENT_TEXT` are required, `USER_ID` is the caller when left out. Answers with its id.
pub static ADD: Method<Write> =
    Method::classic("task.elapseditem.add", Scope::TASK).positional(&["TASKID", "ARFIELDS"]);
/// Changes an entry. `SECONDS` and `COMMENT_TEXT` are required here too. Answers `null`.
pub static UPDATE: Method<Write> =
    Method::classic("task.elapseditem.update", Scope::TASK).positional(&["TASKID", "ITEMID", "ARFIELDS"]);
/// Deletes an entry. Answers `null`.
pub static DELETE: Method<Destroy> =
    Method::classic("task.elapseditem.delete", Scope::TASK).positional(&["TASKID", "ITEMID"]);
