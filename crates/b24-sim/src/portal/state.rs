//! What all requests share. Every lock is taken here, and for no longer than one look or one method.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::Notify;

use crate::limits::{Ledger, Level, Spent};
use crate::settings::{Language, OperatingCharge, StartMinusOne};
use crate::traffic::Traffic;
use crate::webhook::Webhook;
use crate::wire::idempotency::Replays;
use crate::world::World;
use crate::{Clock, Faults, Limits};

/// What all requests share.
pub(crate) struct State {
    pub(super) world: Mutex<World>,
    pub(super) webhooks: Mutex<Vec<Arc<Webhook>>>,
    pub(super) meters: Mutex<Meters>,
    pub(super) replays: Mutex<Replays>,
    pub(super) limits: Limits,
    /// Charged for a call in place of what the limits say.
    pub(super) method_charge: Option<Duration>,
    /// Rung after every method that may have changed the world.
    pub(super) changed: Notify,
    pub(crate) admin_token: String,
    pub(crate) faults: Faults,
    pub(crate) traffic: Traffic,
    pub(crate) clock: Clock,
    pub(crate) zone: TimeZone,
    pub(crate) language: Language,
    pub(crate) start_minus_one: StartMinusOne,
    pub(crate) operating_charge: OperatingCharge,
}

/// What was counted against the limits. Forgotten at a restart, as a portal's caches are.
#[derive(Default)]
pub(super) struct Meters {
    level: Level,
    ledger: Ledger,
}

impl State {
    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn replays(&self) -> MutexGuard<'_, Replays> {
        self.replays.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn meters(&self) -> MutexGuard<'_, Meters> {
        self.meters.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn webhooks(&self) -> MutexGuard<'_, Vec<Arc<Webhook>>> {
        self.webhooks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The webhook that answers to the pair of an address, with its place in the list.
    pub(crate) fn webhook(&self, user: u64, secret: &str) -> Option<(usize, Arc<Webhook>)> {
        let hooks = self.webhooks();
        let at = hooks.iter().position(|hook| hook.answers_to(user, secret))?;
        Some((at, Arc::clone(&hooks[at])))
    }

    /// Says that the world may have changed.
    pub(crate) fn touch(&self) {
        self.changed.notify_one();
    }

    /// Counts a request in the bucket; false when it does not fit.
    pub(crate) fn admit_request(&self, now: Timestamp) -> bool {
        self.limits.bucket.is_none_or(|bucket| self.meters().level.admit(bucket, now))
    }

    /// Whether `method` has already spent more than it may.
    pub(crate) fn over_operating(&self, webhook: usize, method: &str, now: Timestamp) -> bool {
        self.limits.operating.is_some_and(|operating| {
            self.meters().ledger.spent(webhook, method, now).seconds > operating.limit.as_secs_f64()
        })
    }

    /// Charges one call to `method` and returns the new sum.
    pub(crate) fn charge(&self, webhook: usize, method: &str, now: Timestamp) -> Spent {
        let mut meters = self.meters();
        let usual = self.limits.operating.map(|operating| operating.charge);
        if let Some(cost) = self.method_charge.or(usual) {
            meters.ledger.charge(webhook, method, cost, now);
        }
        meters.ledger.spent(webhook, method, now)
    }

    /// What `method` has spent.
    pub(crate) fn spent(&self, webhook: usize, method: &str, now: Timestamp) -> Spent {
        self.meters().ledger.spent(webhook, method, now)
    }
}
