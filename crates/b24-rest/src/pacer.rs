//! When may this portal be called again?
//!
//! It holds two budgets: the bucket of requests that the portal keeps for an egress address, and the running time
//! that it keeps for each method of a credential. It never sleeps and never reads a clock: it is told the time, as
//! a duration since any fixed moment, and answers with a wait. One [`Portal`](crate::Portal) has one pacer; sharing
//! the bucket between portals with the same egress address, and between processes, comes from outside later.

mod bucket;
mod operating;

use std::time::Duration;

use bucket::Bucket;
use operating::Operating;

use crate::{Limits, Timing};

/// Both budgets of one portal.
#[derive(Debug)]
pub(crate) struct Pacer {
    bucket: Bucket,
    operating: Operating,
}

/// Which budget has no room before the caller's patience ends, and when it will.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Held {
    /// That of requests.
    Requests(Duration),
    /// The running time of a method.
    RunningTime(Duration),
}

impl Pacer {
    pub(crate) fn new(limits: Limits) -> Self {
        Self { bucket: Bucket::new(limits), operating: Operating::new(limits.operating_seconds) }
    }

    /// Books one request that runs `methods`, and says how long it has to wait from `now`.
    ///
    /// Books nothing when the wait would be longer than `patience`.
    pub(crate) fn admit(
        &mut self,
        now: Duration,
        methods: &[&'static str],
        patience: Duration,
    ) -> Result<Duration, Held> {
        let wait = methods.iter().map(|method| self.operating.wait(now, method)).max().unwrap_or_default();
        if wait > patience {
            return Err(Held::RunningTime(wait));
        }
        let more =
            self.bucket.take(now + wait, patience - wait).map_err(|more| Held::Requests(wait + more))?;
        Ok(wait + more)
    }

    /// How long `method` has to wait for its running time.
    pub(crate) fn running_time(&self, now: Duration, method: &str) -> Duration {
        self.operating.wait(now, method)
    }

    /// How many requests may go out at `now` without waiting. `None` when there is no limit.
    pub(crate) fn room(&self, now: Duration) -> Option<u32> {
        self.bucket.room(now)
    }

    /// How much of its running time each method has used: 0 to 1, or a little above.
    pub(crate) fn shares(&self, now: Duration) -> impl Iterator<Item = (&'static str, f64)> {
        self.operating.shares(now)
    }

    /// The portal said that its bucket is full.
    pub(crate) fn turned_away(&mut self, now: Duration) {
        self.bucket.is_full(now);
    }

    /// The portal said that `method` has used up its running time. Says when it is free again, if that is known.
    pub(crate) fn overtime(&mut self, now: Duration, method: &'static str) -> Option<Duration> {
        self.operating.is_used_up(now, method)
    }

    /// The portal said what `method` has cost so far.
    pub(crate) fn learn(&mut self, now: Duration, method: &'static str, timing: &Timing) {
        self.operating.learn(now, method, timing);
    }
}

#[cfg(test)]
mod tests;
