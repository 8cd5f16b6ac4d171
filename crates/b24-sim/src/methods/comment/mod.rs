//! `task.commentitem.*`: comments of the card before the chat, kept by the forum. Binds by position.

mod add;
mod change;
mod get;

use super::Method;

const SCOPES: &[&str] = &["task"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "task.commentitem.add", scopes: SCOPES, run: add::add },
    Method { name: "task.commentitem.get", scopes: SCOPES, run: get::get },
    Method { name: "task.commentitem.getlist", scopes: SCOPES, run: get::list },
    Method { name: "task.commentitem.update", scopes: SCOPES, run: change::update },
    Method { name: "task.commentitem.delete", scopes: SCOPES, run: change::delete },
    Method { name: "task.commentitem.isactionallowed", scopes: SCOPES, run: change::is_allowed },
];
