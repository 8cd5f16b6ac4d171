//! What one try ran into, told apart by the one question that matters: may the call have run?

use std::time::Duration;

use b24_model::method::MethodFacts;

use crate::{CallError, Cause, Ran, Refusal};

/// What one try ran into.
#[derive(Clone, Debug)]
pub(crate) enum Failure {
    /// Not a byte of the request left: no such host, no connection, no TLS.
    NotSent(Cause),
    /// Not a byte of the request left, because whoever answered could not prove to be the portal.
    Distrusted(Cause),
    /// The request left, and no whole answer came back, or one that says nothing about the call.
    Silent { status: Option<u16>, late: bool, cause: Cause },
    /// An answer that is not the protocol.
    Garbled { status: u16, what: &'static str },
    /// An answer larger than is read.
    TooLarge { status: u16, largest: usize },
    /// Turned away at the door by the limit of requests, or by a proxy in front of the portal.
    TurnedAway { refusal: Refusal, wait: Option<Duration> },
    /// Turned away at the door, because the method has used up its running time.
    Overtime { refusal: Refusal, wait: Option<Duration> },
    /// The access token is too old. A new one may help, where there is such a thing.
    Expired(Refusal),
    /// The portal broke while it worked on the call.
    Broken(Refusal),
    /// The portal said no.
    Refused(Refusal),
    /// The portal pointed to a place that may not be trusted.
    Moved { to: String, why: &'static str },
}

/// Codes that mean: the portal does not know this credential.
const CREDENTIAL: [&str; 8] = [
    "NO_AUTH_FOUND",
    "INVALID_CREDENTIALS",
    "expired_token",
    "invalid_token",
    "authorization_error",
    "APPLICATION_NOT_FOUND",
    "ERROR_OAUTH",
    "NOT_INSTALLED",
];

impl Failure {
    /// Sorts a refusal by its code, then by its status.
    pub(crate) fn from_refusal(refusal: Refusal, retry_after: Option<Duration>) -> Self {
        let code = &refusal.code;
        if code.is_one_of(&["QUERY_LIMIT_EXCEEDED", "OVERLOAD_LIMIT"]) {
            Self::TurnedAway { refusal, wait: retry_after }
        } else if code.is("OPERATION_TIME_LIMIT") {
            Self::Overtime { refusal, wait: retry_after }
        } else if refusal.status == 429 {
            Self::TurnedAway { refusal, wait: retry_after }
        } else if code.is("expired_token") {
            Self::Expired(refusal)
        } else if code.is_one_of(&["INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER"])
            || (refusal.status >= 500 && !code.is("PORTAL_DELETED"))
            || refusal.status == 408
        {
            Self::Broken(refusal)
        } else {
            Self::Refused(refusal)
        }
    }

    /// The same, with the wait for running time filled in from what is known when the portal left it out.
    pub(crate) fn with_wait(self, known: impl FnOnce() -> Option<Duration>) -> Self {
        match self {
            Self::Overtime { refusal, wait: None } => Self::Overtime { refusal, wait: known() },
            other => other,
        }
    }

    /// Whether the call may have run although this is all that came back.
    pub(crate) fn may_have_run(&self) -> bool {
        match self {
            Self::Silent { .. } | Self::Broken(_) => true,
            Self::Garbled { status, .. } => !proves_not_run(*status),
            Self::TooLarge { .. } => true,
            _ => false,
        }
    }

    /// The error of a call that ends with this failure. `unsettled` when it may have run and is not a read.
    pub(crate) fn into_error(self, facts: &MethodFacts, unsettled: bool) -> CallError {
        let method = facts.name;
        let status = self.status();
        if unsettled {
            let cause = self.cause();
            return CallError::Unsettled { method, status, cause };
        }
        match self {
            Self::NotSent(cause) | Self::Distrusted(cause) => CallError::Unreachable { method, cause },
            Self::Silent { status, cause, .. } => CallError::NoAnswer { method, status, cause },
            Self::Garbled { status, what } => CallError::Garbled { method, status, what },
            Self::TooLarge { status, largest } => {
                let ran = if proves_not_run(status) { Ran::No } else { Ran::Yes };
                CallError::TooLarge { method, largest, ran }
            }
            Self::Overtime { wait: Some(wait), .. } => CallError::Overtime { method, wait },
            Self::TurnedAway { refusal, .. } | Self::Overtime { refusal, .. } | Self::Broken(refusal) => {
                CallError::Refused(refusal)
            }
            Self::Expired(refusal) => CallError::Credential(refusal),
            Self::Refused(refusal) => refused(refusal, facts),
            Self::Moved { to, why } => CallError::Moved { method, to, why },
        }
    }

    /// The kind of the failure, in one word that is never renamed: dashboards rely on it.
    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::NotSent(_) => "not_sent",
            Self::Distrusted(_) => "distrusted",
            Self::Silent { .. } => "no_answer",
            Self::Garbled { .. } => "garbled",
            Self::TooLarge { .. } => "too_large",
            Self::TurnedAway { .. } => "limited",
            Self::Overtime { .. } => "overtime",
            Self::Broken(_) => "broken",
            Self::Expired(_) => "credential",
            Self::Refused(refusal) if lacks_scope(refusal) => "scope",
            Self::Refused(refusal) if is_about_credential(refusal) => "credential",
            Self::Refused(_) => "refused",
            Self::Moved { .. } => "moved",
        }
    }

    fn status(&self) -> Option<u16> {
        match self {
            Self::Silent { status, .. } => *status,
            Self::Garbled { status, .. } | Self::TooLarge { status, .. } => Some(*status),
            Self::TurnedAway { refusal, .. }
            | Self::Overtime { refusal, .. }
            | Self::Expired(refusal)
            | Self::Broken(refusal)
            | Self::Refused(refusal) => Some(refusal.status),
            Self::NotSent(_) | Self::Distrusted(_) | Self::Moved { .. } => None,
        }
    }

    fn cause(self) -> Cause {
        match self {
            Self::NotSent(cause) | Self::Distrusted(cause) | Self::Silent { cause, .. } => cause,
            Self::Garbled { what, .. } => Cause::new(format!("the answer was {what}")),
            Self::TooLarge { largest, .. } => {
                Cause::new(format!("the answer was larger than {largest} bytes"))
            }
            Self::TurnedAway { refusal, .. }
            | Self::Overtime { refusal, .. }
            | Self::Expired(refusal)
            | Self::Broken(refusal)
            | Self::Refused(refusal) => Cause::new(refusal.said()),
            Self::Moved { why, .. } => Cause::new(why),
        }
    }
}

/// Whether a status alone proves that the method did not run, whoever answered: the portal or a proxy.
///
/// A 408 may come from a proxy that had already passed the request on; a 303 says that a POST was done.
pub(crate) fn proves_not_run(status: u16) -> bool {
    matches!(status, 301 | 302 | 307 | 308 | 400..=407 | 409..=499)
}

fn refused(refusal: Refusal, facts: &MethodFacts) -> CallError {
    if lacks_scope(&refusal) {
        let Refusal { method, status, code, .. } = refusal;
        return CallError::ScopeMissing { method, scope: facts.scope.clone(), code, status };
    }
    if is_about_credential(&refusal) {
        return CallError::Credential(refusal);
    }
    CallError::Refused(refusal)
}

fn lacks_scope(refusal: &Refusal) -> bool {
    refusal.code.is("insufficient_scope") || refusal.code.as_str().ends_with("INSUFFICIENTSCOPEEXCEPTION")
}

fn is_about_credential(refusal: &Refusal) -> bool {
    let spelled_out = refusal.code.is_one_of(&["PAYMENT_REQUIRED", "METHOD_CONFIRM_WAITING"]);
    refusal.code.is_one_of(&CREDENTIAL) || (refusal.status == 401 && !spelled_out)
}
