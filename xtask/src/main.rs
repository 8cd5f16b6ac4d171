//! Automation with one entry for people and CI: `cargo xtask COMMAND`.
//!
//! It runs other programs and reads what they say. It knows nothing of Bitrix24 and shares no code
//! with the server: what it measures and checks, it sees from outside.

mod bench;
mod clients;
mod conformance;
mod lint;
mod mcp;
mod project;
mod say;
mod server;
mod step;
mod test;
mod tidy;
mod walls;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test [--without-clients]     all tests of the workspace, then the official MCP clients against the server
  clients                      only the official MCP clients
  lint                         fmt, clippy, tidy, docs, cargo-deny
  tidy                         the walls between the crates, and how files are laid out
  walls                        breaks each wall in a copy of the tree and expects the gates to object
  conformance [--script PATH]  the official MCP conformance suite against a sandboxed server
  bench start [--runs N]       start-up time and idle memory of the release build";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = project::enter().and_then(|project| match words.as_slice() {
        ["test"] => test::run(&project, test::Clients::Included),
        ["test", "--without-clients"] => test::run(&project, test::Clients::LeftOut),
        ["clients"] => clients::run(&project).map(|(passed, failed)| {
            say::line(&format!("{passed} passed, {failed} failed"));
            failed == 0
        }),
        ["lint"] => lint::run(&project),
        ["tidy"] => tidy::run(&project),
        ["walls"] => walls::run(&project),
        ["conformance"] => conformance::run(&project, None),
        ["conformance", "--script", path] => conformance::run(&project, Some(path.into())),
        ["bench", "start"] => bench::run(&project, bench::RUNS),
        ["bench", "start", "--runs", runs] => bench::run(&project, bench::runs(runs)?),
        [] | ["help" | "--help" | "-h"] => {
            say::line(USAGE);
            Ok(true)
        }
        _ => Err(format!("no such command: {}\n\n{USAGE}", words.join(" "))),
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(why) => {
            say::note(&format!("error: {why}"));
            ExitCode::from(2)
        }
    }
}
