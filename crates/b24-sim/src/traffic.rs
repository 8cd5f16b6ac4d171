//! What came in, kept for tests: which method, with which parameters, what it got, and whether it ran.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;
use serde_json::Value;

/// How many requests are remembered; older ones are forgotten, so that a long-running portal stays small.
const KEPT: usize = 2000;

/// One HTTP request as the portal understood it. Never holds the secret of the webhook.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Seen {
    /// The method, in lower case; empty when the address named none.
    pub method: String,
    /// Whether it came under `/rest/api/`.
    pub v3: bool,
    /// The person the webhook stands for; 0 when the credential was refused.
    pub user: u64,
    /// The parameters after decoding; for a `batch`, without `cmd`.
    pub params: Value,
    /// The commands of a `batch`, in order.
    pub commands: Vec<SeenCommand>,
    /// The HTTP status, or 0 when the connection was dropped instead.
    pub status: u16,
    /// Whether the method was entered (for a `batch`: whether its commands were looked at). Under `/rest/api/` a
    /// refused call counts as not run, and so does a replay by `Idempotency-Key`.
    pub ran: bool,
}

/// One command of a `batch`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct SeenCommand {
    /// Its key in `cmd`.
    pub key: String,
    /// The method, in lower case.
    pub method: String,
    /// Its parameters, after references to earlier results were filled in.
    pub params: Value,
    /// Whether it was run, successfully or not.
    pub ran: bool,
    /// The error code it ended with, if any.
    pub error: Option<String>,
}

/// The recent requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Traffic(Mutex<VecDeque<Seen>>);

impl Traffic {
    pub(crate) fn note(&self, seen: Seen) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back(seen);
    }

    pub(crate) fn all(&self) -> Vec<Seen> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    pub(crate) fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }
}
