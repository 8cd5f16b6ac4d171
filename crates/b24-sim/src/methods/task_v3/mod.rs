//! `tasks.task.*` of REST 3.0: exact names, strict types, numbers for ids, words for statuses.

mod change;
mod describe;
mod dto;
mod fields;
mod get;
mod list;
pub(super) mod strict;
mod write;

use super::{CallV3, MethodV3};
use crate::wire::answer_v3::OutcomeV3;

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
    reads("tasks.task.field.list", |call| describe::list(call, &describe::TASK)),
    reads("tasks.task.field.get", |call| describe::get(call, &describe::TASK)),
    reads("tasks.task.chat.message.field.list", |call| describe::list(call, &describe::MESSAGE)),
    reads("tasks.task.chat.message.field.get", |call| describe::get(call, &describe::MESSAGE)),
    reads("tasks.task.file.field.list", |call| describe::list(call, &describe::FILE)),
    reads("tasks.task.file.field.get", |call| describe::get(call, &describe::FILE)),
    reads("tasks.task.access.field.list", |call| describe::list(call, &describe::ACCESS)),
    reads("tasks.task.access.field.get", |call| describe::get(call, &describe::ACCESS)),
];

/// A method that changes nothing.
const fn reads(name: &'static str, run: fn(&mut CallV3<'_>) -> OutcomeV3) -> MethodV3 {
    MethodV3 { name, scopes: SCOPES, writes: false, run }
}
