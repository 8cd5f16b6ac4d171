//! What the portal takes for the present. The only place of the crate that asks the machine for the time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// The present: the machine's, perhaps set forward, or one that moves only when told to. Clones share one clock.
#[derive(Clone, Debug)]
pub struct Clock(Kind);

#[derive(Clone, Debug)]
enum Kind {
    /// How far ahead of the machine it is.
    Real(Arc<Mutex<SignedDuration>>),
    Told(Arc<Mutex<Timestamp>>),
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn real() -> Self {
        Self(Kind::Real(Arc::default()))
    }

    /// A clock that stands at `start` until [`Clock::advance`] moves it.
    #[must_use]
    pub fn told(start: Timestamp) -> Self {
        Self(Kind::Told(Arc::new(Mutex::new(start))))
    }

    /// The present.
    #[must_use]
    #[allow(clippy::disallowed_methods, reason = "this is the one place that reads the wall clock")]
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Kind::Real(ahead) => {
                let ahead = *ahead.lock().unwrap_or_else(PoisonError::into_inner);
                let now = Timestamp::now();
                now.saturating_add(ahead).unwrap_or(now)
            }
            Kind::Told(moment) => *moment.lock().unwrap_or_else(PoisonError::into_inner),
        }
    }

    /// Moves the clock forward. The machine's goes on from there.
    pub fn advance(&self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::ZERO);
        match &self.0 {
            Kind::Real(ahead) => {
                let mut ahead = ahead.lock().unwrap_or_else(PoisonError::into_inner);
                *ahead = ahead.saturating_add(by);
            }
            Kind::Told(moment) => {
                let mut moment = moment.lock().unwrap_or_else(PoisonError::into_inner);
                *moment = moment.saturating_add(by).unwrap_or(*moment);
            }
        }
    }
}
