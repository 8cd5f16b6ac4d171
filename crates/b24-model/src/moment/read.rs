//! The reader of the grammar. Each form has one function; the first that knows the form decides.

use jiff::{Span, Timestamp, ToSpan, Unit, Zoned, civil, tz::AmbiguousOffset};

use super::{Moment, Unread};

pub(super) fn moment(text: &str, now: &Zoned) -> Result<Moment, Unread> {
    let said = text.trim().to_ascii_lowercase();
    let (head, time) = split_time(&said)?;
    let forms = [duration, relative_day, word, weekday, plain_date];
    if let Some(instant) = instant(&said) {
        return Ok(Moment::At(instant.to_zoned(now.time_zone().clone())));
    }
    for form in forms {
        match form(head, now) {
            Some(Ok(Moment::Day { date, .. })) if time.is_some() => {
                return local(&said, date.to_datetime(time.unwrap_or_default()), now);
            }
            Some(Ok(Moment::At(_))) if time.is_some() => break,
            Some(read) => return read,
            None => {}
        }
    }
    Err(Unread::Form(text.trim().chars().take(60).collect()))
}

/// RFC 3339, with its offset.
fn instant(said: &str) -> Option<Timestamp> {
    let upper = said.to_ascii_uppercase();
    let offset_at = upper.rfind(['Z', '+', '-'])?;
    // A date alone has hyphens too; an offset can only come after a time.
    upper[..offset_at].contains(':').then(|| upper.parse().ok()).flatten()
}

/// Splits `friday 18:00` and `2026-12-01t18:00` into what names the day and the time.
fn split_time(said: &str) -> Result<(&str, Option<civil::Time>), Unread> {
    let Some(at) = said.find([' ', 't']).filter(|at| said[*at + 1..].contains(':')) else {
        return Ok((said, None));
    };
    // The first `t` of `tomorrow` or `tuesday` is not a separator: look for the last blank instead.
    let at = said
        .rfind(' ')
        .or_else(|| said.rfind('t').filter(|at| said[..*at].ends_with(|c: char| c.is_ascii_digit())))
        .unwrap_or(at);
    let clock = said[at + 1..].trim();
    let shape = clock.split(':').all(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()));
    if !shape || !(5..=8).contains(&clock.len()) {
        return Ok((said, None));
    }
    let time = clock.parse().map_err(|_| Unread::NoSuchTime(said.to_owned()))?;
    Ok((said[..at].trim_end(), Some(time)))
}

/// `+4h`, `-30min`: from now, to the minute.
fn duration(said: &str, now: &Zoned) -> Option<Result<Moment, Unread>> {
    let (sign, number, unit) = signed(said)?;
    let span = match unit {
        "h" | "hour" | "hours" => Span::new().try_hours(sign * number),
        "min" | "minute" | "minutes" => Span::new().try_minutes(sign * number),
        _ => return None,
    };
    let moved = span.and_then(|span| now.checked_add(span)).and_then(|zoned| {
        zoned.round(jiff::ZonedRound::new().smallest(Unit::Minute).mode(jiff::RoundMode::Trunc))
    });
    Some(moved.map(Moment::At).map_err(|_| Unread::NoSuchTime(said.to_owned())))
}

/// `+3d`, `-2w`: days from today.
fn relative_day(said: &str, now: &Zoned) -> Option<Result<Moment, Unread>> {
    let (sign, number, unit) = signed(said)?;
    let span = match unit {
        "d" | "day" | "days" => Span::new().try_days(sign * number),
        "w" | "week" | "weeks" => Span::new().try_weeks(sign * number),
        _ => return None,
    };
    let date = span.and_then(|span| now.date().checked_add(span));
    Some(date.map(|date| day(date, now)).map_err(|_| Unread::NoSuchTime(said.to_owned())))
}

/// `today`, `tomorrow`, `yesterday`.
fn word(said: &str, now: &Zoned) -> Option<Result<Moment, Unread>> {
    let days = match said {
        "today" => 0,
        "tomorrow" => 1,
        "yesterday" => -1,
        _ => return None,
    };
    let date = now.date().checked_add(days.days());
    Some(date.map(|date| day(date, now)).map_err(|_| Unread::NoSuchTime(said.to_owned())))
}

/// `friday`, `fri`: the next one. Said on a Friday it is in a week: "today" has its own word.
fn weekday(said: &str, now: &Zoned) -> Option<Result<Moment, Unread>> {
    use civil::Weekday::*;
    let all = [
        (Monday, "monday"),
        (Tuesday, "tuesday"),
        (Wednesday, "wednesday"),
        (Thursday, "thursday"),
        (Friday, "friday"),
        (Saturday, "saturday"),
        (Sunday, "sunday"),
    ];
    let (weekday, _) = all.into_iter().find(|(_, name)| *name == said || said == &name[..3])?;
    let date = now.date().nth_weekday(1, weekday);
    Some(date.map(|date| day(date, now)).map_err(|_| Unread::NoSuchTime(said.to_owned())))
}

/// `2026-12-01`.
fn plain_date(said: &str, now: &Zoned) -> Option<Result<Moment, Unread>> {
    let parts: Vec<&str> = said.split('-').collect();
    let digits = |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    let [year, month, day_of_month] = parts[..] else {
        return None;
    };
    if !digits(year, 4) || !digits(month, 2) || !digits(day_of_month, 2) {
        return None;
    }
    let date: Result<civil::Date, _> = said.parse();
    Some(date.map(|date| day(date, now)).map_err(|_| Unread::NoSuchTime(said.to_owned())))
}

fn day(date: civil::Date, now: &Zoned) -> Moment {
    Moment::Day { date, zone: now.time_zone().clone() }
}

/// A local time, if it exists once.
fn local(said: &str, datetime: civil::DateTime, now: &Zoned) -> Result<Moment, Unread> {
    let zone = now.time_zone();
    let name = || super::name(zone);
    let ambiguous = zone.to_ambiguous_zoned(datetime);
    match ambiguous.offset() {
        AmbiguousOffset::Unambiguous { .. } => {
            ambiguous.unambiguous().map(Moment::At).map_err(|_| Unread::NoSuchTime(said.to_owned()))
        }
        AmbiguousOffset::Gap { .. } => Err(Unread::Skipped { said: said.to_owned(), zone: name() }),
        AmbiguousOffset::Fold { .. } => {
            let read =
                |zoned: Result<Zoned, jiff::Error>| zoned.map(|z| super::to_wire(&z)).unwrap_or_default();
            let (first, second) = (read(ambiguous.clone().earlier()), read(ambiguous.later()));
            Err(Unread::Twice { said: said.to_owned(), zone: name(), first, second })
        }
    }
}

/// `+3d` → (1, 3, "d").
fn signed(said: &str) -> Option<(i64, i64, &str)> {
    let (sign, rest) = match (said.strip_prefix('+'), said.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (None, Some(rest)) => (-1, rest),
        (None, None) => return None,
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits)?.parse().ok()?;
    (number <= 100_000).then(|| (sign, number, rest[digits..].trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Friday morning in Berlin.
    fn now() -> Zoned {
        "2026-10-16T09:30:45+02:00[Europe/Berlin]".parse().expect("a zoned time")
    }

    fn read(text: &str) -> String {
        match moment(text, &now()) {
            Ok(Moment::At(zoned)) => super::super::to_wire(&zoned),
            Ok(Moment::Day { date, .. }) => date.to_string(),
            Err(unread) => format!("refused: {unread}"),
        }
    }

    #[test]
    fn every_form_of_the_grammar_is_read_in_the_zone_of_now() {
        let table = [
            ("2026-12-01T18:00:00+03:00", "2026-12-01T16:00:00+01:00"),
            ("2026-12-01T18:00:00Z", "2026-12-01T19:00:00+01:00"),
            ("2026-12-01 18:00:00-05:00", "2026-12-02T00:00:00+01:00"),
            ("2026-12-01T18:00", "2026-12-01T18:00:00+01:00"),
            ("2026-12-01 18:00:30", "2026-12-01T18:00:30+01:00"),
            ("2026-12-01", "2026-12-01"),
            (" Today ", "2026-10-16"),
            ("tomorrow", "2026-10-17"),
            ("Tomorrow 18:00", "2026-10-17T18:00:00+02:00"),
            ("yesterday", "2026-10-15"),
            ("monday", "2026-10-19"),
            ("tuesday 10:15", "2026-10-20T10:15:00+02:00"),
            ("friday", "2026-10-23"),
            ("sat", "2026-10-17"),
            ("+3d", "2026-10-19"),
            ("+2w 12:00", "2026-10-30T12:00:00+01:00"),
            ("-1d", "2026-10-15"),
            ("+4h", "2026-10-16T13:30:00+02:00"),
            ("+30min", "2026-10-16T10:00:00+02:00"),
        ];
        for (said, expected) in table {
            assert_eq!(read(said), expected, "{said}");
        }
    }

    #[test]
    fn what_the_grammar_does_not_know_is_refused_and_never_guessed() {
        for said in [
            "",
            "soon",
            "01.12.2026",
            "12/01/2026",
            "next week",
            "fri day",
            "2026-12",
            "+d",
            "+3",
            "+3x",
            "+4h 18:00",
            "2026-12-01 18",
            "tomorrow at noon",
            "18:00",
            "2026-12-01T18:00:00 Europe/Berlin",
        ] {
            assert!(read(said).contains("is not a date this server reads"), "{said}: {}", read(said));
        }
        for said in ["2026-02-30", "2026-12-01 25:00", "tomorrow 12:60"] {
            assert!(read(said).contains("does not exist"), "{said}: {}", read(said));
        }
    }

    #[test]
    fn a_local_time_that_a_clock_change_skips_or_repeats_is_refused_with_the_way_out() {
        assert_eq!(
            read("2026-03-29 02:30"),
            "refused: `2026-03-29 02:30` does not exist in Europe/Berlin: the clocks go forward over it"
        );
        assert_eq!(
            read("2026-10-25 02:30"),
            "refused: `2026-10-25 02:30` happens twice in Europe/Berlin: \
             say 2026-10-25T02:30:00+02:00 or 2026-10-25T02:30:00+01:00"
        );
    }

    /// What is read in `zone` at `now`: the instant, or the first and last second of the day.
    fn edges(now: &str, said: &str) -> String {
        let now: Zoned = now.parse().expect("a zoned time");
        let told = |zoned: Result<Zoned, Unread>| match zoned {
            Ok(zoned) => super::super::to_wire(&zoned),
            Err(unread) => unread.to_string(),
        };
        match moment(said, &now) {
            Ok(Moment::At(zoned)) => super::super::to_wire(&zoned),
            Ok(day) => format!("{} … {}", told(day.first()), told(day.last())),
            Err(unread) => format!("refused: {unread}"),
        }
    }

    #[test]
    fn every_zone_has_its_own_days() {
        let (berlin, york) =
            ("2026-03-27T12:00+01:00[Europe/Berlin]", "2026-10-30T12:00-04:00[America/New_York]");
        let (kolkata, havana) =
            ("2026-10-30T12:00+05:30[Asia/Kolkata]", "2026-10-30T12:00-04:00[America/Havana]");
        let (cairo, paulo) =
            ("2026-04-20T12:00+02:00[Africa/Cairo]", "2018-02-16T12:00-02:00[America/Sao_Paulo]");
        let (apia, fixed) = ("2011-12-29T12:00-10:00[Pacific/Apia]", "2026-03-27T12:00+01:00[+01:00]");
        let table = [
            // A day of 23 hours, and one of 25.
            (berlin, "2026-03-29", "2026-03-29T00:00:00+01:00 … 2026-03-29T23:59:59+02:00"),
            (york, "2026-11-01", "2026-11-01T00:00:00-04:00 … 2026-11-01T23:59:59-05:00"),
            // Hours are real ones, days are those of the calendar.
            (berlin, "+2d 12:00", "2026-03-29T12:00:00+02:00"),
            (berlin, "+48h", "2026-03-29T13:00:00+02:00"),
            (
                york,
                "2026-11-01 01:30",
                "refused: `2026-11-01 01:30` happens twice in America/New_York: say 2026-11-01T01:30:00-04:00 or 2026-11-01T01:30:00-05:00",
            ),
            (
                york,
                "2026-03-08 02:30",
                "refused: `2026-03-08 02:30` does not exist in America/New_York: the clocks go forward over it",
            ),
            // Half an hour off, and never a change.
            (kolkata, "sunday", "2026-11-01T00:00:00+05:30 … 2026-11-01T23:59:59+05:30"),
            (kolkata, "2026-11-01 01:30", "2026-11-01T01:30:00+05:30"),
            // Midnight itself is skipped, or comes twice, or its last hour does.
            (cairo, "2026-04-24", "2026-04-24T01:00:00+03:00 … 2026-04-24T23:59:59+03:00"),
            (havana, "2026-11-01", "2026-11-01T00:00:00-04:00 … 2026-11-01T23:59:59-05:00"),
            (paulo, "2018-02-17", "2018-02-17T00:00:00-02:00 … 2018-02-17T23:59:59-03:00"),
            // The date line moved over a day.
            (
                apia,
                "2011-12-30",
                "there is no 2011-12-30 in Pacific/Apia: the calendar goes over it … there is no 2011-12-30 in Pacific/Apia: the calendar goes over it",
            ),
            (
                apia,
                "2011-12-30 12:00",
                "refused: `2011-12-30 12:00` does not exist in Pacific/Apia: the clocks go forward over it",
            ),
            (apia, "2011-12-31", "2011-12-31T00:00:00+14:00 … 2011-12-31T23:59:59+14:00"),
            // An offset knows of no change.
            (fixed, "2026-03-29 02:30", "2026-03-29T02:30:00+01:00"),
        ];
        for (now, said, expected) in table {
            assert_eq!(edges(now, said), expected, "{said} at {now}");
        }
    }
}
