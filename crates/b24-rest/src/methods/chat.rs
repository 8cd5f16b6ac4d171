//! Chats (`api-reference/chats/`). Parameters are UPPERCASE, answers snake_case with real numbers.

use b24_model::{Method, Scope, effect::Read};

/// Messages of a chat, newest first, at most 50 a page: `DIALOG_ID`, `LIMIT`, `LAST_ID` (older than).
///
/// Only for those who take part; others get `ACCESS_ERROR`. More than `LIMIT` may come.
pub static MESSAGES: Method<Read> = Method::classic("im.dialog.messages.get", Scope::IM);
