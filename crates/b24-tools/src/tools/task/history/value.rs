//! Values of a history for people: names, words, local times. The portal writes bare numbers.

use b24_rest::wire;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::Value;

use super::Kind;
use crate::{directory::show::Names, input::shorten, record::task::status_word};

/// The longest text that is told: a history is no place for whole descriptions.
const LONGEST: usize = 300;

/// The ids in a value of people: `7`, or `5,7`.
pub(super) fn ids(value: &Value) -> Vec<u64> {
    let text = wire::text(value).unwrap_or_default();
    text.split(',').filter_map(|id| id.trim().parse().ok()).filter(|id| *id > 0).collect()
}

/// A value as people read it; `None` when there was none.
pub(super) fn told(kind: Kind, value: &Value, names: &Names, zone: &TimeZone) -> Option<String> {
    let text = wire::text(value)?;
    let number = || text.trim().parse::<i64>().ok();
    let told = match kind {
        Kind::People => {
            let people = ids(value);
            let name = |id: &u64| {
                names.get(&id.to_string()).map_or_else(|| id.to_string(), |name| format!("{name} ({id})"))
            };
            match people.as_slice() {
                [] => return None,
                people => people.iter().map(name).collect::<Vec<_>>().join(", "),
            }
        }
        Kind::Date => date(&text, zone).unwrap_or(text),
        Kind::Seconds => number().map_or(text, |seconds| format!("{seconds} s")),
        // Meta statuses come here too: -1 overdue, -2 not seen, -3 almost overdue.
        Kind::Status => match number() {
            Some(status @ 1..=7) => status_word(status).to_owned(),
            _ => text,
        },
        Kind::Priority => match number() {
            Some(0) => "low".into(),
            Some(1) => "medium".into(),
            Some(2) => "high".into(),
            _ => text,
        },
        Kind::Mark => match text.as_str() {
            "P" => "positive".into(),
            "N" => "negative".into(),
            _ => return None,
        },
        Kind::Flag => match wire::yes(value) {
            Some(true) => "yes".into(),
            Some(false) => "no".into(),
            None => text,
        },
        Kind::Text => text,
    };
    Some(shorten(&told, LONGEST))
}

/// Seconds since 1970, or ISO 8601: the documents do not say which. `0` is no date.
pub(super) fn date(text: &str, zone: &TimeZone) -> Option<String> {
    let at = match text.parse::<i64>() {
        Ok(0) => return Some("none".into()),
        Ok(seconds) => Timestamp::from_second(seconds).ok()?,
        Err(_) => text.parse().ok()?,
    };
    Some(at.to_zoned(zone.clone()).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn bare_numbers_become_names_words_and_local_times() {
        let names = Names::from([("7".to_owned(), "Anna Berg".to_owned())]);
        let zone = TimeZone::get("Europe/Berlin").expect("a zone");
        let told = |kind, value: Value| told(kind, &value, &names, &zone).unwrap_or_else(|| "-".into());
        assert_eq!(told(Kind::People, json!("7,9")), "Anna Berg (7), 9");
        assert_eq!(told(Kind::People, json!("")), "-");
        assert_eq!(told(Kind::Date, json!("1780261200")), "2026-05-31T23:00:00+02:00");
        assert_eq!(told(Kind::Date, json!("2026-06-01T00:00:00+03:00")), "2026-05-31T23:00:00+02:00");
        assert_eq!(told(Kind::Date, json!("01.06.2026")), "01.06.2026");
        assert_eq!(told(Kind::Status, json!("5")), "completed");
        assert_eq!(told(Kind::Status, json!("-1")), "-1");
        assert_eq!(told(Kind::Flag, json!("Y")), "yes");
        assert_eq!(told(Kind::Mark, json!("N")), "negative");
        assert_eq!(told(Kind::Text, json!(null)), "-");
        assert_eq!(told(Kind::Text, json!("a\u{202E}b")), "ab");
    }
}
