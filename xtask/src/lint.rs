//! `cargo xtask lint`: the gates in order. Each runs even when one before it failed, so that one run tells all.

use std::process::Command;

use crate::project::Project;
use crate::{commits, say, secrets, step, tidy};

/// The version that is installed when there is no cargo-deny.
const CARGO_DENY: &str = "0.20.2";

/// Runs every gate and prints which held.
pub(crate) fn run(project: &Project) -> Result<bool, String> {
    let cargo = |args: &[&str]| {
        let mut cargo = Command::new("cargo");
        cargo.args(args).current_dir(&project.root);
        cargo
    };
    let mut docs = cargo(&["doc", "--workspace", "--no-deps"]);
    docs.env("RUSTDOCFLAGS", "-D warnings");
    let gates = [
        ("fmt", step::run("fmt", &mut cargo(&["fmt", "--all", "--check"]))?),
        (
            "clippy",
            step::run(
                "clippy",
                &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]),
            )?,
        ),
        (
            "clippy, with the conformance fixtures and the probes",
            step::run(
                "clippy --features conformance,probe",
                &mut cargo(&[
                    "clippy",
                    "--package",
                    "b24-mcp",
                    "--features",
                    "conformance,probe",
                    "--all-targets",
                    "--",
                    "-D",
                    "warnings",
                ]),
            )?,
        ),
        ("tidy", tidy::run(project)?),
        ("docs", step::run("docs", &mut docs)?),
        ("deny", deny(project)?),
        ("secrets", secrets::run(project, false)?),
        ("commits", commits::history(project)?),
    ];

    say::line("");
    for (gate, held) in &gates {
        say::line(&format!("{} {gate}", if *held { "PASS" } else { "FAIL" }));
    }
    let failed = gates.iter().filter(|(_, held)| !held).count();
    say::line(&format!("{} gates held, {failed} failed", gates.len() - failed));
    Ok(failed == 0)
}

/// Licences, sources and the walls once more. Advisories need the network each time and are left to a schedule.
fn deny(project: &Project) -> Result<bool, String> {
    let own = project.tools().join("cargo-deny");
    let installed = own.join("bin/cargo-deny");
    let mut deny = if step::answers("cargo", &["deny", "--version"]) {
        let mut cargo = Command::new("cargo");
        cargo.arg("deny");
        cargo
    } else {
        if !installed.exists() && !install(project, &own)? {
            return Ok(false);
        }
        Command::new(&installed)
    };
    deny.args(["check", "bans", "licenses", "sources"]).current_dir(&project.root);
    step::run("deny", &mut deny)
}

fn install(project: &Project, to: &std::path::Path) -> Result<bool, String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["install", "cargo-deny", "--locked", "--version", CARGO_DENY, "--root"]).arg(to);
    cargo.current_dir(&project.root);
    // It runs once per build and for seconds: a fast compile is worth more than a fast program.
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "off").env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    cargo.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    let title = format!("cargo install cargo-deny {CARGO_DENY}");
    let done = step::run(&title, &mut cargo)?;
    if !done {
        say::note("cargo-deny could not be installed: without it, licences and sources are not proven");
    }
    Ok(done)
}
