//! Workgroups and projects (`api-reference/sonet-group/`). Both methods here live under one scope; the newer
//! `socialnetwork.api.workgroup.list` needs another, and tells nothing that is needed here.

use b24_model::{Method, Scope, effect::Read};

/// The groups that the caller may see, 50 a page.
pub static GET: Method<Read> = Method::classic("sonet_group.get", Scope::SONET_GROUP);
/// The groups that the caller is in, all of them, with the caller's role.
pub static MINE: Method<Read> = Method::classic("sonet_group.user.groups", Scope::SONET_GROUP);
