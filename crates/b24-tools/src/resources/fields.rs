//! `b24://task/field`: the fields that tasks have on this portal.

use std::time::Duration;

use serde_json::Map;

use super::{Read, Resource};

pub(super) static RESOURCE: Resource = Resource {
    uri: "b24://task/field",
    name: "task_fields",
    title: "Fields of tasks",
    description: "The fields that tasks have on this portal, with titles, types and values, custom ones included.",
    mime: Some("application/json"),
    // An admin adds a field now and then.
    fresh: Duration::from_secs(60 * 60),
    needs: "b24_task_field_list",
    completes: &[],
    read: Read::Call(|_| ("b24_task_field_list", Map::new())),
};
