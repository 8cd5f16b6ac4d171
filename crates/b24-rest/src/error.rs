//! Why a call has no reply. One enum for the whole boundary; every variant names the method, none an address.

mod cause;
mod refusal;

pub use cause::Cause;
pub use refusal::{PortalCode, Refusal};

use std::time::Duration;

use b24_model::Scope;

use crate::{Stop, failure};

/// Why a call has no reply.
///
/// The secret of a webhook is in no variant, in no source and in no `Debug` output.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CallError {
    /// The portal said no.
    #[error("{0}")]
    Refused(Refusal),
    /// The portal does not know the credential: it is wrong or expired, was withdrawn, or its author left.
    #[error("the portal does not accept this credential for `{}`: {}", .0.method, .0.said())]
    Credential(Refusal),
    /// The credential is good, but lacks a scope.
    #[error("`{method}` needs the scope `{scope}`, which this credential does not have")]
    ScopeMissing {
        /// The method.
        method: &'static str,
        /// The narrowest scope that is enough.
        scope: Scope,
        /// The code under which the portal said so.
        code: PortalCode,
        /// The HTTP status.
        status: u16,
    },
    /// The limit of requests leaves no room before the deadline. Nothing was sent.
    #[error("`{method}` must wait {} ms because of the portal's request limit, longer than the deadline allows", wait.as_millis())]
    Limited {
        /// The method.
        method: &'static str,
        /// When there will be room.
        wait: Duration,
    },
    /// The method has used up its running time, and is not free again before the deadline. It did not run.
    #[error("`{method}` has used up its running time on the portal; it is free again in about {} s", wait.as_secs())]
    Overtime {
        /// The method.
        method: &'static str,
        /// When it may run again.
        wait: Duration,
    },
    /// The portal could not be reached. Nothing was sent.
    #[error("`{method}` was not sent: the portal cannot be reached")]
    Unreachable {
        /// The method.
        method: &'static str,
        /// What happened.
        #[source]
        cause: Cause,
    },
    /// A read got no whole answer, however often it was sent.
    #[error("`{method}` was sent, but no whole answer came back")]
    NoAnswer {
        /// The method.
        method: &'static str,
        /// The HTTP status, if there was one.
        status: Option<u16>,
        /// What happened.
        #[source]
        cause: Cause,
    },
    /// A write was sent, and whether it ran is not known. It was not repeated.
    #[error("`{method}` was sent, but whether it ran is not known; it was not repeated")]
    Unsettled {
        /// The method.
        method: &'static str,
        /// The HTTP status, if there was one.
        status: Option<u16>,
        /// What happened.
        #[source]
        cause: Cause,
    },
    /// What came back is not the protocol. It is the answer to a read, or its status proves that nothing ran.
    #[error("`{method}` was answered with {what} (HTTP {status}), which is not what a portal says")]
    Garbled {
        /// The method.
        method: &'static str,
        /// The HTTP status.
        status: u16,
        /// What came instead.
        what: &'static str,
    },
    /// Somebody on this side held it back. It was not sent, or every try of it was turned away.
    #[error("`{method}` was not sent: {}", .stop.reason)]
    Stopped {
        /// The method.
        method: &'static str,
        /// Who held it back, and why.
        stop: Stop,
    },
    /// The deadline passed. The call is a read, or was not sent.
    #[error("`{method}` was not answered before its deadline")]
    Deadline {
        /// The method.
        method: &'static str,
    },
    /// The portal pointed elsewhere, and that place may not be trusted with the credential.
    #[error("the portal redirects `{method}` to {to}, which is not followed: {why}")]
    Moved {
        /// The method.
        method: &'static str,
        /// The host, as far as it is one.
        to: String,
        /// The rule that it broke.
        why: &'static str,
    },
    /// The answer is larger than is read.
    #[error("the answer to `{method}` is larger than {largest} bytes")]
    TooLarge {
        /// The method.
        method: &'static str,
        /// How much is read.
        largest: usize,
        /// Whether the call ran.
        ran: Ran,
    },
    /// The call itself is wrong. Nothing was sent.
    #[error("`{method}` cannot be called like this: {what}")]
    Misuse {
        /// The method.
        method: &'static str,
        /// What is wrong with it.
        what: String,
    },
}

/// Whether the portal ran a call that has no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ran {
    /// It did not.
    No,
    /// It did.
    Yes,
    /// It may have.
    Unknown,
}

/// Why a portal cannot be spoken to at all. Found before anything is sent.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ConnectError {
    /// The private CA is not one.
    #[error("the private CA file holds no readable PEM certificate")]
    PrivateCa,
    /// TLS could not be set up.
    #[error("TLS cannot be set up")]
    Tls,
    /// The HTTP client could not be made.
    #[error("the HTTP client cannot be set up")]
    Client(#[source] Cause),
}

impl CallError {
    /// A stable word for the kind of error: the portal's own code where it has a name, else one of ours.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(refusal) if refusal.code.is_named() => refusal.code.as_str(),
            Self::Refused(refusal) if refusal.status == 429 => "PORTAL_LIMITED",
            Self::Refused(_) => "PORTAL_REFUSED",
            Self::Credential(refusal) if refusal.code.is_named() => refusal.code.as_str(),
            Self::Credential(_) => "PORTAL_CREDENTIAL",
            Self::ScopeMissing { .. } => "insufficient_scope",
            Self::Limited { .. } => "PORTAL_LIMITED",
            Self::Overtime { .. } => "OPERATION_TIME_LIMIT",
            Self::Unreachable { .. } => "PORTAL_UNREACHABLE",
            Self::NoAnswer { .. } => "PORTAL_NO_ANSWER",
            Self::Unsettled { .. } => "WRITE_UNSETTLED",
            Self::Garbled { .. } => "PORTAL_GARBLED",
            Self::Stopped { stop, .. } => stop.code,
            Self::Deadline { .. } => "DEADLINE_EXCEEDED",
            Self::Moved { .. } => "PORTAL_MOVED",
            Self::TooLarge { .. } => "ANSWER_TOO_LARGE",
            Self::Misuse { .. } => "CALL_MISUSED",
        }
    }

    /// The method that was called.
    pub fn method(&self) -> &'static str {
        match self {
            Self::Refused(refusal) | Self::Credential(refusal) => refusal.method,
            Self::ScopeMissing { method, .. }
            | Self::Limited { method, .. }
            | Self::Overtime { method, .. }
            | Self::Unreachable { method, .. }
            | Self::NoAnswer { method, .. }
            | Self::Unsettled { method, .. }
            | Self::Garbled { method, .. }
            | Self::Stopped { method, .. }
            | Self::Deadline { method }
            | Self::Moved { method, .. }
            | Self::TooLarge { method, .. }
            | Self::Misuse { method, .. } => method,
        }
    }

    /// The portal's own code, exactly as it came, when the portal said one.
    pub fn portal_code(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) | Self::Credential(refusal) => Some(refusal.code.as_str()),
            Self::ScopeMissing { code, .. } => Some(code.as_str()),
            _ => None,
        }
    }

    /// The HTTP status, when there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) | Self::Credential(refusal) => Some(refusal.status),
            Self::ScopeMissing { status, .. } | Self::Garbled { status, .. } => Some(*status),
            Self::NoAnswer { status, .. } | Self::Unsettled { status, .. } => *status,
            _ => None,
        }
    }

    /// Whether the portal ran the call.
    pub fn ran(&self) -> Ran {
        match self {
            Self::NoAnswer { .. } | Self::Unsettled { .. } => Ran::Unknown,
            Self::Garbled { status, .. } if !failure::proves_not_run(*status) => Ran::Unknown,
            Self::TooLarge { ran, .. } => *ran,
            _ => Ran::No,
        }
    }

    /// The same error for another method: what befell a batch befell each of its commands.
    pub(crate) fn for_method(&self, name: &'static str) -> Self {
        let mut error = self.clone();
        match &mut error {
            Self::Refused(refusal) | Self::Credential(refusal) => refusal.method = name,
            Self::ScopeMissing { method, .. }
            | Self::Limited { method, .. }
            | Self::Overtime { method, .. }
            | Self::Unreachable { method, .. }
            | Self::NoAnswer { method, .. }
            | Self::Unsettled { method, .. }
            | Self::Garbled { method, .. }
            | Self::Stopped { method, .. }
            | Self::Deadline { method }
            | Self::Moved { method, .. }
            | Self::TooLarge { method, .. }
            | Self::Misuse { method, .. } => *method = name,
        }
        error
    }
}
