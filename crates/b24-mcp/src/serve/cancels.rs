//! Calls that a client may cancel by saying so: `notifications/cancelled`, in a session or over a pipe.
//!
//! A stream that merely broke says nothing: its write runs on, and is told to the same call made again
//! ([`super::replay`]). In the current version over HTTP a client cancels by closing the stream, which looks just like a
//! stream that broke; a write that ends half-way because of a bad network would be the worse mistake, so it runs on too.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use b24_tools::Canceller;
use http::request::Parts;
use rmcp::model::{Extensions, RequestId};

use super::mcp_route::SESSION;

/// The calls that run, by the connection that brought them and their id there.
#[derive(Clone, Default)]
pub(super) struct Cancels(Arc<Mutex<HashMap<(Line, RequestId), Canceller>>>);

/// What keeps the requests of one client together.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Line {
    /// The one client of a pipe.
    Pipe,
    /// A session of an older protocol version.
    Session(String),
}

impl Line {
    /// The line of a message; `None` for a request that stands alone.
    pub(super) fn of(extensions: &Extensions) -> Option<Self> {
        match extensions.get::<Parts>() {
            None => Some(Self::Pipe),
            Some(parts) => Some(Self::Session(parts.headers.get(SESSION)?.to_str().ok()?.to_owned())),
        }
    }
}

impl Cancels {
    /// A call begins.
    pub(super) fn enter(&self, line: Line, id: RequestId, canceller: Canceller) {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        calls.retain(|_, call| !call.is_over());
        calls.insert((line, id), canceller);
    }

    /// The client does not want it any more. A call that is not there has ended.
    pub(super) fn cancel(&self, line: Line, id: RequestId) {
        let mut calls = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(call) = calls.remove(&(line, id)) {
            call.cancel();
        }
    }
}

#[cfg(test)]
mod tests {
    use b24_tools::Course;

    use super::*;

    #[test]
    fn a_call_is_cancelled_by_its_own_client_only() {
        let (cancels, course) = (Cancels::default(), Course::default());
        let session = |id: &str| Line::Session(id.into());
        cancels.enter(session("a"), RequestId::Number(7), course.canceller());
        for (line, id) in [(session("b"), 7), (Line::Pipe, 7), (session("a"), 8)] {
            cancels.cancel(line, RequestId::Number(id));
        }
        assert!(!course.is_cancelled());
        cancels.cancel(session("a"), RequestId::Number(7));
        assert!(course.is_cancelled());
    }
}
