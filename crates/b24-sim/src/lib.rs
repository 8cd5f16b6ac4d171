//! A Bitrix24 portal in a box: real HTTP on loopback, for a person without a portal and for tests.
//!
//! Written from the documentation of the REST API, never from what some client happens to send. What the
//! portal does not know, it answers as the real one would (`ERROR_METHOD_NOT_FOUND`). It speaks both wire
//! dialects: classic under `/rest/`, REST 3.0 under `/rest/api/`.
//!
//! ```no_run
//! # async fn demo() -> Result<(), b24_sim::StartError> {
//! let portal = b24_sim::Portal::start(b24_sim::Settings::default()).await?;
//! let address = portal.expose_webhook_url(); // a password: do not log it
//! portal.stop().await;
//! # Ok(()) }
//! ```
//!
//! | folder | what it knows |
//! |---|---|
//! | `world` | people, tasks, checklists, comments, time, rights; no HTTP |
//! | `wire` | addresses, encodings, PHP's idea of JSON, both envelopes, `batch` |
//! | `methods` | one file for a method or an entity; what each REST method answers |
//! | `limits` | the leaky bucket and the operating time |
//! | `faults` | misbehaviour on cue |
//! | `portal` | starting, stopping, the file and the certificate |
//!
//! It refuses to listen anywhere but on loopback, and it never depends on the client crate: sharing a decoder
//! would make both agree on the same mistake.

mod faults;
mod limits;
mod methods;
mod portal;
mod settings;
mod traffic;
mod webhook;
mod wire;
mod world;

pub use faults::{Fault, FaultError, FaultRule, Faults, Times};
pub use limits::{Bucket, Limits, LimitsError, Operating};
pub use portal::{Portal, Running, StartError, StoreError, TlsError};
pub use settings::{ChoiceError, Language, OperatingCharge, Settings, StartMinusOne};
pub use traffic::{Seen, SeenCommand};
pub use webhook::{GrantedWebhook, WebhookSpec};
pub use world::card::Cards;
pub use world::clock::Clock;
pub use world::facts::{ChecklistFacts, CommentFacts, TaskFacts, UserFacts};
