//! Reading and writing moments as the portal does: in its own zone, whatever offset came in.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};

use crate::settings::Language;

/// ISO 8601 with the portal's offset and whole seconds: `2026-05-14T10:26:32+03:00`.
pub(crate) fn iso(moment: Timestamp, zone: &TimeZone) -> String {
    zoned(moment, zone).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// `2026-05-14 10:26:32` in the portal's zone.
pub(crate) fn plain(moment: Timestamp, zone: &TimeZone) -> String {
    zoned(moment, zone).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// In the format of the portal, which few families use: `14.05.2026 10:26:32`, in English `05/14/2026 10:26:32`.
pub(crate) fn portal(moment: Timestamp, zone: &TimeZone, language: Language) -> String {
    let form = match language {
        Language::En => "%m/%d/%Y %H:%M:%S",
        Language::Ru => "%d.%m.%Y %H:%M:%S",
    };
    zoned(moment, zone).strftime(form).to_string()
}

fn zoned(moment: Timestamp, zone: &TimeZone) -> Zoned {
    moment.to_zoned(zone.clone())
}

/// Reads the documented forms: a date, a date with a time, ISO 8601 with an offset, and the portal's own
/// `31.12.2026 18:00:00` or `12/31/2026 06:00:00 pm`. A form without an offset is read in the portal's zone. Seconds are kept, fractions not.
pub(crate) fn parse(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    let text = text.trim();
    let moment = with_offset(text).or_else(|| without_offset(text, zone))?;
    Timestamp::from_second(moment.as_second()).ok()
}

fn with_offset(text: &str) -> Option<Timestamp> {
    text.parse::<Timestamp>().ok()
}

fn without_offset(text: &str, zone: &TimeZone) -> Option<Timestamp> {
    const FORMS: [&str; 10] = [
        "%Y-%m-%dT%H:%M:%S",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M",
        "%d.%m.%Y %H:%M:%S",
        "%d.%m.%Y %H:%M",
        "%m/%d/%Y %I:%M:%S %p",
        "%m/%d/%Y %I:%M %p",
        "%m/%d/%Y %H:%M:%S",
        "%m/%d/%Y %H:%M",
    ];
    let civil = FORMS
        .iter()
        .find_map(|form| DateTime::strptime(form, text).ok())
        .or_else(|| ["%Y-%m-%d", "%d.%m.%Y", "%m/%d/%Y"].iter().find_map(|form| day(form, text)))?;
    civil.to_zoned(zone.clone()).ok().map(|zoned| zoned.timestamp())
}

fn day(form: &str, text: &str) -> Option<DateTime> {
    jiff::civil::Date::strptime(form, text).ok().map(|date| date.at(0, 0, 0, 0))
}
