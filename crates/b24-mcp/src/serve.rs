//! The server: one house, reached by HTTP, by stdio, or by the command line.

pub(crate) mod envelope;
pub(crate) mod handler;
pub(crate) mod house;
pub(crate) mod http;
mod mcp_route;
mod mend;
mod ready;
mod refuse;
mod replay;
pub(crate) mod request_id;
mod sessions;
pub(crate) mod shutdown;
pub(crate) mod stdio;
