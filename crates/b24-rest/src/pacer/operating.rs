//! Running time: how many seconds each method ran within ten minutes, as the portal itself counts.
//!
//! The sources disagree whether a batch is charged to `batch` or to its commands, so both books are kept: what the
//! portal says about either is remembered under that name. Source: the REST documentation, "Limits".

use std::{collections::HashMap, time::Duration};

use crate::Timing;

/// Above this share of the limit, calls are spread out.
const CALM: f64 = 0.8;
/// The longest pause that spreading adds.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// Used when the portal does not say when the oldest minute is forgotten: the whole window.
const WINDOW: Duration = Duration::from_secs(600);

/// The books of all methods of one credential.
#[derive(Debug)]
pub(crate) struct Operating {
    limit: f64,
    books: HashMap<&'static str, Book>,
}

#[derive(Clone, Copy, Debug)]
struct Book {
    /// Seconds, as last told.
    used: f64,
    /// When the oldest minute of them is forgotten. Nothing is known after that moment.
    until: Duration,
}

impl Operating {
    pub(crate) fn new(limit: f64) -> Self {
        Self { limit, books: HashMap::new() }
    }

    /// How long `method` has to wait: not at all while it is well below the limit, a little when it comes near,
    /// and until the oldest minute is forgotten when it is used up.
    pub(crate) fn wait(&self, now: Duration, method: &str) -> Duration {
        let Some(book) = self.books.get(method).filter(|book| book.until > now) else {
            return Duration::ZERO;
        };
        let left = book.until - now;
        let share = self.share(now, book);
        if share >= 1.0 {
            left
        } else if share > CALM {
            LONGEST_PAUSE.mul_f64((share - CALM) / (1.0 - CALM)).min(left)
        } else {
            Duration::ZERO
        }
    }

    /// How much of its running time each method has used, as far as the portal told: 0 to 1, or a little above.
    pub(crate) fn shares(&self, now: Duration) -> impl Iterator<Item = (&'static str, f64)> {
        self.books.iter().map(move |(method, book)| (*method, self.share(now, book)))
    }

    fn share(&self, now: Duration, book: &Book) -> f64 {
        if book.until > now { book.used / self.limit } else { 0.0 }
    }

    /// What the portal says about `method`. A book without a sum says nothing.
    pub(crate) fn learn(&mut self, now: Duration, method: &'static str, timing: &Timing) {
        if let Some(used) = timing.operating {
            let until = now + timing.resets_in().unwrap_or(WINDOW);
            self.books.insert(method, Book { used, until });
        }
    }

    /// The portal refused `method`, so the limit is reached, whatever we believed. Says how long that lasts, if an
    /// earlier answer told.
    pub(crate) fn is_used_up(&mut self, now: Duration, method: &'static str) -> Option<Duration> {
        let book = self.books.get_mut(method).filter(|book| book.until > now)?;
        book.used = book.used.max(self.limit);
        Some(book.until - now)
    }
}
