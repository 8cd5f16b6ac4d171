//! `task.checklistitem.*`: legacy methods that bind by position. A checklist is an item with parent 0.

mod add;
mod change;
mod get;

use super::Method;
use crate::wire::answer_v2::Refusal;

const SCOPES: &[&str] = &["task"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "task.checklistitem.add", scopes: SCOPES, run: add::add },
    Method { name: "task.checklistitem.get", scopes: SCOPES, run: get::get },
    Method { name: "task.checklistitem.getlist", scopes: SCOPES, run: get::list },
    Method { name: "task.checklistitem.update", scopes: SCOPES, run: change::update },
    Method { name: "task.checklistitem.complete", scopes: SCOPES, run: change::complete },
    Method { name: "task.checklistitem.renew", scopes: SCOPES, run: change::renew },
    Method { name: "task.checklistitem.delete", scopes: SCOPES, run: change::delete },
    Method { name: "task.checklistitem.moveafteritem", scopes: SCOPES, run: change::move_after },
    Method { name: "task.checklistitem.isactionallowed", scopes: SCOPES, run: get::is_allowed },
];

/// Keys a request may put into `FIELDS`.
const FIELDS: &[&str] = &["TITLE", "SORT_INDEX", "IS_COMPLETE", "IS_IMPORTANT", "MEMBERS", "PARENT_ID"];

/// An action that failed, in the words of the class.
fn failed(text: &str) -> Refusal {
    Refusal::core(format!("TASKS_ERROR_EXCEPTION_#8; {text}; 8/TE/ACTION_FAILED_TO_BE_PROCESSED<br>"))
}
