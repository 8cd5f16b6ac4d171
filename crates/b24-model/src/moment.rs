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
//! is refused too, with the ways to say it exactly; so is a day that a zone never had. This file reads no clock:
//! `now` comes in.

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
    /// The zone went over that whole day, as those on the date line did once.
    #[error("there is no {day} in {zone}: the calendar goes over it")]
    NoSuchDay {
        /// The day.
        day: String,
        /// The zone in which it was read.
        zone: String,
    },
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
    /// A day that the zone skipped whole is refused.
    pub fn at(&self, time: civil::Time) -> Result<Zoned, Unread> {
        self.on_the_day(|date, zone| zone.to_ambiguous_zoned(date.to_datetime(time)).compatible())
    }

    /// The instant, or the first of the day. Where the clocks go forward over midnight, the day begins later.
    pub fn first(&self) -> Result<Zoned, Unread> {
        self.on_the_day(|date, zone| date.to_zoned(zone.clone())?.start_of_day())
    }

    /// The instant, or the last whole second of the day. Where the clocks go back over midnight, it is the later of
    /// the two.
    pub fn last(&self) -> Result<Zoned, Unread> {
        let second = civil::time(23, 59, 59, 0);
        self.on_the_day(|date, zone| {
            let last = zone.to_ambiguous_zoned(date.to_datetime(second));
            // A gap over the last second ends on the next day: the side before it is still this day.
            if last.is_ambiguous() && last.clone().later()?.date() != date {
                last.earlier()
            } else {
                last.later()
            }
        })
    }

    fn on_the_day(
        &self,
        instant: impl FnOnce(civil::Date, &jiff::tz::TimeZone) -> Result<Zoned, jiff::Error>,
    ) -> Result<Zoned, Unread> {
        match self {
            Self::At(zoned) => Ok(zoned.clone()),
            Self::Day { date, zone } => match instant(*date, zone) {
                Ok(zoned) if zoned.date() == *date => Ok(zoned),
                Ok(_) => Err(Unread::NoSuchDay { day: date.to_string(), zone: name(zone) }),
                Err(_) => Err(Unread::NoSuchTime(date.to_string())),
            },
        }
    }
}

/// The name of a zone, as errors say it.
fn name(zone: &jiff::tz::TimeZone) -> String {
    zone.iana_name().unwrap_or("this time zone").to_owned()
}

/// Writes an instant as the REST API reads it: ISO 8601 to the second, with offset.
pub fn to_wire(zoned: &Zoned) -> String {
    zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}
