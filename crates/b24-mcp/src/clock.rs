//! The one place where the wall clock is read. Everybody else is told the time.

use jiff::Timestamp;

/// The moment at which it is asked.
#[expect(clippy::disallowed_methods, reason = "the one place of this program that reads the wall clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}
