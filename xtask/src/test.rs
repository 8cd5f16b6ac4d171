//! `cargo xtask test`: every test of the workspace, the facts about portals, what the catalogue costs a model, the
//! official MCP clients and SDKs, and one line that counts them.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::project::Project;
use crate::{clients, leak, portal_check, say, sdks, select, step, tokens, tools_page};

/// Whether the official MCP clients and SDKs take part. They need npm, Python and, the first time, the network.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clients {
    Included,
    LeftOut,
}

/// Runs everything even when a part fails, and ends with `N passed, N failed`.
pub(crate) fn run(project: &Project, with: Clients) -> Result<bool, String> {
    let mut parts = vec![
        ("workspace", workspace(project)?),
        ("documentation", documentation(project)?),
        ("leaks", told("leaks", leak::run(project, leak::Part::All))),
        ("portal facts", told("portal facts", portal_check::sandbox(project))),
        ("tokens", told("tokens", tokens::run(project))),
        ("token bound", told("bound on tokens", tokens::bound(project))),
        ("selection", told("selection of tools", select::run(project))),
        ("docs/tools.md", told("page of the tools", tools_page::check(project))),
    ];
    if with == Clients::Included {
        parts.push(("MCP clients", told("MCP clients", clients::run(project))));
        parts.push(("SDKs", told("SDKs", sdks::run(project))));
    }
    say::line("");
    for (name, (passed, failed)) in &parts {
        say::line(&format!("{name:<14} {passed:>5} passed {failed:>3} failed"));
    }
    let sum = |of: fn(&(usize, usize)) -> usize| parts.iter().map(|(_, part)| of(part)).sum::<usize>();
    let (passed, failed) = (sum(|part| part.0), sum(|part| part.1));
    say::line(&format!("{passed} passed, {failed} failed"));
    Ok(failed == 0)
}

/// A part that could not be run at all counts as one failure.
fn told(name: &str, outcome: Result<(usize, usize), String>) -> (usize, usize) {
    outcome.unwrap_or_else(|why| {
        say::note(&format!("error: the {name} could not be checked: {why}"));
        (0, 1)
    })
}

/// Unit and integration tests: by nextest where it is installed, else as cargo runs them.
fn workspace(project: &Project) -> Result<(usize, usize), String> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root);
    if step::answers("cargo", &["nextest", "--version"]) {
        cargo.args(["nextest", "run", "--workspace", "--no-fail-fast", "--color", "never"]);
        counted("cargo nextest run", &mut cargo)
    } else {
        cargo.args(["test", "--workspace", "--tests", "--no-fail-fast", "--color", "never"]);
        counted("cargo test", &mut cargo)
    }
}

/// The examples in the documentation, which nextest leaves out.
fn documentation(project: &Project) -> Result<(usize, usize), String> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root);
    counted(
        "cargo test --doc",
        cargo.args(["test", "--workspace", "--doc", "--no-fail-fast", "--color", "never"]),
    )
}

/// Runs cargo with its output passed through, and adds up what it reports. A run that failed without
/// a failed test, such as one that does not compile, counts as one failure.
fn counted(title: &str, cargo: &mut Command) -> Result<(usize, usize), String> {
    say::note(&format!("\n> {title}"));
    let (reader, writer) = std::io::pipe().map_err(|e| format!("cannot make a pipe: {e}"))?;
    let copy = writer.try_clone().map_err(|e| format!("cannot make a pipe: {e}"))?;
    cargo.stdin(Stdio::null()).stdout(copy).stderr(writer);
    let mut child = cargo.spawn().map_err(|e| format!("cannot start cargo: {e}"))?;
    // The command holds the ends that are written to; the reading below ends when they are all closed.
    *cargo = Command::new("cargo");
    let (mut passed, mut failed) = (0, 0);
    for line in BufReader::new(reader).split(b'\n') {
        let line = line.map_err(|e| format!("cannot read what cargo prints: {e}"))?;
        let line = String::from_utf8_lossy(&line);
        say::note(&line);
        if let Some(tally) = tally(&line) {
            passed += tally.0;
            failed += tally.1;
        }
    }
    let status = child.wait().map_err(|e| format!("cannot wait for cargo: {e}"))?;
    if !status.success() && failed == 0 {
        failed = 1;
    }
    Ok((passed, failed))
}

/// Reads `test result: … 3 passed; 1 failed; …` and `Summary … 3 passed, 1 failed, …`.
fn tally(line: &str) -> Option<(usize, usize)> {
    let told = line.trim_start();
    if !told.starts_with("test result: ") && !told.starts_with("Summary [") {
        return None;
    }
    let words: Vec<_> = told.split([' ', ',', ';']).filter(|word| !word.is_empty()).collect();
    let before = |name: &str| {
        let at = words.iter().position(|word| *word == name)?;
        words.get(at.checked_sub(1)?)?.parse().ok()
    };
    Some((before("passed").unwrap_or(0), before("failed").unwrap_or(0)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_runners_are_understood() {
        let nextest = "     Summary [   0.009s] 13 tests run: 12 passed (1 slow), 1 failed, 0 skipped";
        let cargo = "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s";

        assert_eq!(tally(nextest), Some((12, 1)));
        assert_eq!(tally(cargo), Some((3, 2)));
        assert_eq!(tally("3 passed, said the stranger"), None);
    }
}
