//! Custom fields of tasks (`api-reference/tasks/user-field/`).

use b24_model::{Method, Scope, effect::Read};

/// All custom fields with type, multiplicity and choices, without their labels.
pub static GETLIST: Method<Read> = Method::classic("task.item.userfield.getlist", Scope::TASK);
/// One custom field by `ID`, with its labels in every language of the portal.
pub static GET: Method<Read> = Method::classic("task.item.userfield.get", Scope::TASK);
