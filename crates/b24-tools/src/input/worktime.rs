//! Work time, as people say it, in seconds.
//!
//! | said | read as |
//! |---|---|
//! | `2h 30m`, `2 hours 30 minutes`, `2 ч 30 мин`, `2 Std 30 Min` | parts with units, largest first |
//! | `45 min`, `90 мин` | one part; alone it may be any size |
//! | `1.5h`, `1,5 ч`, `0.25 h` | hours with at most two decimals, alone |
//! | `1:30` | hours and minutes |
//!
//! Anything else is refused, a number without a unit too: nobody can tell minutes from hours in it.

use crate::{Refusal, input::shorten};

/// The longest time of one entry: a day.
const LONGEST: u32 = 86_400;

/// The longest text that is looked at.
const LONGEST_TEXT: usize = 40;
const EXAMPLES: &str =
    "say it like \"2h 30m\", \"45 min\", \"1:30\", \"1.5h\" or \"1,5 ч\", or give `seconds`";

const HOURS: &[&str] = &[
    "h",
    "hr",
    "hrs",
    "hour",
    "hours",
    "ч",
    "час",
    "часа",
    "часов",
    "std",
    "stunde",
    "stunden",
    "ساعة",
    "ساعات",
];
const MINUTES: &[&str] = &[
    "m",
    "min",
    "mins",
    "minute",
    "minutes",
    "м",
    "мин",
    "минута",
    "минуту",
    "минуты",
    "минут",
    "minuten",
    "دقيقة",
    "دقائق",
];
const SECONDS: &[&str] =
    &["s", "sec", "secs", "second", "seconds", "с", "сек", "секунда", "секунды", "секунд", "sekunden"];

/// Time given by exactly one of the arguments `seconds` and `time`; `None` when neither was.
pub(crate) fn of(seconds: Option<u32>, time: Option<&str>) -> Result<Option<u32>, Refusal> {
    let said = match (seconds, time) {
        (None, None) => return Ok(None),
        (Some(_), Some(_)) => {
            return Err(Refusal::invalid("`seconds` and `time` say the same thing: give one of them"));
        }
        (Some(seconds), None) => Some(seconds),
        (None, Some(text)) => match read(text) {
            Some(seconds) => Some(seconds),
            None => {
                let said = shorten(text, LONGEST_TEXT);
                return Err(Refusal::invalid(format!(
                    "`time`: \"{said}\" is not a length of time this server reads"
                ))
                .hint(EXAMPLES));
            }
        },
    };
    match said {
        Some(1..=LONGEST) => Ok(said),
        _ => Err(Refusal::invalid("one entry holds from 1 second to 24 hours")
            .hint("log work of several days as one entry a day")),
    }
}

/// The seconds of a text of the grammar, whatever their number.
fn read(text: &str) -> Option<u32> {
    if text.chars().count() > LONGEST_TEXT {
        return None;
    }
    let said = text.trim().to_lowercase();
    if let Some((hours, minutes)) = said.split_once(':') {
        let clock = (1..=2).contains(&hours.len()) && minutes.len() == 2;
        let minutes = whole(minutes).filter(|minutes| *minutes < 60 && clock)?;
        return Some(whole(hours)? * 3600 + minutes * 60);
    }
    if let Some(at) = said.find(['.', ',']) {
        let (hours, rest) = (whole(&said[..at])?, &said[at + 1..]);
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let hundredths = match digits {
            1 => whole(&rest[..1])? * 10,
            2 => whole(&rest[..2])?,
            _ => return None,
        };
        return HOURS.contains(&rest[digits..].trim()).then_some(hours * 3600 + hundredths * 36);
    }
    parts(&said)
}

/// `2h 30m`: each unit at most once, largest first; after a larger one the smaller stays below 60.
fn parts(said: &str) -> Option<u32> {
    let (mut rest, mut total, mut before) = (said, 0_u32, None::<u32>);
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = whole(&rest[..digits])?;
        let tail = rest[digits..].trim_start();
        let end = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
        let word = &tail[..end];
        let sizes = [(HOURS, 3600), (MINUTES, 60), (SECONDS, 1)];
        let (_, size) = sizes.into_iter().find(|(words, _)| words.contains(&word))?;
        if before.is_some_and(|before| size >= before || number >= 60) {
            return None;
        }
        total = total.checked_add(number.checked_mul(size)?)?;
        before = Some(size);
        rest = tail[end..].trim_start();
    }
    before.map(|_| total)
}

/// Up to six digits.
fn whole(digits: &str) -> Option<u32> {
    let plain = (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// The same for people: `2 h 30 min`.
pub(crate) fn told(seconds: u64) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds % 3600 / 60, seconds % 60);
    let parts = [(hours, "h"), (minutes, "min"), (rest, "s")];
    let said: Vec<String> = parts
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number} {unit}"))
        .collect();
    if said.is_empty() { "0 min".into() } else { said.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_grammar_is_read() {
        let table = [
            ("2h 30m", 9000),
            ("2h30m", 9000),
            ("2 hours 30 minutes", 9000),
            ("2 ч 30 мин", 9000),
            ("2 Std 30 Min", 9000),
            ("1 час 5 минут", 3900),
            ("1 ساعة 30 دقيقة", 5400),
            ("45 min", 2700),
            ("90 мин", 5400),
            ("90s", 90),
            ("1h 1m 1s", 3661),
            ("1:30", 5400),
            ("0:45", 2700),
            ("1.5h", 5400),
            ("1,5 ч", 5400),
            ("0.25 h", 900),
            (" 8H ", 28_800),
            ("24h", 86_400),
        ];
        for (said, seconds) in table {
            assert_eq!(read(said), Some(seconds), "{said}");
        }
    }

    #[test]
    fn what_the_grammar_does_not_know_is_refused_and_never_guessed() {
        for said in [
            "",
            "2",
            "2.5",
            "an hour",
            "1h 90m",
            "30m 2h",
            "1h 1h",
            "1:5",
            "1:60",
            "1:30:00",
            "-1h",
            "+1h",
            "1e3 min",
            "1.5 min",
            "1.125h",
            ".5h",
            "1.h",
            "2h and 30m",
            "2 days",
            "9999999 min",
            "٣ ساعات",
            "2h;",
            "1.5h 10m",
        ] {
            assert_eq!(read(said), None, "{said}");
        }
        for (seconds, time) in
            [(Some(0), None), (Some(86_401), None), (None, Some("0 min")), (None, Some("25h"))]
        {
            let refused = of(seconds, time).expect_err("no such entry").to_string();
            assert_eq!(refused, "INVALID_INPUT: one entry holds from 1 second to 24 hours");
        }
        assert!(of(Some(60), Some("1 min")).is_err());
        assert_eq!(of(None, None), Ok(None));
    }

    #[test]
    fn time_is_told_in_words() {
        let told = [0, 59, 60, 3600, 9000, 360_000, 3661].map(told);
        assert_eq!(told, ["0 min", "59 s", "1 min", "1 h", "2 h 30 min", "100 h", "1 h 1 min 1 s"]);
    }
}
