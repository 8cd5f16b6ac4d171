//! Whose session a session is, and how many somebody may have.
//!
//! The protocol library makes sessions for old clients and lets anybody with the id use them. Here each is bound
//! to the caller that opened it: for everybody else it does not exist.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use super::reach::Asked;
use rmcp::transport::streamable_http_server::session::{
    SessionManager,
    local::{LocalSessionManager, SessionConfig},
};

/// How many sessions one caller may have. Clients that reconnect without saying goodbye leave some behind, so
/// the one that was quiet for longest makes room.
const MOST: usize = 64;
/// How long a session may be quiet.
const IDLE: Duration = Duration::from_secs(30 * 60);

/// The sessions of old clients.
pub(super) struct Sessions {
    pub(super) manager: Arc<LocalSessionManager>,
    holders: Mutex<HashMap<String, Holder>>,
}

struct Holder {
    caller: String,
    /// What the session does without, since it was opened that way.
    asked: Asked,
    used: Instant,
}

impl Sessions {
    pub(super) fn new() -> Self {
        let mut config = SessionConfig::default();
        config.keep_alive = Some(IDLE);
        let mut manager = LocalSessionManager::default();
        manager.session_config = config;
        Self { manager: Arc::new(manager), holders: Mutex::default() }
    }

    /// What the session does without, if it is this caller's. Marks it as used.
    pub(super) fn held_by(&self, id: &str, caller: &str) -> Option<Asked> {
        let mut holders = self.holders();
        let holder = holders.get_mut(id).filter(|holder| holder.caller == caller)?;
        holder.used = Instant::now();
        Some(holder.asked.clone())
    }

    /// Binds a new session to its caller, and closes the caller's quietest one if there are too many.
    pub(super) async fn bind(&self, id: &str, caller: &str, asked: Asked) {
        let alive: Vec<String> = self.manager.sessions.read().await.keys().map(|id| id.to_string()).collect();
        let closing = self.insert(id, caller, asked, &alive);
        if let Some(quietest) = closing {
            // A session that is gone already needs no closing.
            let _ = self.manager.close_session(&quietest.into()).await;
        }
    }

    /// Forgets a session that its caller has ended.
    pub(super) fn forget(&self, id: &str) {
        self.holders().remove(id);
    }

    fn insert(&self, id: &str, caller: &str, asked: Asked, alive: &[String]) -> Option<String> {
        let mut holders = self.holders();
        holders.retain(|id, _| alive.contains(id));
        let own = || holders.iter().filter(|(_, holder)| holder.caller == caller);
        let quietest = own().min_by_key(|(_, holder)| holder.used).map(|(id, _)| id.clone());
        let closing = quietest.filter(|_| own().count() >= MOST);
        if let Some(id) = &closing {
            holders.remove(id);
        }
        holders.insert(id.to_owned(), Holder { caller: caller.to_owned(), asked, used: Instant::now() });
        closing
    }

    fn holders(&self) -> MutexGuard<'_, HashMap<String, Holder>> {
        self.holders.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(sessions: &Sessions, id: &str, caller: &str) -> bool {
        sessions.held_by(id, caller).is_some()
    }

    #[test]
    fn a_session_exists_only_for_the_caller_that_opened_it() {
        let sessions = Sessions::new();
        sessions.insert("s", "anna", Asked::default(), &[]);
        assert!(held(&sessions, "s", "anna"));
        assert!(!held(&sessions, "s", "boris") && !held(&sessions, "t", "anna"));
    }

    #[test]
    fn the_quietest_session_of_a_caller_makes_room_and_other_callers_lose_nothing() {
        let sessions = Sessions::new();
        let ids: Vec<String> = (0..MOST).map(|n| format!("anna-{n}")).chain(["boris".into()]).collect();
        sessions.insert("boris", "boris", Asked::default(), &ids);
        for id in &ids[..MOST] {
            assert_eq!(sessions.insert(id, "anna", Asked::default(), &ids), None);
        }
        held(&sessions, "anna-0", "anna");
        assert_eq!(sessions.insert("one-more", "anna", Asked::default(), &ids), Some("anna-1".into()));
        assert!(held(&sessions, "boris", "boris") && held(&sessions, "anna-0", "anna"));
    }

    #[test]
    fn sessions_that_ended_by_themselves_are_forgotten() {
        let sessions = Sessions::new();
        sessions.insert("old", "anna", Asked::default(), &[]);
        sessions.insert("new", "anna", Asked::default(), &["new".into()]);
        assert!(!held(&sessions, "old", "anna"));
    }
}
