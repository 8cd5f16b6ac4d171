//! When the company works, from its calendar. Who may not read the calendar gets the usual hours.

use b24_model::Workweek;
use b24_rest::methods::calendar;
use jiff::SignedDuration;
use serde_json::{Map, Value};

use crate::Reader;

/// How long an answer is believed.
const KNOWN: SignedDuration = SignedDuration::from_hours(6);
/// How long the usual hours are taken instead, when the portal did not tell.
const UNKNOWN: SignedDuration = SignedDuration::from_mins(10);

/// The working week of the portal. Asks when nobody asked for a while; a calendar that cannot be read is no reason to
/// refuse a date.
pub(crate) async fn workweek(reader: &Reader) -> Workweek {
    let (memory, now) = (&reader.memory().workweek, reader.now().timestamp());
    if let Some(known) = memory.at(now) {
        return known;
    }
    match reader.call(&calendar::SETTINGS, Map::new()).await {
        Ok(reply) => memory.keep(read(&reply.result), now, KNOWN),
        Err(error) => {
            tracing::debug!(
                code = error.code(),
                "The portal's calendar cannot be read; nine to six is taken"
            );
            memory.keep(Workweek::default(), now, UNKNOWN)
        }
    }
}

fn read(settings: &Value) -> Workweek {
    let text = |name: &str| settings.get(name).and_then(b24_rest::wire::text).unwrap_or_default();
    let weekends = settings.get("week_holidays").and_then(Value::as_array);
    Workweek::default()
        .hours(&text("work_time_start"), &text("work_time_end"))
        .weekends(weekends.into_iter().flatten().filter_map(Value::as_str))
        .holidays(&text("year_holidays"), &text("year_workdays"))
}
