//! What a portal answered, whichever of its languages it used.

use serde_json::Value;

use crate::wire;

/// The answer to one call.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// What the method returned. `null` is a legal answer.
    pub result: Value,
    /// How many rows there are in all. Only lists of the classic API have it, and not with `start=-1`.
    pub total: Option<u64>,
    /// Where the next page begins. Only lists of the classic API that go on have it.
    pub next: Option<u64>,
    /// What the call cost. Old portals leave it out.
    pub time: Option<Timing>,
}

/// What a call cost the portal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Timing {
    /// Seconds that this method ran within the last ten minutes for this credential.
    pub operating: Option<f64>,
    /// Unix time at which the oldest part of `operating` is forgotten.
    pub operating_reset_at: Option<i64>,
    /// Seconds that the call took.
    pub duration: Option<f64>,
    /// The portal's own clock at the end of the call, in Unix seconds.
    pub finish: Option<f64>,
}

impl Timing {
    /// Reads a `time` block. `None` when there is none.
    pub(crate) fn read(value: Option<&Value>) -> Option<Self> {
        let map = wire::map(value?).filter(|map| !map.is_empty())?;
        let number = |name: &str| map.get(name).and_then(wire::number);
        Some(Self {
            operating: number("operating"),
            operating_reset_at: map.get("operating_reset_at").and_then(wire::int),
            duration: number("duration"),
            finish: number("finish"),
        })
    }

    /// How long after this answer the oldest part of `operating` is forgotten, by the portal's own clock.
    pub(crate) fn resets_in(&self) -> Option<std::time::Duration> {
        #[expect(clippy::cast_precision_loss, reason = "Unix seconds are far below 2^52")]
        let seconds = self.operating_reset_at? as f64 - self.finish?;
        std::time::Duration::try_from_secs_f64(seconds.clamp(0.0, 3600.0)).ok()
    }
}
