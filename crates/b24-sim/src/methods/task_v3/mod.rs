//! `tasks.task.*` of REST 3.0: exact names, strict types, numbers for ids, words for statuses.

mod change;
mod dto;
mod get;
mod list;
pub(super) mod strict;
mod write;

use super::MethodV3;

pub(super) use dto::schema;

const SCOPES: &[&str] = &["tasks"];

pub(super) const METHODS: &[MethodV3] = &[
    MethodV3 { name: "tasks.task.get", scopes: SCOPES, writes: false, run: get::get },
    MethodV3 { name: "tasks.task.list", scopes: SCOPES, writes: false, run: list::list },
    MethodV3 { name: "tasks.task.add", scopes: SCOPES, writes: true, run: write::add },
    MethodV3 { name: "tasks.task.update", scopes: SCOPES, writes: true, run: write::update },
    MethodV3 { name: "tasks.task.delete", scopes: SCOPES, writes: true, run: write::delete },
    MethodV3 { name: "tasks.task.file.attach", scopes: SCOPES, writes: true, run: super::task::attach_v3 },
    MethodV3 { name: "tasks.task.access.get", scopes: SCOPES, writes: false, run: get::access },
];
