//! The requests of sessions that have no answer yet, by their id.
//!
//! A session has one place for each id: a second request under the same id would take the answer of the first, and the
//! first would wait for ever. So it is refused, unless it is the very same message and the stream of the first is
//! broken: then the client is asking for the answer it lost.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use sha2::{Digest, Sha256};

use super::envelope::Id;

/// The requests of all sessions.
#[derive(Default)]
pub(super) struct InFlight(Mutex<HashMap<(String, Id), Request>>);

struct Request {
    message: [u8; 32],
    working: Weak<()>,
    listening: Weak<()>,
}

/// Lives as long as somebody works at the request. Goes with the request to whoever does.
#[derive(Clone)]
pub(super) struct Working {
    _alive: Arc<()>,
}

/// Lives as long as somebody listens for the answer. Goes with the response.
pub(super) struct Listening {
    _alive: Arc<()>,
}

impl InFlight {
    /// Takes up a request; `None` when its id is in flight.
    pub(super) fn enter(&self, session: &str, id: Id, message: &[u8]) -> Option<(Working, Listening)> {
        let alive = |weak: &Weak<()>| weak.strong_count() > 0;
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.retain(|_, request| alive(&request.working) || alive(&request.listening));
        let (key, message) = ((session.to_owned(), id), <[u8; 32]>::from(Sha256::digest(message)));
        let is_in_flight =
            requests.get(&key).is_some_and(|first| alive(&first.listening) || first.message != message);
        if is_in_flight {
            return None;
        }
        let (working, listening) = (Arc::new(()), Arc::new(()));
        let request =
            Request { message, working: Arc::downgrade(&working), listening: Arc::downgrade(&listening) };
        requests.insert(key, request);
        Some((Working { _alive: working }, Listening { _alive: listening }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_free_when_its_request_is_answered_and_for_the_same_message_when_its_stream_broke() {
        let (requests, id) = (InFlight::default(), || Id::Number(1));
        let enter = |session: &str, message: &[u8]| requests.enter(session, id(), message);
        let first = enter("s", b"a").expect("free");
        assert!(enter("s", b"a").is_none() && enter("t", b"a").is_some());
        let (working, listening) = first;
        drop(listening);
        assert!(enter("s", b"b").is_none());
        let again = enter("s", b"a").expect("its stream broke");
        assert!(enter("s", b"a").is_none());
        drop((working, again));
        assert!(enter("s", b"b").is_some());
    }
}
