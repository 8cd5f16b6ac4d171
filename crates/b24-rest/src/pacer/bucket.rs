//! The bucket of requests: each one fills it by one, and it drains at a steady rate; above the brim the portal says
//! 503. Source: the REST documentation, "Limits".
//!
//! It is kept as one moment: the one at which the bucket will be empty. A request moves it on by the time that one
//! request takes to drain. (The same arithmetic is known as the generic cell rate algorithm.)

use std::time::Duration;

use crate::Limits;

/// The bucket, as we believe it to be.
#[derive(Debug)]
pub(crate) struct Bucket {
    /// How long one request takes to drain.
    drain: Duration,
    /// How long a full bucket takes to drain.
    brim: Duration,
    /// When the bucket will be empty.
    empty_at: Duration,
}

impl Bucket {
    /// A bucket that somebody else may have filled a moment ago, so that only `limits.first` requests fit.
    pub(crate) fn new(limits: Limits) -> Self {
        let rate = limits.per_second.max(0.001);
        let drain = if rate.is_finite() { Duration::from_secs_f64(1.0 / rate) } else { Duration::ZERO };
        let burst = limits.burst.max(1);
        let taken = burst - limits.first.clamp(1, burst);
        Self { drain, brim: drain.saturating_mul(burst), empty_at: drain.saturating_mul(taken) }
    }

    /// Takes room for one request and says how long it has to wait from `now`; or, when that is longer than
    /// `patience`, takes nothing and says how long it would be.
    pub(crate) fn take(&mut self, now: Duration, patience: Duration) -> Result<Duration, Duration> {
        let filled = self.empty_at.max(now).saturating_add(self.drain);
        let wait = filled.saturating_sub(self.brim).saturating_sub(now);
        if wait > patience {
            return Err(wait);
        }
        self.empty_at = filled;
        Ok(wait)
    }

    /// How many requests may go out at `now` without waiting. `None` when there is no limit.
    pub(crate) fn room(&self, now: Duration) -> Option<u32> {
        let free = self.brim.saturating_sub(self.empty_at.saturating_sub(now));
        let room = free.as_nanos().checked_div(self.drain.as_nanos())?;
        u32::try_from(room).ok()
    }

    /// The portal turned a request away: the bucket is full, whatever we believed.
    pub(crate) fn is_full(&mut self, now: Duration) {
        self.empty_at = self.empty_at.max(now.saturating_add(self.brim));
    }
}
