//! `cargo xtask walls`: an experiment. In a copy of the tree it breaks one wall at a time and expects the gates to
//! object, so that nobody has to believe that they would. The tree itself is never touched.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::tidy::{self, graph::Graph, layout, walls};
use crate::{say, step};

/// A tool that breaks in through the wall; the copy gets it as one more module of `b24-tools`.
struct Burglar {
    what: &'static str,
    dependency: Option<&'static str>,
    body: &'static str,
}

const BURGLARS: [Burglar; 3] = [
    Burglar {
        what: "a reqwest::Client in a tool",
        dependency: Some("reqwest.workspace = true"),
        body: "/// Opens a client.\npub fn open() -> reqwest::Client {\n    reqwest::Client::new()\n}\n",
    },
    Burglar {
        what: "an environment read in a tool",
        dependency: None,
        body: "/// Reads a name.\npub fn read() -> Option<std::ffi::OsString> {\n    std::env::var_os(\"B24_WEBHOOK_URL\")\n}\n",
    },
    Burglar {
        what: "the wall clock in a tool",
        dependency: None,
        body: "/// Reads the clock.\npub fn now() -> std::time::SystemTime {\n    std::time::SystemTime::now()\n}\n",
    },
];

/// Breaks each wall. `Ok(false)` when a gate let one through.
pub(crate) fn run(project: &Project) -> Result<bool, String> {
    let copy = project.root.join("target/walls/tree");
    let mut held = Vec::new();

    replicate(&project.root, &copy)?;
    edit(&copy.join("crates/b24-sim/Cargo.toml"), |text| depend(text, "b24-rest.workspace = true"))?;
    let what = "b24-rest in b24-sim";
    held.push(("tidy", what, tidy_objects(&copy, "b24-sim -> b24-rest")?));
    held.push(("deny", what, deny_objects(&copy, "b24-sim", "b24-rest")?));

    for burglar in &BURGLARS {
        replicate(&project.root, &copy)?;
        fs::create_dir_all(copy.join("crates/b24-tools/src/tools")).map_err(|e| e.to_string())?;
        let place = copy.join("crates/b24-tools/src/tools/burglar.rs");
        fs::write(&place, format!("//! Breaks in.\n\n{}", burglar.body)).map_err(|e| e.to_string())?;
        edit(&copy.join("crates/b24-tools/src/lib.rs"), |text| {
            format!("{text}\n#[path = \"tools/burglar.rs\"]\npub mod burglar;\n")
        })?;
        if let Some(dependency) = burglar.dependency {
            edit(&copy.join("crates/b24-tools/Cargo.toml"), |text| depend(text, dependency))?;
            held.push(("deny", burglar.what, deny_objects(&copy, "b24-tools", "reqwest")?));
        }
        held.push(("tidy", burglar.what, tidy_objects(&copy, "src/tools/burglar.rs")?));
        held.push(("clippy", burglar.what, clippy_objects(&copy, project)?));
    }

    say::line("");
    for (gate, what, objected) in &held {
        say::line(&format!("{} {gate:<6} against {what}", if *objected { "PASS" } else { "FAIL" }));
    }
    let failed = held.iter().filter(|(_, _, objected)| !objected).count();
    say::line(&format!("{} passed, {failed} failed", held.len() - failed));
    Ok(failed == 0)
}

/// Makes `copy` the same as `root`, without what is built or installed.
fn replicate(root: &Path, copy: &PathBuf) -> Result<(), String> {
    let told = |e: std::io::Error| format!("cannot copy the tree to {}: {e}", copy.display());
    if copy.exists() {
        fs::remove_dir_all(copy).map_err(told)?;
    }
    for file in tidy::tree::files(root)? {
        let place = copy.join(&file.path);
        fs::create_dir_all(place.parent().unwrap_or(copy)).map_err(told)?;
        fs::write(place, file.text).map_err(told)?;
    }
    Ok(())
}

fn edit(path: &Path, change: impl Fn(&str) -> String) -> Result<(), String> {
    let told = |e: std::io::Error| format!("cannot edit {}: {e}", path.display());
    fs::write(path, change(&fs::read_to_string(path).map_err(told)?)).map_err(told)
}

fn depend(manifest: &str, line: &str) -> String {
    manifest.replacen("[dependencies]\n", &format!("[dependencies]\n{line}\n"), 1)
}

/// Whether tidy names the break-in. What else it may find in the tree counts for nothing here.
fn tidy_objects(copy: &Path, mark: &str) -> Result<bool, String> {
    let project = Project { root: copy.to_path_buf() };
    let breaches = walls::breaches(walls::HOUSE, &Graph::read(&project.metadata()?)?);
    let files = tidy::tree::files(copy)?;
    let findings = files.iter().flat_map(|file| layout::examine(&file.path, &file.text));
    let findings = findings.filter(|finding| finding.weight == layout::Weight::Error);
    let said = breaches.iter().map(ToString::to_string).chain(findings.map(|finding| finding.to_string()));
    Ok(named("tidy", &said.collect::<Vec<_>>().join("\n"), &[mark]))
}

fn deny_objects(copy: &Path, from: &str, to: &str) -> Result<bool, String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["deny", "check", "bans"]).current_dir(copy);
    let (from, to) = (format!("direct parent '{from} "), format!("of banned crate '{to} "));
    objects("deny", &mut cargo, &[&from, &to])
}

fn clippy_objects(copy: &Path, project: &Project) -> Result<bool, String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["clippy", "--package", "b24-tools", "--", "-D", "warnings"]).current_dir(copy);
    // Built apart from the tree, and kept, so that only the first burglar waits for the dependencies.
    cargo.env("CARGO_TARGET_DIR", project.root.join("target/walls/build"));
    objects("clippy", &mut cargo, &["use of a disallowed method", "src/tools/burglar.rs"])
}

/// Whether a gate failed, and for the reason that was meant.
fn objects(gate: &str, command: &mut Command, marks: &[&str]) -> Result<bool, String> {
    Ok(step::output(command).err().is_some_and(|said| named(gate, &said, marks)))
}

/// Whether every mark stands in what a gate said. What it said is shown when one does not.
fn named(gate: &str, said: &str, marks: &[&str]) -> bool {
    let lines = said.lines().filter(|line| marks.iter().any(|mark| line.contains(mark)));
    lines.for_each(|line| say::note(&format!("{gate}: {}", line.trim())));
    let named = marks.iter().all(|mark| said.contains(mark));
    if !named {
        say::note(said);
    }
    named
}
