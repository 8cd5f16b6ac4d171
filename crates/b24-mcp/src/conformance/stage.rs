//! What fixtures remember between two requests: who listens for changes, and the key of what passes through clients.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use rmcp::{
    model::RequestStateCodec,
    service::{SubscriptionContext, SubscriptionSink},
    task_manager::TaskManager,
};

/// Shared by all sessions and requests.
pub(super) struct Stage {
    pub(super) state: RequestStateCodec,
    pub(super) tasks: TaskManager,
    listeners: Mutex<BTreeMap<u64, SubscriptionSink>>,
    next: AtomicU64,
}

impl Stage {
    pub(super) fn new() -> Self {
        let mut key = vec![0; 32];
        getrandom::fill(&mut key).expect("this machine has randomness, or no test on it means anything");
        Self {
            state: RequestStateCodec::try_new(key).expect("32 bytes are enough"),
            tasks: TaskManager::new(),
            listeners: Mutex::default(),
            next: AtomicU64::default(),
        }
    }

    /// Keeps a subscription until its client goes away.
    pub(super) async fn listen(&self, subscription: SubscriptionContext) {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        self.lock().insert(id, subscription.sink().clone());
        subscription.cancelled().await;
        self.lock().remove(&id);
    }

    /// Everybody who listens now.
    pub(super) fn listeners(&self) -> Vec<SubscriptionSink> {
        self.lock().values().cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, SubscriptionSink>> {
        self.listeners.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
