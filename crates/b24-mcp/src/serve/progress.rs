//! Progress of a call, on its way to the client that asked for it.

use std::{sync::Arc, time::Duration};

use b24_tools::{Progress, Untold};
use rmcp::{
    Peer, RoleServer,
    model::{ProgressNotificationParam, ProgressToken},
};
use tokio::sync::mpsc;

/// How long a client may take to take a notification. It is a courtesy: the answer must not wait for it.
const COURTESY: Duration = Duration::from_secs(5);

/// Where a call tells how far it is.
struct Teller(mpsc::UnboundedSender<(usize, usize)>);

impl Progress for Teller {
    fn tell(&self, done: usize, total: usize) {
        // Nobody listens any more when the client has gone.
        let _ = self.0.send((done, total));
    }
}

/// Passes on what a call tells, while the call is waited for.
pub(super) struct Messenger {
    told: mpsc::UnboundedReceiver<(usize, usize)>,
    to: Option<(ProgressToken, Peer<RoleServer>)>,
}

/// Both ends. Without a token nobody asked, and nothing is told.
pub(super) fn line(token: Option<ProgressToken>, peer: Peer<RoleServer>) -> (Arc<dyn Progress>, Messenger) {
    let (teller, told) = mpsc::unbounded_channel();
    match token {
        Some(token) => (Arc::new(Teller(teller)), Messenger { told, to: Some((token, peer)) }),
        None => (Arc::new(Untold), Messenger { told, to: None }),
    }
}

impl Messenger {
    /// Waits for the call, and passes on what it tells meanwhile.
    pub(super) async fn accompany<T>(mut self, call: impl Future<Output = T>) -> T {
        let mut call = std::pin::pin!(call);
        loop {
            tokio::select! {
                biased;
                Some(told) = self.told.recv(), if self.to.is_some() => self.pass(told).await,
                answer = &mut call => return answer,
            }
        }
    }

    async fn pass(&mut self, (done, total): (usize, usize)) {
        let Some((token, peer)) = &self.to else { return };
        #[expect(clippy::cast_precision_loss, reason = "nobody has that many records")]
        let told = ProgressNotificationParam::new(token.clone(), done as f64)
            .with_total(total as f64)
            .with_message(format!("{done} of {total}"));
        let sent = tokio::time::timeout(COURTESY, peer.notify_progress(told)).await;
        if !matches!(sent, Ok(Ok(()))) {
            self.to = None;
        }
    }
}
