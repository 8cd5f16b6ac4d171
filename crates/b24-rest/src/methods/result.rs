//! Results of tasks, of REST 3.0 (`api-reference/tasks/result/`). A result cannot be read by its id alone.

use b24_model::{
    Method, Scope,
    effect::{Destroy, Read, Write},
};

/// Lists the results of one task: a filter by `taskId` is required; `pagination: {limit, offset}`. Counts nothing.
pub static LIST: Method<Read> = Method::v3("tasks.task.result.list", Scope::TASKS);
/// Adds a result: `fields: {taskId, text}` → `{item: {…}}`.
pub static ADD: Method<Write> = Method::v3("tasks.task.result.add", Scope::TASKS);
/// Changes the text of a result of one's own: `id`, `fields: {text}` → `{item: {…}}`.
pub static UPDATE: Method<Write> = Method::v3("tasks.task.result.update", Scope::TASKS);
/// Deletes a result of one's own: `id` → `{result: true}`.
pub static DELETE: Method<Destroy> = Method::v3("tasks.task.result.delete", Scope::TASKS);
