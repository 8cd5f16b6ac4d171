//! The `time` block of every success, batch commands included.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

use crate::limits::Spent;
use crate::world::moment;

/// When a call began and ended, and what its method has spent.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    pub(crate) start: Timestamp,
    pub(crate) finish: Timestamp,
    pub(crate) spent: Spent,
}

impl Span {
    pub(crate) fn block(&self, zone: &TimeZone) -> Value {
        let duration = seconds(self.finish) - seconds(self.start);
        json!({
            "start": number(seconds(self.start)),
            "finish": number(seconds(self.finish)),
            "duration": number(duration),
            "processing": number(duration),
            "date_start": moment::iso(self.start, zone),
            "date_finish": moment::iso(self.finish, zone),
            "operating_reset_at": self.spent.reset_at,
            "operating": number(self.spent.seconds),
        })
    }
}

fn seconds(moment: Timestamp) -> f64 {
    moment.as_second() as f64
        + f64::from(moment.subsec_microsecond()) / 1e6
        + f64::from(moment.subsec_millisecond()) / 1e3
}

/// PHP drops the fraction of a whole float in JSON.
fn number(value: f64) -> Value {
    if value.fract() == 0.0 { json!(value as i64) } else { json!(value) }
}
