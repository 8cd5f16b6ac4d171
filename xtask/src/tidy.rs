//! `cargo xtask tidy`: proves what a compiler cannot, and changes nothing.
//!
//! Two kinds of rules: who may depend on whom ([`walls`]), and how files are laid out ([`layout`]).
//! Both are pure; this file only fetches what they judge.

pub(crate) mod graph;
pub(crate) mod layout;
pub(crate) mod tree;
pub(crate) mod walls;

use crate::project::Project;
use crate::say;
use graph::Graph;
use layout::Weight;

/// Judges the tree and prints every finding. `Ok(false)` when a rule is broken.
pub(crate) fn run(project: &Project) -> Result<bool, String> {
    say::note("\n> tidy");
    let breaches = walls::breaches(walls::HOUSE, &Graph::read(&project.metadata()?)?);
    let files = tree::files(&project.root)?;
    let findings: Vec<_> = files.iter().flat_map(|file| layout::examine(&file.path, &file.text)).collect();

    for breach in &breaches {
        say::line(&format!("error: {breach}\n"));
    }
    for finding in &findings {
        say::line(&finding.to_string());
    }
    let broken = breaches.len() + findings.iter().filter(|f| f.weight == Weight::Error).count();
    let rust: Vec<_> = files.iter().filter(|file| file.path.ends_with(".rs")).collect();
    let mut lengths: Vec<_> = rust.iter().map(|file| file.text.lines().count()).collect();
    lengths.sort_unstable();
    say::line(&format!(
        "tidy: {broken} broken rules; {} Rust files, median {} lines, longest {}",
        lengths.len(),
        lengths.get(lengths.len() / 2).unwrap_or(&0),
        lengths.last().unwrap_or(&0),
    ));
    Ok(broken == 0)
}
