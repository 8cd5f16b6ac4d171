//! Operating time: ten one-minute baskets for each method and webhook. A basket falls out ten minutes after
//! the first call it holds.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

const WINDOW: SignedDuration = SignedDuration::from_mins(10);

/// What was spent, by webhook and method.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    books: HashMap<(usize, String), VecDeque<Basket>>,
}

#[derive(Debug)]
struct Basket {
    minute: i64,
    opened: Timestamp,
    spent: Duration,
}

/// The sum of a method, and when its oldest basket falls out.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Spent {
    pub(crate) seconds: f64,
    pub(crate) reset_at: i64,
}

impl Ledger {
    /// What `method` has spent for `webhook`, old baskets excluded.
    pub(crate) fn spent(&mut self, webhook: usize, method: &str, now: Timestamp) -> Spent {
        let key = (webhook, method.to_owned());
        let Some(book) = self.books.get_mut(&key) else {
            return Spent { seconds: 0.0, reset_at: (now + WINDOW).as_second() };
        };
        book.retain(|basket| basket.opened + WINDOW > now);
        let reset_at = book.front().map_or(now, |basket| basket.opened) + WINDOW;
        let sum: Duration = book.iter().map(|basket| basket.spent).sum();
        if book.is_empty() {
            self.books.remove(&key);
        }
        Spent { seconds: sum.as_secs_f64(), reset_at: reset_at.as_second() }
    }

    /// Adds the cost of a call that began at `now`.
    pub(crate) fn charge(&mut self, webhook: usize, method: &str, cost: Duration, now: Timestamp) {
        let book = self.books.entry((webhook, method.to_owned())).or_default();
        let minute = now.as_second().div_euclid(60);
        match book.back_mut() {
            Some(basket) if basket.minute == minute => basket.spent += cost,
            _ => book.push_back(Basket { minute, opened: now, spent: cost }),
        }
    }
}
