//! `b24-mcp`: lets AI assistants work in a Bitrix24 portal, under the rights of the person who connected it.

mod cli;
mod clock;
mod config;
mod door;
mod serve;
mod telemetry;
mod tenant;

fn main() -> std::process::ExitCode {
    cli::run()
}
