//! Time spent on tasks (`api-reference/tasks/elapsed-item/`). Legacy: parameters are read by position.

use b24_model::{Method, Scope, effect::Read};

/// Lists time entries, 50 a page. The order of the parameters is mandatory.
pub static GETLIST: Method<Read> = Method::classic("task.elapseditem.getlist", Scope::TASK)
    .positional(&["TASKID", "ORDER", "FILTER", "SELECT", "PARAMS"]);
