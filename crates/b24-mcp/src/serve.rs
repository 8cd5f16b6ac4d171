//! The server: one house, reached by HTTP, by stdio, or by the command line.

mod arrive;
mod cancels;
pub(crate) mod connections;
pub(crate) mod envelope;
pub(crate) mod file;
pub(crate) mod handler;
pub(crate) mod house;
pub(crate) mod http;
mod in_flight;
mod mcp_route;
mod mend;
pub(crate) mod metrics;
#[cfg(feature = "probe")]
mod probe;
mod progress;
pub(crate) mod reach;
mod ready;
mod receipt;
mod refuse;
mod replay;
pub(crate) mod request_id;
mod served;
mod sessions;
pub(crate) mod shutdown;
pub(crate) mod stdio;
