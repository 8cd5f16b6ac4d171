//! The wire: addresses, encodings, PHP's idea of JSON, the two envelopes, `batch`. What a method means is not
//! decided here.

pub(crate) mod answer_v2;
pub(crate) mod answer_v3;
mod batch;
mod body;
pub(crate) mod brackets;
mod connection;
mod dispatch;
mod execute;
pub(crate) mod idempotency;
pub(crate) mod lenient;
mod misbehave;
pub(crate) mod params;
pub(crate) mod php;
pub(crate) mod positional;
mod reply;
mod route;
mod serve;
mod time;

pub(crate) use connection::{Doorway, Knife};
pub(crate) use serve::router;
