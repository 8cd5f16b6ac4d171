//! Sums of time by person, task or day.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{directory::show::Names, input::worktime, record::entry::Entry};

// No doc comments on the words: they would turn the schema of a word into one of alternatives.
/// What time is added up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(inline)]
pub(super) enum GroupBy {
    Person,
    Task,
    Day,
}

/// The time of one person, task or day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(super) struct Group {
    /// The id, or the date.
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    name: Option<String>,
    seconds: u64,
    /// The same in words.
    time: String,
    entries: usize,
}

/// Adds entries up: most time first, days in their order. Days are those of `zone`.
pub(super) fn groups(by: GroupBy, entries: &[Entry], names: &Names, zone: &TimeZone) -> Vec<Group> {
    let mut sums: BTreeMap<String, (u64, usize)> = BTreeMap::new();
    for entry in entries {
        let key = match by {
            GroupBy::Person => entry.user_id.map(|id| id.to_string()),
            GroupBy::Task => Some(entry.task_id.to_string()),
            GroupBy::Day => day(entry, zone),
        };
        let (seconds, count) = sums.entry(key.unwrap_or_else(|| "unknown".into())).or_default();
        *seconds += entry.seconds;
        *count += 1;
    }
    let told = |(key, (seconds, entries)): (String, (u64, usize))| Group {
        name: names.get(&key).cloned(),
        time: worktime::told(seconds),
        key,
        seconds,
        entries,
    };
    let mut groups: Vec<Group> = sums.into_iter().map(told).collect();
    if by != GroupBy::Day {
        groups.sort_by_key(|group| std::cmp::Reverse(group.seconds));
    }
    groups
}

/// The day on which the work began.
fn day(entry: &Entry, zone: &TimeZone) -> Option<String> {
    let began: Timestamp = entry.created_date.as_deref()?.parse().ok()?;
    Some(began.to_zoned(zone.clone()).date().to_string())
}
