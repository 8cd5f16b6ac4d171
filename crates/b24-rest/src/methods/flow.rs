//! Flows (`api-reference/tasks/flow/`). No method lists them.

use b24_model::{Method, Scope, effect::Read};

/// One flow by id.
pub static GET: Method<Read> = Method::classic("tasks.flow.Flow.get", Scope::TASK);
/// Whether a flow of exactly this name exists: `{exists: true}`.
pub static IS_EXISTS: Method<Read> = Method::classic("tasks.flow.Flow.isExists", Scope::TASK);
