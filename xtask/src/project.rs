//! The workspace as cargo sees it: where it lies, what it is made of, where its programs are built.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::step;

/// The workspace that xtask works on.
pub(crate) struct Project {
    /// The folder of the root `Cargo.toml`.
    pub(crate) root: PathBuf,
}

/// Finds the workspace around the current folder and makes its root the current folder.
pub(crate) fn enter() -> Result<Project, String> {
    let manifest = step::output(Command::new("cargo").args([
        "locate-project",
        "--workspace",
        "--message-format",
        "plain",
    ]))?;
    let root = Path::new(manifest.trim()).parent().ok_or("cargo names no workspace here")?.to_path_buf();
    std::env::set_current_dir(&root).map_err(|e| format!("cannot enter {}: {e}", root.display()))?;
    Ok(Project { root })
}

impl Project {
    /// `cargo metadata`, with everything that the lock file resolves.
    pub(crate) fn metadata(&self) -> Result<Value, String> {
        let mut cargo = Command::new("cargo");
        cargo.args(["metadata", "--format-version", "1"]).current_dir(&self.root);
        serde_json::from_str(&step::output(&mut cargo)?)
            .map_err(|e| format!("cargo metadata is not JSON: {e}"))
    }

    /// Builds the server and returns where its program is.
    pub(crate) fn server(&self, profile: Profile) -> Result<PathBuf, String> {
        let metadata = self.metadata()?;
        let target = Path::new(metadata["target_directory"].as_str().ok_or("cargo names no target folder")?);
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "--package", "b24-mcp"]).current_dir(&self.root);
        let built = target.join("debug/b24-mcp");
        let folder = match profile {
            Profile::Debug => target.join("debug"),
            Profile::Release => {
                cargo.arg("--release");
                target.join("release")
            }
            // A folder of its own: other features would rebuild half of the usual one each time.
            Profile::Fixtures => {
                let own = target.join("conformance");
                cargo.args(["--features", "conformance", "--target-dir"]).arg(&own);
                own.join("debug")
            }
            Profile::Probe => {
                cargo.args(["--features", "probe"]);
                target.join("leak")
            }
        };
        if !step::run("cargo build --package b24-mcp", &mut cargo)? {
            return Err("the server does not build".to_owned());
        }
        let program = folder.join("b24-mcp");
        if profile == Profile::Probe {
            // Beside the usual one, which the next build puts in its place again.
            std::fs::create_dir_all(&folder).map_err(|e| format!("cannot make {}: {e}", folder.display()))?;
            std::fs::copy(built, &program).map_err(|e| format!("cannot copy the server: {e}"))?;
        }
        Ok(program)
    }

    /// An ignored folder for what the tests install.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }
}

/// How the server is built.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    Debug,
    Release,
    /// With the fixtures of the conformance suite.
    Fixtures,
    /// With ways to give secrets away.
    Probe,
}
