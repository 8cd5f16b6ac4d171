//! Addresses of records in the portal, for a person to click.
//!
//! Source: the `link` field of `tasks.task.get` (REST 3.0).

use b24_model::{TaskId, UserId, effect::EffectKind};

use crate::Permit;

/// The card of a task, as the person whom "me" means opens it.
pub(crate) fn task<E: EffectKind>(permit: &Permit<E>, id: TaskId) -> String {
    format!("{}/company/personal/user/{}/tasks/task/view/{id}/", permit.address(), permit.me())
}

/// The same with `{id}` in place of the id: one for a whole list.
pub(crate) fn task_pattern<E: EffectKind>(permit: &Permit<E>) -> String {
    format!("{}/company/personal/user/{}/tasks/task/view/{{id}}/", permit.address(), permit.me())
}

/// The profile of a person.
pub(crate) fn user<E: EffectKind>(permit: &Permit<E>, id: UserId) -> String {
    format!("{}/company/personal/user/{id}/", permit.address())
}

/// The same with `{id}` in place of the id.
pub(crate) fn user_pattern<E: EffectKind>(permit: &Permit<E>) -> String {
    format!("{}/company/personal/user/{{id}}/", permit.address())
}

/// The page of a group, with `{id}` in place of the id. Source: the paths in `calendar.settings.get`.
pub(crate) fn group_pattern<E: EffectKind>(permit: &Permit<E>) -> String {
    format!("{}/workgroups/group/{{id}}/", permit.address())
}
