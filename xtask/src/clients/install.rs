//! Puts the MCP clients and the SDKs into `.tools/clients`, by the exact versions of `clients/`. On Debian and with the
//! rights for it, a missing Python or npm is installed too; otherwise what is missing is said plainly.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::project::Project;
use crate::{say, step};

/// Where the clients are and what runs them.
pub(crate) struct Kit {
    pub(crate) folder: PathBuf,
    pub(crate) node: PathBuf,
    pub(crate) python: PathBuf,
}

/// Installs what is not there yet. A second run with the same versions asks the network for nothing.
pub(crate) fn install(project: &Project) -> Result<Kit, String> {
    let folder = project.tools().join("clients");
    fs::create_dir_all(&folder).map_err(|e| format!("cannot create {}: {e}", folder.display()))?;
    let source = project.root.join("clients");
    // The scripts run beside `node_modules`, where Node looks for what they import.
    copy(&source, &folder)?;

    if !is_installed(&folder, "package-lock.json") {
        need("npm", &["--version"], &["nodejs", "npm"])?;
        let mut npm = Command::new("npm");
        if !step::run("npm ci (clients)", npm.args(["ci", "--loglevel", "error"]).current_dir(&folder))? {
            return Err("npm could not install the clients of clients/package.json".to_owned());
        }
        mark(&folder, "package-lock.json")?;
    }
    if !is_installed(&folder, "requirements.txt") {
        need("python3", &["-c", "import ensurepip, venv"], &["python3", "python3-venv"])?;
        let mut venv = Command::new("python3");
        let made = step::run("python3 -m venv", venv.args(["-m", "venv", ".venv"]).current_dir(&folder))?;
        let mut pip = Command::new(folder.join(".venv/bin/pip"));
        pip.args(["install", "--quiet", "--requirement", "requirements.txt"]).current_dir(&folder);
        if !made || !step::run("pip install (clients)", &mut pip)? {
            return Err("pip could not install the client of clients/requirements.txt".to_owned());
        }
        mark(&folder, "requirements.txt")?;
    }
    let node = ["x64", "arm64"]
        .map(|cpu| folder.join(format!("node_modules/node-linux-{cpu}/bin/node")))
        .into_iter()
        .find(|node| node.exists())
        .ok_or("npm brought no Node for this machine: the clients run on Linux, x64 or arm64")?;
    Ok(Kit { node, python: folder.join(".venv/bin/python"), folder })
}

fn copy(source: &Path, folder: &Path) -> Result<(), String> {
    let told = |e: std::io::Error| format!("cannot copy {}: {e}", source.display());
    for entry in fs::read_dir(source).map_err(told)? {
        let entry = entry.map_err(told)?;
        if entry.file_type().map_err(told)?.is_file() {
            fs::copy(entry.path(), folder.join(entry.file_name())).map_err(told)?;
        }
    }
    Ok(())
}

/// What was installed last is kept as a copy of the list it was installed from.
fn installed_from(folder: &Path, list: &str) -> PathBuf {
    folder.join(format!("{list}.installed"))
}

fn is_installed(folder: &Path, list: &str) -> bool {
    let kept = fs::read(installed_from(folder, list));
    kept.is_ok_and(|kept| fs::read(folder.join(list)).is_ok_and(|wanted| wanted == kept))
}

fn mark(folder: &Path, list: &str) -> Result<(), String> {
    fs::copy(folder.join(list), installed_from(folder, list))
        .map(drop)
        .map_err(|e| format!("cannot note what was installed: {e}"))
}

/// Makes sure that a program answers, with Debian's packages if need be and allowed.
pub(crate) fn need(program: &str, probe: &[&str], packages: &[&str]) -> Result<(), String> {
    if step::answers(program, probe) {
        return Ok(());
    }
    let missing = format!(
        "`{program} {}` does not work here; install {} or run `cargo xtask test --without-clients`",
        probe.join(" "),
        packages.join(" and ")
    );
    let is_root = step::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !is_root || !step::answers("apt-get", &["--version"]) {
        return Err(missing);
    }
    say::note(&format!("{program} is missing; installing {}", packages.join(" ")));
    let mut update = Command::new("apt-get");
    let mut install = Command::new("apt-get");
    install.args(["install", "--yes", "--no-install-recommends"]).args(packages);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    let done =
        step::run("apt-get update", update.arg("update"))? && step::run("apt-get install", &mut install)?;
    if done && step::answers(program, probe) { Ok(()) } else { Err(missing) }
}
