//! What a portal is started with. Holds values only; nothing here reads a file, a flag or the environment.

mod choice;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use jiff::Timestamp;
use jiff::tz::{TimeZone, offset};

use crate::{Cards, Clock, Faults, Limits, WebhookSpec};

pub use choice::{ChoiceError, Language, OperatingCharge, StartMinusOne};

/// How a portal is built and how it behaves where the documents leave room.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where to listen. Must be a loopback address; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Where to listen with TLS besides, for clients that insist on it. Loopback too.
    pub tls_listen: Option<SocketAddr>,
    /// Where to write the certificate of the authority that vouches for the TLS listener, as PEM. It is made anew at
    /// every start; its key never leaves the process.
    pub cert_out: Option<PathBuf>,
    /// An address the portal had before it was renamed: it answers everything with 302 to the present one. Loopback.
    pub renamed_from: Option<SocketAddr>,
    /// A file that keeps the portal between starts. Read at the start when it exists (`seed`, `users` and `tasks` do
    /// not count then); written shortly after a change and at the stop.
    pub data: Option<PathBuf>,
    /// The same seed gives the same people and tasks.
    pub seed: u64,
    /// How many people to invent, at least one (the administrator).
    pub users: usize,
    /// How many tasks to invent.
    pub tasks: usize,
    /// Where comments live: in the forum, in the chats of tasks, or half and half.
    pub cards: Cards,
    /// Request rate and operating time.
    pub limits: Limits,
    /// What every call is charged in milliseconds of operating time, in place of what `limits` say; reported in
    /// `time.operating` even when `limits` block nothing.
    pub method_ms: Option<u64>,
    /// What the portal takes for the present.
    pub clock: Clock,
    /// The moment the seeded records are placed around; the clock's present when absent.
    pub now: Option<Timestamp>,
    /// Misbehaviour planned from the start; more can be added while running.
    pub faults: Faults,
    /// The first one is the default; when empty, the administrator gets one with every scope (or, with `data`, the one
    /// of the file).
    pub webhooks: Vec<WebhookSpec>,
    /// Whether `start=-1` switches counting off.
    pub start_minus_one: StartMinusOne,
    /// Who pays for the commands of a `batch`.
    pub operating_charge: OperatingCharge,
    /// The portal's zone: dates are answered with its offset, and read in it when they carry none.
    pub time_zone: TimeZone,
    /// The portal's language.
    pub language: Language,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls_listen: None,
            cert_out: None,
            renamed_from: None,
            data: None,
            seed: 1,
            users: 12,
            tasks: 40,
            cards: Cards::default(),
            limits: Limits::standard(),
            method_ms: None,
            clock: Clock::real(),
            now: None,
            faults: Faults::default(),
            webhooks: Vec::new(),
            start_minus_one: StartMinusOne::Honoured,
            operating_charge: OperatingCharge::Inner,
            // A fixed offset needs no time-zone database on the machine.
            time_zone: TimeZone::fixed(offset(3)),
            language: Language::En,
        }
    }
}
