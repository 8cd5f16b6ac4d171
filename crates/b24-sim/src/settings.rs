//! What a portal is started with. Holds values only; nothing here reads a file, a flag or the environment.

use std::net::{Ipv4Addr, SocketAddr};

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};

use crate::{Clock, Faults, Limits, WebhookSpec};

/// How a portal is built and how it behaves where the documents leave room.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen. Must be a loopback address; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The same seed gives the same people and tasks.
    pub seed: u64,
    /// How many people to invent, at least one (the administrator).
    pub users: usize,
    /// How many tasks to invent.
    pub tasks: usize,
    /// Request rate and operating time.
    pub limits: Limits,
    /// What the portal takes for the present.
    pub clock: Clock,
    /// The moment the seeded records are placed around; the clock's present when absent.
    pub now: Option<Timestamp>,
    /// Misbehaviour planned from the start; more can be added while running.
    pub faults: Faults,
    /// The first one is the default; when empty, the administrator gets one with every scope.
    pub webhooks: Vec<WebhookSpec>,
    /// Whether `start=-1` switches counting off.
    pub start_minus_one: StartMinusOne,
    /// Who pays for the commands of a `batch`.
    pub operating_charge: OperatingCharge,
    /// The portal's zone: dates are answered with its offset, and read in it when they carry none.
    pub time_zone: TimeZone,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            seed: 1,
            users: 12,
            tasks: 40,
            limits: Limits::standard(),
            clock: Clock::real(),
            now: None,
            faults: Faults::default(),
            webhooks: Vec::new(),
            start_minus_one: StartMinusOne::Honoured,
            operating_charge: OperatingCharge::Inner,
            // A fixed offset needs no time-zone database on the machine.
            time_zone: TimeZone::fixed(offset(3)),
        }
    }
}

/// Whether list methods obey `start=-1`. The documents recommend it "for any list method" that behaves
/// normally, and some families are known not to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartMinusOne {
    /// No counting: no `total`, no `next`.
    Honoured,
    /// Read as `start=0`: counted and paged.
    Ignored,
}

/// Which method the operating time of a batch command is charged to; the sources disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatingCharge {
    /// Each command pays for its own method; `batch` itself is free (the documents).
    Inner,
    /// The whole sum goes to `batch`, and the inner figures are one shared number (measured by an SDK team).
    Outer,
}
