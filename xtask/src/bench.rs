//! `cargo xtask bench start`: how long from spawning the server to the first tool call that succeeded, and how
//! much memory it keeps when idle. It measures the release build as a user would meet it, and prints; it proves nothing about load.

use std::fs;
use std::io::BufReader;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::project::{Profile, Project};
use crate::server::{self, Server};
use crate::{mcp, say, step};

/// How often each start is measured unless told otherwise.
pub(crate) const RUNS: usize = 30;
/// With fewer runs a 95th percentile means nothing.
const FEWEST: usize = 20;
/// How long a server is left alone before its memory is read.
const SETTLE: Duration = Duration::from_secs(2);

const START_MS: f64 = 60.0;
const IDLE_MB: f64 = 15.0;
const IDLE_WITH_SANDBOX_MB: f64 = 25.0;

/// Reads a number of runs.
pub(crate) fn runs(text: &str) -> Result<usize, String> {
    text.parse()
        .ok()
        .filter(|runs| *runs >= FEWEST)
        .ok_or_else(|| format!("--runs takes a number from {FEWEST}"))
}

/// Has the redactor measured, in a release build of its tests.
pub(crate) fn redact(project: &Project) -> Result<bool, String> {
    let mut cargo = Command::new("cargo");
    cargo.current_dir(&project.root).args(["test", "--release", "--package", "b24-mcp", "--bin", "b24-mcp"]);
    cargo.args(["redact::tests::measure", "--", "--exact", "--ignored", "--nocapture"]);
    let told = step::output(&mut cargo)?;
    let lines: Vec<&str> =
        told.lines().filter_map(|line| line.split_once("redact: ")).map(|(_, rest)| rest).collect();
    lines.iter().for_each(|line| say::line(line));
    Ok(!lines.is_empty())
}

/// Measures and prints. `Ok(false)` when a target is missed.
pub(crate) fn run(project: &Project, runs: usize) -> Result<bool, String> {
    let program = project.server(Profile::Release)?;
    let portal =
        Server::start(&program, &["sandbox", "--listen", "127.0.0.1:0", "--limits", "off"], &[], "/rest/")?;
    let token = server::token()?;
    let environment = [("B24_WEBHOOK_URL", portal.url.as_str()), ("B24_MCP_TOKEN", token.as_str())];
    let serve = ["serve", "--listen", "127.0.0.1:0"];
    let serve_sandbox = ["serve", "--listen", "127.0.0.1:0", "--sandbox"];

    let stdio = times(runs, || start_stdio(&program, &environment))?;
    let http = times(runs, || {
        let server = Server::start(&program, &serve, &environment, "/mcp")?;
        mcp::call_over_http(&server.url, &token)?;
        Ok(server.began.elapsed())
    })?;
    let alone = idle(&Server::start(&program, &serve, &environment, "/mcp")?, &token)?;
    let boxed = idle(&Server::start(&program, &serve_sandbox, &environment[1..], "/mcp")?, &token)?;

    let rows = [
        Row::time("spawn to first call, stdio", &stdio),
        Row::time("spawn to first call, serve", &http),
        Row::memory("idle, serve", alone, IDLE_MB),
        Row::memory("idle, serve --sandbox", boxed, IDLE_WITH_SANDBOX_MB),
    ];
    let held = rows.iter().all(|row| row.measured <= row.target);
    say::line(&format!("{:<28} {:>10} {:>10}  {:<5}  {}", "", "measured", "target", "", "also"));
    for row in &rows {
        let verdict = if row.measured <= row.target { "holds" } else { "MISS" };
        let (measured, target) = (row.measured, row.target);
        say::line(&format!(
            "{:<28} {measured:>7.1} {unit} {target:>7.0} {unit}  {verdict:<5}  {}",
            row.what,
            row.also,
            unit = row.unit
        ));
    }
    Ok(held)
}

/// A line of the table.
struct Row {
    what: &'static str,
    measured: f64,
    target: f64,
    unit: &'static str,
    also: String,
}

impl Row {
    fn time(what: &'static str, sorted: &[f64]) -> Self {
        let at = |share: f64| sorted[((sorted.len() - 1) as f64 * share).round() as usize];
        let also =
            format!("95th percentile {:.1} ms, worst {:.1} ms, {} runs", at(0.95), at(1.0), sorted.len());
        Self { what, measured: at(0.5), target: START_MS, unit: "ms", also }
    }

    fn memory(what: &'static str, (fresh, used): (f64, f64), target: f64) -> Self {
        Self { what, measured: fresh, target, unit: "MB", also: format!("{used:.1} MB after a call") }
    }
}

/// Milliseconds of each run, sorted.
fn times(runs: usize, mut once: impl FnMut() -> Result<Duration, String>) -> Result<Vec<f64>, String> {
    let mut times =
        (0..runs).map(|_| once().map(|time| time.as_secs_f64() * 1000.0)).collect::<Result<Vec<_>, _>>()?;
    times.sort_by(f64::total_cmp);
    Ok(times)
}

fn start_stdio(program: &Path, environment: &[(&str, &str)]) -> Result<Duration, String> {
    let began = Instant::now();
    let mut child = Command::new(program)
        .arg("stdio")
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|e| format!("cannot start {}: {e}", program.display()))?;
    let mut input = child.stdin.take().ok_or("no stdin")?;
    let mut output = BufReader::new(child.stdout.take().ok_or("no stdout")?);
    let called = mcp::call_over_stdio(&mut input, &mut output);
    let time = began.elapsed();
    // A failed kill means that it has ended by itself; either way it is waited for.
    let _ = child.kill();
    let _ = child.wait();
    called.map(|()| time)
}

/// Resident memory in MB (10^6 bytes), before the first call and after it.
fn idle(server: &Server, token: &str) -> Result<(f64, f64), String> {
    thread::sleep(SETTLE);
    let fresh = resident(server.id())?;
    mcp::call_over_http(&server.url, token)?;
    thread::sleep(SETTLE);
    Ok((fresh, resident(server.id())?))
}

fn resident(id: u32) -> Result<f64, String> {
    let status = fs::read_to_string(format!("/proc/{id}/status"))
        .map_err(|e| format!("memory is read from /proc, which needs Linux: {e}"))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kibibytes: f64 = line
        .and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok())
        .ok_or("the process has no VmRSS")?;
    Ok(kibibytes * 1024.0 / 1e6)
}
