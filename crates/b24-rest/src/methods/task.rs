//! Tasks of the classic API (`api-reference/tasks/`).
//!
//! All of them answer with the whole task, except [`LIST`] (`{tasks: […]}`), [`DELETE`] (`{task: true}`), favourites (`true`),
//! [`HISTORY`], [`COUNTERS`] and [`FILES_ATTACH`].

use b24_model::{
    Method, Scope,
    effect::{Destroy, Read, Write},
};

/// Lists tasks by filter.
pub static LIST: Method<Read> = Method::classic("tasks.task.list", Scope::TASK);
/// Reads one task. Answers 200 with `[]` when there is none, or none that the caller may see.
pub static GET: Method<Read> = Method::classic("tasks.task.get", Scope::TASK);
/// Creates a task.
pub static ADD: Method<Write> = Method::classic("tasks.task.add", Scope::TASK);
/// Changes a task.
pub static UPDATE: Method<Write> = Method::classic("tasks.task.update", Scope::TASK);
/// Deletes a task.
pub static DELETE: Method<Destroy> = Method::classic("tasks.task.delete", Scope::TASK);
/// Moves a pending task to "in progress".
pub static START: Method<Write> = Method::classic("tasks.task.start", Scope::TASK);
/// Moves a task in progress back to "pending".
pub static PAUSE: Method<Write> = Method::classic("tasks.task.pause", Scope::TASK);
/// Puts a pending task off.
pub static DEFER: Method<Write> = Method::classic("tasks.task.defer", Scope::TASK);
/// Opens a completed or deferred task again.
pub static RENEW: Method<Write> = Method::classic("tasks.task.renew", Scope::TASK);
/// Completes a task, or hands it in when its creator wants to check it.
pub static COMPLETE: Method<Write> = Method::classic("tasks.task.complete", Scope::TASK);
/// Accepts a task that was handed in.
pub static APPROVE: Method<Write> = Method::classic("tasks.task.approve", Scope::TASK);
/// Sends a task that was handed in back to work.
pub static DISAPPROVE: Method<Write> = Method::classic("tasks.task.disapprove", Scope::TASK);
/// Attaches a file of the drive, beside those that hang on the task already: `taskId`, `fileId` → `{attachmentId}`.
pub static FILES_ATTACH: Method<Write> = Method::classic("tasks.task.files.attach", Scope::TASK);
/// Gives a task to another person.
pub static DELEGATE: Method<Write> = Method::classic("tasks.task.delegate", Scope::TASK);
/// Results of a task, unpaged. In the new card their `commentId` is 0.
pub static RESULTS: Method<Read> = Method::classic("tasks.task.result.list", Scope::TASK);
/// What was changed in a task, newest first, unpaged: `{list: […]}`, empty for a task that does not exist.
pub static HISTORY: Method<Read> = Method::classic("tasks.task.history.list", Scope::TASK);
/// The fields of a task on this portal, its own included, with their titles and values.
pub static GET_FIELDS: Method<Read> = Method::classic("tasks.task.getFields", Scope::TASK);
/// Makes the caller an observer.
pub static START_WATCH: Method<Write> = Method::classic("tasks.task.startwatch", Scope::TASK);
/// The caller is an observer no more.
pub static STOP_WATCH: Method<Write> = Method::classic("tasks.task.stopwatch", Scope::TASK);
/// Puts a task among the caller's favourites.
pub static FAVORITE_ADD: Method<Write> = Method::classic("tasks.task.favorite.add", Scope::TASK);
/// Takes a task out of the caller's favourites.
pub static FAVORITE_REMOVE: Method<Write> = Method::classic("tasks.task.favorite.remove", Scope::TASK);
/// Overdue tasks and unread comments of a person; `[]` when the caller may not know.
pub static COUNTERS: Method<Read> = Method::classic("tasks.task.counters.get", Scope::TASK);
