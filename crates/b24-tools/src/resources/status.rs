//! `b24://task/status`: the numbers of a task's states, in words. The same on every portal.
//!
//! Source: `tasks/fields.md`, `STATUS` and `REAL_STATUS`.

use std::time::Duration;

use serde_json::{Value, json};

use super::{Read, Resource};
use crate::record::task::status_word;

pub(super) static RESOURCE: Resource = Resource {
    uri: "b24://task/status",
    name: "task_statuses",
    title: "States of tasks",
    description: "The numbers of a task's states, with their names and whether work is still open in each.",
    mime: Some("application/json"),
    fresh: Duration::from_secs(24 * 60 * 60),
    needs: "b24_task_list",
    completes: &[],
    read: Read::Known(statuses),
};

fn statuses() -> Value {
    let russian = |id: i64| match id {
        2 => "ждёт выполнения",
        3 => "выполняется",
        4 => "ожидает контроля",
        5 => "завершена",
        _ => "отложена",
    };
    let row = |id: i64| json!({ "id": id, "name": status_word(id), "nameRu": russian(id), "open": id != 5 });
    let rows = [2, 3, 4, 5, 6].map(row);
    json!({ "statuses": rows })
}
