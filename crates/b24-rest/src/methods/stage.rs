//! Columns of boards and planners (`api-reference/tasks/stages/`).

use b24_model::{
    Method, Scope,
    effect::{Read, Write},
};

/// The columns of a group's board, or of the caller's own planner (`entityId` 0), as a map by id.
pub static GET: Method<Read> = Method::classic("task.stages.get", Scope::TASK);
/// Puts a task into a column: on the board when the column is a group's, else in the caller's planner.
pub static MOVE_TASK: Method<Write> = Method::classic("task.stages.movetask", Scope::TASK);
