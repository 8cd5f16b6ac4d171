//! Automation with one entry for people and CI: `cargo xtask COMMAND`.
//!
//! It runs other programs and reads what they say. It shares no code with the server: what it measures and checks,
//! it sees from outside. What it knows of Bitrix24 comes from the official documentation and stands in `portal_check`.

mod bench;
mod catalogue;
mod clients;
mod commits;
mod conformance;
mod hooks;
mod leak;
mod lint;
mod mcp;
mod plain;
mod portal_check;
mod project;
mod say;
mod sdks;
mod secrets;
mod select;
mod server;
mod step;
mod test;
mod tidy;
mod tokens;
mod tools_page;
mod walls;
mod webhook;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  test [--without-clients]     all tests of the workspace, what the documentation says asked of the sandbox, the
                               ceilings of `tokens`, then the official MCP clients and SDKs
  clients                      only the official MCP clients
  sdks                         only the official Bitrix24 SDKs, against the sandbox
  portal-check [URL] [--url-file PATH] [--write] [--json]
                               asks a portal what the documentation says of it; the webhook's address comes from
                               B24_WEBHOOK_URL, a file or stdin, and as an argument for this machine only;
                               --write creates and removes records of its own, for a portal to throw away
  portal-check --sandbox       the same, writing too, of a fresh sandbox
  lint                         fmt, clippy, tidy, docs, cargo-deny, secrets, commit messages
  tidy                         the walls between the crates, and how files are laid out
  secrets [--staged]           looks for secrets in what git knows, and plants some to see that they are found
  commits [--file PATH]        messages are Conventional Commits
  hooks                        has git run both before a commit
  walls                        breaks each wall in a copy of the tree and expects the gates to object
  conformance [--strict | --script PATH]
                               the official MCP conformance suite against a sandboxed server; --strict builds the
                               suite's own fixtures in, so that nothing is left out
  tokens [--bound]             what the catalogue and a long answer cost a model, against ceilings; --bound compares the
                               server's own bound on tokens with the real count, on a corpus
  select                       whether what people say leads to the right tool by the tools' own words; a proxy for a model
  tools-page [--check]         writes docs/tools.md from the catalogue, or says whether it is stale
  leak [--self-check]          whether a secret ever leaves the server: in what it prints, writes, sends and shows of itself;
                               --self-check only plants leaks and looks whether they are found
  bench redact                 how long the redactor takes for a line of the log
  bench start [--runs N]       start-up time and idle memory of the release build";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let outcome = project::enter().and_then(|project| match words.as_slice() {
        ["test"] => test::run(&project, test::Clients::Included),
        ["test", "--without-clients"] => test::run(&project, test::Clients::LeftOut),
        ["clients"] => clients::run(&project).map(counted),
        ["portal-check", "--sandbox"] => portal_check::sandbox(&project).map(|(_, failed)| failed == 0),
        ["portal-check", told @ ..] => portal_check::run(told),
        ["sdks"] => sdks::run(&project).map(counted),
        ["lint"] => lint::run(&project),
        ["tidy"] => tidy::run(&project),
        ["secrets"] => secrets::run(&project, false),
        ["secrets", "--staged"] => secrets::run(&project, true),
        ["commits"] => commits::history(&project),
        ["commits", "--file", path] => commits::file(path),
        ["hooks"] => hooks::install(&project),
        ["walls"] => walls::run(&project),
        ["conformance"] => conformance::run(&project, conformance::Rigour::Product, None),
        ["conformance", "--strict"] => conformance::run(&project, conformance::Rigour::Strict, None),
        ["conformance", "--script", path] => {
            conformance::run(&project, conformance::Rigour::Product, Some(path.into()))
        }
        ["tokens"] => tokens::run(&project).map(counted),
        ["tokens", "--bound"] => tokens::bound(&project).map(counted),
        ["select"] => select::run(&project).map(counted),
        ["tools-page"] => tools_page::write(&project),
        ["tools-page", "--check"] => tools_page::check(&project).map(counted),
        ["leak"] => leak::run(&project, leak::Part::All).map(counted),
        ["leak", "--self-check"] => leak::run(&project, leak::Part::SelfCheck).map(counted),
        ["bench", "redact"] => bench::redact(&project),
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

fn counted((passed, failed): (usize, usize)) -> bool {
    say::line(&format!("{passed} passed, {failed} failed"));
    failed == 0
}
