//! The two limits of the cloud: how many requests, and how much work. Both are told the time, never read it.

mod bucket;
mod operating;

use std::str::FromStr;
use std::time::Duration;

pub(crate) use bucket::Level;
pub(crate) use operating::{Ledger, Spent};

/// Which limits hold. `None` switches one off.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// The leaky bucket shared by all requests to the portal.
    pub bucket: Option<Bucket>,
    /// Operating time per method and webhook.
    pub operating: Option<Operating>,
}

/// A leaky bucket: every HTTP request adds one, a number drains every second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bucket {
    /// Above this level a request is refused with 503 `QUERY_LIMIT_EXCEEDED`.
    pub threshold: u32,
    /// How much drains in a second.
    pub drain: u32,
}

/// How much work a method may do for one webhook within ten minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operating {
    /// When the sum exceeds this before a call, the call is refused with 429 `OPERATION_TIME_LIMIT`.
    pub limit: Duration,
    /// What every call costs. The portal in the box is too fast to measure, so it pretends.
    pub charge: Duration,
}

impl Limits {
    /// Every plan but Enterprise: 50 requests, 2 a second; 480 s of work in ten minutes.
    #[must_use]
    pub fn standard() -> Self {
        Self { bucket: Some(Bucket { threshold: 50, drain: 2 }), operating: Some(Operating::cloud()) }
    }

    /// Enterprise: 250 requests, 5 a second; 480 s of work in ten minutes.
    #[must_use]
    pub fn enterprise() -> Self {
        Self { bucket: Some(Bucket { threshold: 250, drain: 5 }), operating: Some(Operating::cloud()) }
    }

    /// No limits at all, as on a self-hosted portal.
    #[must_use]
    pub fn off() -> Self {
        Self { bucket: None, operating: None }
    }
}

impl Operating {
    /// 480 s in ten minutes, 50 ms for a call.
    #[must_use]
    pub fn cloud() -> Self {
        Self { limit: Duration::from_secs(480), charge: Duration::from_millis(50) }
    }
}

/// A name of a limit set that is not known.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` names no set of limits: use `off`, `standard` or `enterprise`")]
pub struct LimitsError(String);

impl FromStr for Limits {
    type Err = LimitsError;

    fn from_str(text: &str) -> Result<Self, LimitsError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "off" => Ok(Self::off()),
            "standard" => Ok(Self::standard()),
            "enterprise" => Ok(Self::enterprise()),
            _ => Err(LimitsError(text.to_owned())),
        }
    }
}
