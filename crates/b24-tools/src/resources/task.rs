//! `b24://task/{id}`: a task with what hangs on it.

use std::time::Duration;

use serde_json::json;

use super::{Read, Resource};
use crate::{complete::Completes, record::params};

pub(super) static RESOURCE: Resource = Resource {
    uri: "b24://task/{id}",
    name: "task",
    title: "A task",
    description: "One task: description, people, dates, tags, checklist, comments, subtasks.",
    mime: Some("application/json"),
    // Somebody may be working at it this very minute.
    fresh: Duration::from_secs(30),
    needs: "b24_task_get",
    completes: &[Completes::TaskId],
    read: Read::Call(|ids| {
        let include = ["checklist", "comments", "subtasks"];
        ("b24_task_get", params(json!({ "taskId": ids.first(), "include": include })))
    }),
};
