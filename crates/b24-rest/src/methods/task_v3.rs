//! Tasks of REST 3.0 (`api-reference/rest-v3/tasks/`). They share names with the classic ones and nothing else.

use b24_model::{
    Method, Scope,
    effect::{Destroy, Read, Write},
};

/// Reads one task: `id`, `select` → `{item: {…}}`.
pub static GET: Method<Read> = Method::v3("tasks.task.get", Scope::TASKS);
/// Creates a task: `fields` → `{item: {…}}`.
pub static ADD: Method<Write> = Method::v3("tasks.task.add", Scope::TASKS);
/// Changes a task: `id`, `fields`.
pub static UPDATE: Method<Write> = Method::v3("tasks.task.update", Scope::TASKS);
/// Deletes a task: `id` → `{result: true}`.
pub static DELETE: Method<Destroy> = Method::v3("tasks.task.delete", Scope::TASKS);
