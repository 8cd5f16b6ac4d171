//! The wire: addresses, encodings, PHP's idea of JSON, the two envelopes, `batch`. What a method means is not
//! decided here.

mod admin;
pub(crate) mod answer_v2;
pub(crate) mod answer_v3;
mod batch;
mod batch_v3;
mod body;
pub(crate) mod brackets;
mod connection;
mod dispatch;
mod doorway;
mod downloads;
mod execute;
pub(crate) mod idempotency;
pub(crate) mod lenient;
mod misbehave;
mod multipart;
mod pages;
pub(crate) mod params;
pub(crate) mod php;
pub(crate) mod positional;
mod renamed;
mod reply;
mod route;
mod serve;
mod time;
mod uploads;
mod words;
mod xml;

pub(crate) use connection::Knife;
pub(crate) use doorway::Doorway;
pub(crate) use renamed::renamed;
pub(crate) use serve::router;
