//! `b24-mcp`: lets AI assistants work in a Bitrix24 portal, under the rights of the person who connected it.

mod cli;
mod clock;
mod config;
#[cfg(feature = "conformance")]
mod conformance;
mod door;
mod feedback;
mod freeze;
mod outbound;
mod redact;
mod serve;
mod signals;
mod telemetry;
mod tenant;

fn main() -> std::process::ExitCode {
    cli::run()
}
