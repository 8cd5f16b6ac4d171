//! The fixtures of the official MCP conformance suite, for a build that is tested and never shipped.
//!
//! The suite was written for libraries: it calls tools, prompts and resources with names of its own. Here they stand
//! beside the product's tools, behind the same router, layers, Bearer and session map, so that what the suite finds
//! out about them is true of the product. Nothing here reaches a portal, and the product knows nothing of this folder
//! but the name of [`Fixtures`].
#![expect(deprecated, reason = "the suite tests logging, sampling and roots, which old clients still use")]

#[cfg(not(debug_assertions))]
compile_error!("the feature `conformance` is for tests: build it without --release");

mod content;
mod fixtures;
mod peer;
mod prompts;
mod resources;
mod rounds;
mod schema;
mod signals;
mod stage;
mod tasks;
mod tools;

pub(crate) use fixtures::Fixtures;
