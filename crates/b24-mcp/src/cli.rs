//! The command line: one file for each command.

mod call;
mod doctor;
mod exit;
mod flags;
mod freeze;
mod health;
mod observe;
mod opening;
mod sandbox;
pub(crate) mod say;
mod serve;
mod snippets;
mod stdio;
mod support_bundle;
mod tools;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tokio::runtime::Builder;

use crate::config::Environment;
use exit::Exit;

/// Lets AI assistants work in a Bitrix24 portal.
#[derive(Parser)]
#[command(name = "b24-mcp", version, about, after_help = exit::HELP, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve MCP over HTTP, at /mcp.
    Serve(serve::Serve),
    /// Serve MCP over stdin and stdout, for a program that starts this one.
    Stdio(stdio::Stdio),
    /// Run a Bitrix24 portal in a box, on this machine only.
    Sandbox(sandbox::Sandbox),
    /// List the tools.
    Tools(tools::Tools),
    /// Call one tool, exactly as a client would.
    Call(call::Call),
    /// Check the configuration and the portal, and say what to do next.
    Doctor(doctor::Doctor),
    /// Write one file for a ticket: settings, findings and log lines, without secrets.
    SupportBundle(support_bundle::SupportBundle),
    /// Stop all changes of every server on this data folder, at once.
    Freeze(freeze::Freeze),
    /// Allow changes again.
    Thaw(freeze::Thaw),
    /// Ask a running server whether it lives (for container checks).
    Health(health::Health),
}

/// Runs the command that the command line names.
pub(crate) fn run() -> ExitCode {
    crate::telemetry::name_the_place_of_panics();
    let environment = Environment::of_this_process();
    let exit = match Cli::parse().command {
        // The server shares its work among two threads; everything else is one conversation.
        Command::Serve(command) => block_on(true, command.run(&environment)),
        Command::Stdio(command) => block_on(false, command.run(&environment)),
        Command::Sandbox(command) => block_on(false, command.run()),
        Command::Tools(command) => command.run(&environment),
        Command::Call(command) => block_on(false, command.run(&environment)),
        Command::Doctor(command) => block_on(false, command.run(&environment)),
        Command::SupportBundle(command) => block_on(false, command.run(&environment)),
        Command::Freeze(command) => command.run(&environment),
        Command::Thaw(command) => command.run(&environment),
        Command::Health(command) => block_on(false, command.run(&environment)),
    };
    if exit == Exit::Done && say::lost_data() { Exit::Failed } else { exit }.into()
}

fn block_on(shared: bool, command: impl Future<Output = Exit>) -> Exit {
    let mut builder = if shared { Builder::new_multi_thread() } else { Builder::new_current_thread() };
    let runtime = match builder.worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            say::error(&error, None);
            return Exit::Failed;
        }
    };
    let exit = runtime.block_on(command);
    // A thread that still waits for stdin must not keep the program alive.
    runtime.shutdown_background();
    exit
}
