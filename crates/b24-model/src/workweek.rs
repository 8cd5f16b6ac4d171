//! When a company works: the hours of a working day, the days off of a week, the holidays of a year.
//!
//! Source: `calendar.settings.get` (`api-reference/calendar/calendar-settings-get.md`). What a portal writes and this
//! file cannot read is taken as not said; nothing here asks anybody.

use jiff::civil::{Date, Time, Weekday};

/// The working time of a portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workweek {
    start: Time,
    end: Time,
    off: Vec<Weekday>,
    holidays: Vec<YearDay>,
    workdays: Vec<YearDay>,
}

/// A day of every year, or of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct YearDay {
    day: i8,
    month: i8,
    year: Option<i16>,
}

impl Default for Workweek {
    /// What is taken when a portal says nothing: nine to six, and no day known to be off.
    fn default() -> Self {
        let (start, end) = (jiff::civil::time(9, 0, 0, 0), jiff::civil::time(18, 0, 0, 0));
        Self { start, end, off: Vec::new(), holidays: Vec::new(), workdays: Vec::new() }
    }
}

impl Workweek {
    /// Sets the hours, as the portal writes them: `9`, `19`, `18.30`. A side that cannot be read, or hours that end
    /// before they start, leave what was known.
    #[must_use]
    pub fn hours(mut self, start: &str, end: &str) -> Self {
        let (start, end) = (clock(start).unwrap_or(self.start), clock(end).unwrap_or(self.end));
        if start < end {
            (self.start, self.end) = (start, end);
        }
        self
    }

    /// Sets the days off of every week by their codes: `SA`, `SU`.
    #[must_use]
    pub fn weekends<'a>(mut self, codes: impl IntoIterator<Item = &'a str>) -> Self {
        self.off = codes.into_iter().filter_map(weekday).collect();
        self
    }

    /// Sets the holidays, and the days that are worked although they would be off: `1.01,8.03`.
    #[must_use]
    pub fn holidays(mut self, off: &str, worked: &str) -> Self {
        let days = |text: &str| text.split([',', ';']).filter_map(YearDay::read).collect();
        (self.holidays, self.workdays) = (days(off), days(worked));
        self
    }

    /// When a working day begins.
    pub fn start(&self) -> Time {
        self.start
    }

    /// When a working day ends: what "by Friday" means.
    pub fn end(&self) -> Time {
        self.end
    }

    /// Why nobody works on that day, as the end of a sentence: `a Sunday, a day off on this portal`.
    pub fn off(&self, date: Date) -> Option<String> {
        let is = |days: &[YearDay]| days.iter().any(|day| day.is(date));
        if is(&self.workdays) {
            return None;
        }
        if is(&self.holidays) {
            return Some("a holiday on this portal".to_owned());
        }
        let weekday = date.weekday();
        self.off.contains(&weekday).then(|| format!("a {weekday:?}, a day off on this portal"))
    }
}

impl YearDay {
    fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split('.');
        let (day, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let year = parts.next().and_then(|year| year.parse().ok());
        ((1..=31).contains(&day) && (1..=12).contains(&month)).then_some(Self { day, month, year })
    }

    fn is(self, date: Date) -> bool {
        (self.day, self.month) == (date.day(), date.month())
            && self.year.is_none_or(|year| year == date.year())
    }
}

/// `19`, `18.30`, `18:30`. The end of the day, `24`, is its last minute.
fn clock(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(['.', ':']).unwrap_or((text.trim(), "0"));
    // `8.3` is half past eight for a portal: it drops the zero.
    let minute = if minute.len() == 1 { format!("{minute}0") } else { minute.to_owned() };
    match (hour.parse().ok()?, minute.parse().ok()?) {
        (24, 0) => Time::new(23, 59, 0, 0).ok(),
        (hour, minute) => Time::new(hour, minute, 0, 0).ok(),
    }
}

fn weekday(code: &str) -> Option<Weekday> {
    Some(match code {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    #[test]
    fn the_days_off_of_a_portal_are_told_with_their_reason() {
        let week = Workweek::default().weekends(["SA", "SU"]).holidays("1.01,8.03,9.05.2026", "31.10");
        let off = |month, day| week.off(date(2026, month, day));
        assert_eq!(off(11, 22).as_deref(), Some("a Sunday, a day off on this portal"));
        assert_eq!(off(1, 1).as_deref(), Some("a holiday on this portal"));
        assert_eq!(off(5, 9).as_deref(), Some("a holiday on this portal"));
        assert_eq!(week.off(date(2028, 5, 9)), None, "a holiday of another year");
        assert_eq!(off(10, 31), None, "a Saturday that is worked");
        assert_eq!(off(11, 23), None);
        assert_eq!(Workweek::default().off(date(2026, 11, 22)), None, "nobody said that Sundays are off");
    }

    #[test]
    fn hours_are_read_as_portals_write_them_and_nonsense_is_not_said() {
        let hours = |start: &str, end: &str| {
            let week = Workweek::default().hours(start, end);
            (week.start(), week.end())
        };
        assert_eq!(hours("9", "19"), (time(9, 0, 0, 0), time(19, 0, 0, 0)));
        assert_eq!(hours("8.30", "17:15"), (time(8, 30, 0, 0), time(17, 15, 0, 0)));
        assert_eq!(hours("8.3", "24"), (time(8, 30, 0, 0), time(23, 59, 0, 0)));
        for (start, end) in [("", ""), ("soon", "late"), ("19", "9"), ("9", "61.99")] {
            assert_eq!(hours(start, end), (time(9, 0, 0, 0), time(18, 0, 0, 0)), "{start} to {end}");
        }
    }
}
