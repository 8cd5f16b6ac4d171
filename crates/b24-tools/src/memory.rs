//! What is worth remembering of a portal between calls: its working week, its custom fields.
//!
//! Facts that everybody in the company may see, so that all who work in one portal share one memory. They are believed
//! for a while and asked for again; the time comes in with each call.

use std::sync::{Arc, Mutex, PoisonError};

use b24_model::Workweek;
use jiff::{SignedDuration, Timestamp};

use crate::directory::fields::CustomField;

/// The memory of one portal. Empty at first; holds no secret, and nothing of a person.
#[derive(Default)]
pub struct Memory {
    pub(crate) workweek: Remembered<Workweek>,
    pub(crate) fields: Remembered<Arc<[CustomField]>>,
}

impl std::fmt::Debug for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Memory")
    }
}

/// One thing, and until when it is believed.
pub(crate) struct Remembered<T>(Mutex<Option<(T, Timestamp, SignedDuration)>>);

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T: Clone> Remembered<T> {
    /// What is known at `now`. Clocks that were set back forget, too.
    pub(crate) fn at(&self, now: Timestamp) -> Option<T> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (thing, since, long) = known.as_ref()?;
        let age = now.duration_since(*since);
        (age >= SignedDuration::ZERO && age < *long).then(|| thing.clone())
    }

    /// What was learnt within the last `long`: too new to be asked for again.
    pub(crate) fn within(&self, long: SignedDuration, now: Timestamp) -> Option<T> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (thing, since, _) = known.as_ref()?;
        let age = now.duration_since(*since);
        (age >= SignedDuration::ZERO && age < long).then(|| thing.clone())
    }

    /// Believes `thing` from `now` on, for `long`.
    pub(crate) fn keep(&self, thing: T, now: Timestamp, long: SignedDuration) -> T {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((thing.clone(), now, long));
        thing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_believed_for_a_while_and_not_by_a_clock_that_went_back() {
        let at = |second: i64| Timestamp::from_second(1_000_000 + second).expect("a time");
        let known = Remembered::default();
        assert_eq!(known.at(at(0)), None);
        known.keep("nine to six", at(0), SignedDuration::from_secs(60));
        let there = Some("nine to six");
        assert_eq!([0, 59, 60, -1].map(|second| known.at(at(second))), [there, there, None, None]);
        let long = SignedDuration::from_secs(5);
        assert_eq!([4, 5, -1].map(|second| known.within(long, at(second))), [there, None, None]);
    }
}
