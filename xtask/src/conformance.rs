//! `cargo xtask conformance`: the official MCP conformance suite against a sandboxed server. The script that
//! runs the suite is kept beside the repository; without it this command fails and says so.

use std::path::PathBuf;
use std::process::Command;

use crate::project::{Profile, Project};
use crate::server::{self, Server};
use crate::step;

/// Where the script is unless `--script` names another place.
const SCRIPT: &str = "../shared/conformance.sh";

/// What is asked of the server.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rigour {
    /// The product as it is released: scenarios that call the suite's own fixtures do not apply.
    Product,
    /// A build with those fixtures on the same router: nothing may be left out.
    Strict,
}

/// Builds and starts the server, then passes on whether the script was content.
pub(crate) fn run(project: &Project, rigour: Rigour, script: Option<PathBuf>) -> Result<bool, String> {
    let script = script.unwrap_or_else(|| project.root.join(SCRIPT));
    if !script.is_file() {
        return Err(format!("{} is not there; name the script with --script PATH", script.display()));
    }
    let program = project.server(match rigour {
        Rigour::Product => Profile::Release,
        Rigour::Strict => Profile::Fixtures,
    })?;
    let token = server::token()?;
    let args = ["serve", "--sandbox", "--limits", "off", "--listen", "127.0.0.1:0"];
    let server = Server::start(&program, &args, &[("B24_MCP_TOKEN", &token)], "/mcp")?;
    let mut suite = Command::new(&script);
    // The script takes its Bearer from the environment, so that it stands in no process list.
    suite.arg(&server.url).env("MCP_TOKEN", &token);
    if rigour == Rigour::Strict {
        suite.args(["--strict", "-x"]);
    }
    match step::code("conformance", &mut suite)? {
        Some(0) => Ok(true),
        Some(1) => Ok(false),
        // The script's own words stand above; its 2 becomes ours.
        _ => Err("the conformance suite could not be run".to_owned()),
    }
}
