//! Moments: what people say about time, read in a time zone by a closed grammar.
//!
//! | said | read as |
//! |---|---|
//! | `2026-12-01T18:00:00+03:00`, `…Z` (RFC 3339) | that instant |
//! | `2026-12-01T18:00`, `2026-12-01 18:00:30` | local time |
//! | `2026-12-01` | that day |
//! | `today`, `tomorrow`, `yesterday`, each also with a time: `tomorrow 18:00` | that day |
//! | `monday` … `sunday` (or `mon` … `sun`), also with a time | the next such day, never today |
//! | `+3d`, `+2w`, `-1d`, also with a time | that many days or weeks from today |
//! | `+4h`, `+30min` | that long from now |
//!
//! Anything else is refused: a moment is never guessed. A local time that a clock change skips or repeats
//! is refused too, with the ways to say it exactly. This file reads no clock: `now` comes in.

mod read;

use jiff::{Zoned, civil};

/// A moment that somebody said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moment {
    /// An exact instant, with the zone it was read in.
    At(Zoned),
    /// A whole day: what "by Friday" means is for the caller to say.
    Day {
        /// The day.
        date: civil::Date,
        /// The zone whose day it is.
        zone: jiff::tz::TimeZone,
    },
}

/// Why a text is not a moment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unread {
    /// The grammar has no such form.
    #[error("`{0}` is not a date this server reads")]
    Form(String),
    /// The form is right, the day or time does not exist (`2026-02-30`, `25:00`).
    #[error("`{0}` names a day or a time that does not exist")]
    NoSuchTime(String),
    /// The clocks were put forward over it.
    #[error("`{said}` does not exist in {zone}: the clocks go forward over it")]
    Skipped {
        /// What was said.
        said: String,
        /// The zone in which it was read.
        zone: String,
    },
    /// The clocks were put back over it.
    #[error("`{said}` happens twice in {zone}: say {first} or {second}")]
    Twice {
        /// What was said.
        said: String,
        /// The zone in which it was read.
        zone: String,
        /// The earlier of the two, in RFC 3339.
        first: String,
        /// The later of the two, in RFC 3339.
        second: String,
    },
}

/// Examples to show with a refusal.
pub const EXAMPLES: &str = "2026-12-01T18:00:00+03:00, 2026-12-01 18:00, 2026-12-01, today, tomorrow 18:00, friday, +3d, +2w 12:00, +4h";

impl Moment {
    /// Reads `text` as said at `now`, in the zone of `now`.
    pub fn read(text: &str, now: &Zoned) -> Result<Self, Unread> {
        read::moment(text, now)
    }

    /// The instant, taking a whole day as `time` on that day.
    ///
    /// A clock change on that very minute is resolved as RFC 5545 does: the earlier of two, the later side of a gap.
    pub fn at(&self, time: civil::Time) -> Result<Zoned, Unread> {
        match self {
            Self::At(zoned) => Ok(zoned.clone()),
            Self::Day { date, zone } => zone
                .to_ambiguous_zoned(date.to_datetime(time))
                .compatible()
                .map_err(|_| Unread::NoSuchTime(date.to_string())),
        }
    }
}

/// Writes an instant as the REST API reads it: ISO 8601 to the second, with offset.
pub fn to_wire(zoned: &Zoned) -> String {
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
