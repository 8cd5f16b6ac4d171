//! A refusal: what was not done, why, and what to do next. Its reader is a model, and through it a person.

use std::borrow::Cow;

use b24_rest::CallError;
use serde_json::{Value, json};

/// The codes of this server's own refusals. A code is never renamed: prompts and scripts rely on it.
pub struct Code;

impl Code {
    /// The arguments are wrong; nothing was called.
    pub const INVALID_INPUT: &'static str = "INVALID_INPUT";
    /// A deletion was not confirmed; nothing was called.
    pub const DELETE_NEEDS_CONFIRM: &'static str = "DELETE_NEEDS_CONFIRM";
    /// A deletion would take more with it, and that was not confirmed; nothing was deleted.
    pub const HEADING_DELETE_NEEDS_CONFIRM: &'static str = "HEADING_DELETE_NEEDS_CONFIRM";
    /// A deletion needs a person, and this client has no way to ask one.
    pub const DELETE_NEEDS_HUMAN: &'static str = "DELETE_NEEDS_HUMAN";
    /// A change that loses members, or touches many records, was not confirmed; nothing was changed.
    pub const CHANGE_NEEDS_CONFIRM: &'static str = "CHANGE_NEEDS_CONFIRM";
    /// More ids in one call than it takes.
    pub const BATCH_TOO_LARGE: &'static str = "BATCH_TOO_LARGE";
    /// The call would change nothing.
    pub const NO_CHANGES: &'static str = "NO_CHANGES";
    /// There is no such record, or the acting person may not see it.
    pub const NOT_FOUND: &'static str = "NOT_FOUND";
    /// The record is there, but not in a state, or not in the hands, for this action.
    pub const ACTION_NOT_ALLOWED: &'static str = "ACTION_NOT_ALLOWED";
    /// Nobody has that name.
    pub const PERSON_NOT_FOUND: &'static str = "PERSON_NOT_FOUND";
    /// Several people have that name.
    pub const PERSON_AMBIGUOUS: &'static str = "PERSON_AMBIGUOUS";
    /// All changes are stopped for now, by the admin.
    pub const FROZEN: &'static str = "FROZEN";
    /// The caller does not want it any more.
    pub const CANCELLED: &'static str = "CANCELLED";
    /// Several records have that name.
    pub const AMBIGUOUS: &'static str = "AMBIGUOUS";
    /// A deletion would leave what hangs on its targets in the air, and that was not confirmed; nothing was deleted.
    pub const CASCADE_NEEDS_CONFIRM: &'static str = "CASCADE_NEEDS_CONFIRM";
    /// The server is read-only.
    pub const READ_ONLY: &'static str = "READ_ONLY";
    /// The tool is switched off.
    pub const TOOL_DISABLED: &'static str = "TOOL_DISABLED";
    /// The credential lacks a scope.
    pub const SCOPE_MISSING: &'static str = "SCOPE_MISSING";
    /// The change could not be recorded and was not made.
    pub const NOT_RECORDED: &'static str = "NOT_RECORDED";
    /// A write got no answer, and a read shows that it did not happen.
    pub const WRITE_LOST: &'static str = "WRITE_LOST";
    /// A file has more bytes than go through this server.
    pub const FILE_TOO_LARGE: &'static str = "FILE_TOO_LARGE";
    /// The portal said no without a name for it.
    pub const BITRIX24_ERROR: &'static str = "BITRIX24_ERROR";
    /// The portal answered something that this server cannot read.
    pub const PORTAL_GARBLED: &'static str = "PORTAL_GARBLED";
    /// A text that would be public holds a secret; nothing was sent.
    pub const SECRET_IN_TEXT: &'static str = "SECRET_IN_TEXT";
    /// People do not sign in to this server.
    pub const SIGN_IN_OFF: &'static str = "SIGN_IN_OFF";
    /// A fault of this server.
    pub const INTERNAL: &'static str = "INTERNAL";
}

/// Why a call was not made, or what went wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Refusal {
    code: Cow<'static, str>,
    message: String,
    hint: Option<String>,
}

impl Refusal {
    /// A refusal with its code and its sentence (lower-case, no full stop).
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<String>) -> Self {
        Self { code: code.into(), message: message.into(), hint: None }
    }

    /// Wrong arguments. Whoever knows better says a better hint.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(Code::INVALID_INPUT, message).hint("nothing was done; correct the argument and call again")
    }

    /// A fault of this server. What happened goes to the log, not to the model.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        tracing::error!(cause = %cause, "A tool failed in a way it should not");
        Self::new(Code::INTERNAL, "the server failed to answer")
            .hint("try once more; if it stays, tell the admin")
    }

    /// The same refusal with the next step.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Its code.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// Its sentence.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The next step, if there is one.
    pub fn next_step(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Sentence and next step, for a list of what is missing from an answer.
    pub(crate) fn told_whole(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{self}; {hint}"),
            None => self.to_string(),
        }
    }

    pub(crate) fn to_json(&self) -> Value {
        match &self.hint {
            Some(hint) => json!({ "code": self.code, "message": self.message, "hint": hint }),
            None => json!({ "code": self.code, "message": self.message }),
        }
    }
}

impl From<CallError> for Refusal {
    fn from(error: CallError) -> Self {
        let code = match &error {
            // The reference system's word for "the portal said no, and gave no name to it".
            CallError::Refused(_) if error.code() == "PORTAL_REFUSED" => Code::BITRIX24_ERROR.to_owned(),
            other => other.code().to_owned(),
        };
        let refusal = Self::new(code, crate::input::shorten(&error.to_string(), 500));
        match next_step(&error) {
            Some(hint) => refusal.hint(hint),
            None => refusal,
        }
    }
}

/// What can be done about a failed call, by whoever reads the answer.
fn next_step(error: &CallError) -> Option<String> {
    let seconds = |wait: &std::time::Duration| wait.as_secs() + 1;
    Some(match error {
        CallError::Refused(refusal) if refusal.fields.is_empty() => return None,
        CallError::Refused(refusal) => {
            let faults = refusal.fields.iter().map(|(field, fault)| format!("{field}: {fault}"));
            faults.collect::<Vec<_>>().join("; ")
        }
        CallError::Credential(_) => {
            "the webhook is wrong, expired or withdrawn: tell the admin to run `b24-mcp doctor`".into()
        }
        CallError::ScopeMissing { scope, .. } => {
            format!("ask the admin to tick `{scope}` in the webhook's permissions")
        }
        CallError::Limited { wait, .. } | CallError::Overtime { wait, .. } => {
            format!("nothing was done; try again in {} s", seconds(wait))
        }
        CallError::Unreachable { .. } => {
            "nothing was done; try again in a minute, then tell the admin".into()
        }
        CallError::NoAnswer { .. } | CallError::Garbled { .. } => {
            "try again; if it stays, tell the admin".into()
        }
        CallError::Unsettled { .. } => {
            "do not repeat it: read the record first, to see whether the change is there".into()
        }
        CallError::Stopped { stop, .. } => stop.hint.clone(),
        CallError::Deadline { .. } => "try again with fewer records".into(),
        CallError::Moved { .. } => "tell the admin that the portal's address changed".into(),
        CallError::TooLarge { .. } => "ask for less: a narrower filter or fewer fields".into(),
        _ => return None,
    })
}
