//! People (`api-reference/user/`). The narrowest scope is named; wider ones show more of each person.

use b24_model::{Method, Scope, effect::Read};

/// The person who calls.
pub static CURRENT: Method<Read> = Method::classic("user.current", Scope::USER_BRIEF);
/// Finds people by words.
pub static SEARCH: Method<Read> = Method::classic("user.search", Scope::USER_BRIEF);
/// Lists people by filter. Its `sort` and `order` are texts.
pub static GET: Method<Read> = Method::classic("user.get", Scope::USER_BRIEF);
