//! How a portal is spoken to: limits, patience, trust. Values only; nothing here reads a file or the environment.

use std::time::Duration;

/// How one portal is spoken to. [`Options::default`] suits a cloud portal of any plan but Enterprise.
#[derive(Clone, Debug)]
pub struct Options {
    /// Certificates (PEM) of authorities to trust besides the public ones, for portals behind a private CA.
    pub ca_pem: Option<Vec<u8>>,
    /// The longest wait for the answer to one request. The portal itself gives up after 60 s.
    pub timeout: Duration,
    /// What the portal allows.
    pub limits: Limits,
    /// How often and how long a failed call is tried again.
    pub patience: Patience,
    /// Sent as `User-Agent`.
    pub user_agent: String,
    /// The largest answer that is read, in bytes after decompression.
    pub largest_answer: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            ca_pem: None,
            timeout: Duration::from_secs(30),
            limits: Limits::default(),
            patience: Patience::default(),
            user_agent: concat!("b24-mcp/", env!("CARGO_PKG_VERSION")).to_owned(),
            largest_answer: 16 * 1024 * 1024,
        }
    }
}

/// What a portal allows. Source: the REST documentation, "Limits" (`limits.md`).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Requests that fit into the bucket: 50, or 250 on Enterprise.
    pub burst: u32,
    /// Requests that leave the bucket in a second: 2, or 5 on Enterprise.
    pub per_second: f64,
    /// Requests that are believed to fit when nothing is known yet: another process of this machine may have
    /// filled the bucket a moment ago.
    pub first: u32,
    /// Seconds that one method may run in ten minutes.
    pub operating_seconds: f64,
}

impl Limits {
    /// Those of every plan but Enterprise.
    pub const STANDARD: Self = Self { burst: 50, per_second: 2.0, first: 20, operating_seconds: 480.0 };
    /// Those of the Enterprise plan.
    pub const ENTERPRISE: Self = Self { burst: 250, per_second: 5.0, first: 100, operating_seconds: 480.0 };
    /// None at all: for a portal in a box whose limits are off.
    pub const OFF: Self = Self {
        burst: u32::MAX,
        per_second: f64::INFINITY,
        first: u32::MAX,
        operating_seconds: f64::INFINITY,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::STANDARD
    }
}

/// How often and how long a failed call is tried again. The deadline of the call always comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Tries in all of a call that fails, the first one included.
    pub tries: u32,
    /// Tries in all of a call that the portal turns away because of its limits.
    pub turned_away: u32,
    /// The wait before the second try. It doubles from try to try, and up to half of it is left to chance.
    pub base: Duration,
    /// The longest wait between two tries.
    pub longest: Duration,
}

impl Patience {
    /// The wait before the next try, after `failed` tries (from 1), with `chance` being any random number.
    ///
    /// It lies between half of the doubled base and all of it: callers that failed together come back apart.
    pub(crate) fn pause(&self, failed: u32, chance: u64) -> Duration {
        let doubled = self.base.saturating_mul(1 << failed.saturating_sub(1).min(16)).min(self.longest);
        let half = doubled / 2;
        let spread = u64::try_from(half.as_nanos()).unwrap_or(u64::MAX);
        half + Duration::from_nanos(if spread == 0 { 0 } else { chance % spread })
    }
}

impl Default for Patience {
    fn default() -> Self {
        Self { tries: 3, turned_away: 6, base: Duration::from_secs(1), longest: Duration::from_secs(15) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pause_doubles_up_to_the_longest_and_never_falls_under_half() {
        let patience = Patience { longest: Duration::from_secs(5), ..Patience::default() };
        let shortest = |failed| patience.pause(failed, 0).as_millis();
        assert_eq!([1, 2, 3, 4, 40].map(shortest), [500, 1000, 2000, 2500, 2500]);
        assert!(patience.pause(2, u64::MAX) < Duration::from_secs(2));
        assert_eq!(Patience { base: Duration::ZERO, ..patience }.pause(3, 7), Duration::ZERO);
    }
}
