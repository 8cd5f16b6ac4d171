//! The leaky bucket. It drains in whole seconds, as documented ("once per second").

use jiff::Timestamp;

use super::Bucket;

/// The level of one portal's bucket.
#[derive(Debug, Default)]
pub(crate) struct Level {
    requests: u32,
    drained_to: Option<Timestamp>,
}

impl Level {
    /// Whether one more request fits at `now`; it is counted only when it does, so that a client that keeps
    /// knocking is let in again at the drain rate.
    pub(crate) fn admit(&mut self, bucket: Bucket, now: Timestamp) -> bool {
        self.drain(bucket, now);
        if self.requests >= bucket.threshold {
            return false;
        }
        self.requests += 1;
        true
    }

    fn drain(&mut self, bucket: Bucket, now: Timestamp) {
        let since = *self.drained_to.get_or_insert(now);
        let seconds = now.duration_since(since).as_secs().max(0);
        let seconds = u32::try_from(seconds).unwrap_or(u32::MAX);
        self.requests = self.requests.saturating_sub(seconds.saturating_mul(bucket.drain));
        let whole = jiff::SignedDuration::from_secs(i64::from(seconds));
        self.drained_to = Some(since.saturating_add(whole).unwrap_or(now));
        if self.requests == 0 {
            self.drained_to = Some(now);
        }
    }
}
