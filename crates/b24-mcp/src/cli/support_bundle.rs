//! `support-bundle`: one file for a ticket, with everything that helps and no secret.
//!
//! Collects what `doctor` finds and what was configured. Secrets are not collected at all; the whole file is then
//! searched for them all the same, since a log may hold what this program never wrote.

mod settled;

use std::{io::Write, path::PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::{doctor, exit::Exit, flags::Shared, opening::Sandbox, say};
use crate::{clock, config::Environment, redact, telemetry};

/// The arguments of `support-bundle`.
#[derive(Args)]
pub(crate) struct SupportBundle {
    /// Where to write it [default: stdout]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// A log of the server, whose last lines are added; the server itself logs to stderr
    #[arg(long, value_name = "FILE")]
    log_file: Option<PathBuf>,
    /// How many of its lines
    #[arg(long, value_name = "LINES", default_value_t = 200)]
    log_lines: usize,
    #[command(flatten)]
    sandbox: Sandbox,
    #[command(flatten)]
    shared: Shared,
}

impl SupportBundle {
    /// Collects, redacts and writes.
    pub(crate) async fn run(self, environment: &Environment) -> Exit {
        self.try_run(environment).await.unwrap_or_else(|exit| exit)
    }

    async fn try_run(self, environment: &Environment) -> Result<Exit, Exit> {
        let mut settings = self.shared.settle(environment, |_| {})?;
        telemetry::silence();
        let configured = settled::describe(&settings);
        let log = self.log()?;
        let findings = doctor::look(&mut settings, &self.sandbox).await?;
        let findings: Vec<Value> = findings.iter().map(doctor::Finding::to_json).collect();
        let mut bundle = json!({
            "program": { "name": "b24-mcp", "version": env!("CARGO_PKG_VERSION") },
            "platform": { "system": std::env::consts::OS, "processor": std::env::consts::ARCH },
            "made": clock::now().to_string(),
            "settings": configured,
            "findings": findings,
            "log": log,
        });
        redact::json(&mut bundle);
        self.write(&format!("{bundle:#}"))
    }

    /// The last lines of the log, when there is one.
    fn log(&self) -> Result<Option<Vec<String>>, Exit> {
        let Some(path) = &self.log_file else { return Ok(None) };
        let bytes = std::fs::read(path).map_err(|error| {
            say::talk(&format!("error: cannot read the log {}: {error}", path.display()));
            Exit::Failed
        })?;
        let text = String::from_utf8_lossy(&bytes);
        let lines: Vec<&str> = text.lines().collect();
        let last = lines.len().saturating_sub(self.log_lines);
        Ok(Some(lines[last..].iter().map(|line| redact::foreign_line(line)).collect()))
    }

    fn write(&self, text: &str) -> Result<Exit, Exit> {
        let Some(path) = &self.out else {
            say::data(text);
            return Ok(Exit::Done);
        };
        let written = open(path).and_then(|mut file| writeln!(file, "{text}"));
        written.map_err(|error| {
            say::talk(&format!("error: cannot write {}: {error}", path.display()));
            Exit::Failed
        })?;
        say::talk(&format!("written to {}; read it before you send it", path.display()));
        Ok(Exit::Done)
    }
}

/// No secret is in it, but what it says of an installation is nobody else's business on this machine.
fn open(path: &std::path::Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
