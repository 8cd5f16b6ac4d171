//! Five in an hour that slides, for each sender. Told the time; forgets when the process ends.

use std::{
    collections::VecDeque,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use jiff::Timestamp;

/// How many in an hour.
const MOST: usize = 5;
const HOUR: Duration = Duration::from_secs(3600);
/// How many senders are remembered. The one that was not seen for longest is forgotten first.
const SENDERS: usize = 200;

/// What was handed in lately, by sender; who came last stands last.
#[derive(Default)]
pub(super) struct Quota(Mutex<VecDeque<(String, VecDeque<Timestamp>)>>);

impl Quota {
    /// Counts one more, or says how long to wait.
    pub(super) fn take(&self, sender: &str, now: Timestamp) -> Result<(), Duration> {
        let mut senders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = senders.iter().position(|(known, _)| known == sender);
        let (name, mut times) = place
            .and_then(|place| senders.remove(place))
            .unwrap_or_else(|| (sender.to_owned(), VecDeque::new()));
        let age = |then: &Timestamp| Duration::try_from(now.duration_since(*then)).unwrap_or_default();
        times.retain(|then| age(then) < HOUR);
        let wait = (times.len() >= MOST).then(|| times.front().map(|first| HOUR - age(first))).flatten();
        if wait.is_none() {
            times.push_back(now);
        }
        senders.push_back((name, times));
        if senders.len() > SENDERS {
            senders.pop_front();
        }
        wait.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).expect("a moment")
    }

    #[test]
    fn five_in_an_hour_that_slides_and_everybody_has_their_own() {
        let quota = Quota::default();
        for minute in 0..5 {
            assert_eq!(quota.take("a", at(minute * 60)), Ok(()));
        }
        assert_eq!(quota.take("a", at(300)), Err(Duration::from_secs(3300)));
        assert_eq!(quota.take("b", at(300)), Ok(()));
        assert_eq!(quota.take("a", at(3599)), Err(Duration::from_secs(1)));
        assert_eq!(quota.take("a", at(3600)), Ok(()));
        assert_eq!(quota.take("a", at(3600)), Err(Duration::from_secs(60)));
    }

    #[test]
    fn a_clock_that_was_set_back_lets_nobody_through() {
        let quota = Quota::default();
        for _ in 0..5 {
            assert_eq!(quota.take("a", at(7200)), Ok(()));
        }
        assert_eq!(quota.take("a", at(0)), Err(HOUR));
    }

    #[test]
    fn senders_that_were_not_seen_for_long_are_forgotten() {
        let quota = Quota::default();
        for _ in 0..5 {
            assert_eq!(quota.take("first", at(0)), Ok(()));
        }
        for sender in 0..SENDERS {
            assert_eq!(quota.take(&sender.to_string(), at(1)), Ok(()));
        }
        assert_eq!(quota.take("first", at(2)), Ok(()));
    }
}
