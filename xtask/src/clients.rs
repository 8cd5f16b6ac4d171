//! The official MCP clients against the server: installed by exact version into an ignored folder, then
//! each told to create, complete and delete a task. The story itself is in `clients/`, in the clients' own languages.

pub(crate) mod install;

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::project::{Profile, Project};
use crate::say;
use crate::server::{self, Server};
use install::Kit;

/// A client that says nothing for this long is counted as failed.
const PATIENCE: Duration = Duration::from_secs(90);

const LEGACY: &str = "2025-11-25";
const MODERN: &str = "2026-07-28";

/// How a client reaches the server.
#[derive(Clone, Copy)]
enum Transport {
    Http,
    Stdio,
}

/// One client in one mode: its script, the mode, and what it must have agreed on with the server.
struct Check {
    client: &'static str,
    script: &'static str,
    mode: &'static str,
    agreed: &'static str,
}

const fn check(
    client: &'static str,
    script: &'static str,
    mode: &'static str,
    agreed: &'static str,
) -> Check {
    Check { client, script, mode, agreed }
}

const CHECKS: [Check; 10] = [
    check("npm client", "ts_modern.mjs", "legacy", LEGACY),
    check("npm client", "ts_modern.mjs", "auto", MODERN),
    check("npm client", "ts_modern.mjs", MODERN, MODERN),
    check("npm sdk", "ts_legacy.mjs", "legacy", LEGACY),
    check("pypi mcp", "py_client.py", "auto", MODERN),
    check("pypi mcp", "py_client.py", "legacy", LEGACY),
    check("pypi mcp", "py_client.py", MODERN, MODERN),
    check("npm inspector", "inspector.mjs", "legacy", "legacy"),
    check("npm inspector", "inspector.mjs", "auto", "auto"),
    check("npm inspector", "inspector.mjs", "modern", "modern"),
];

/// Installs the clients, starts a sandboxed server, and returns how many checks passed and failed.
pub(crate) fn run(project: &Project) -> Result<(usize, usize), String> {
    let kit = install::install(project)?;
    let program = project.server(Profile::Debug)?;
    let token = server::token()?;
    let args = ["serve", "--sandbox", "--listen", "127.0.0.1:0"];
    let server = Server::start(&program, &args, &[("B24_MCP_TOKEN", &token)], "/mcp")?;
    say::note(&format!("\n> official MCP clients against {}", server.url));

    let (mut passed, mut failed) = (0, 0);
    for transport in [Transport::Http, Transport::Stdio] {
        for check in &CHECKS {
            let (name, target) = match transport {
                Transport::Http => ("http", server.url.as_str()),
                Transport::Stdio => ("stdio", program.to_str().ok_or("the build folder is no UTF-8")?),
            };
            let began = Instant::now();
            let told = tell(&kit, check, [name, target, check.mode], &token);
            let title = format!(
                "{:<13} {:<10} {:<5} {:>5.1} s",
                check.client,
                check.mode,
                name,
                began.elapsed().as_secs_f32()
            );
            match told {
                Ok(()) => {
                    passed += 1;
                    say::line(&format!("PASS {title}"));
                }
                Err(why) => {
                    failed += 1;
                    say::line(&format!("FAIL {title}\n{why}"));
                }
            }
        }
    }
    Ok((passed, failed))
}

/// Runs one check to its end. It prints what was agreed on as its last line.
fn tell(kit: &Kit, check: &Check, words: [&str; 3], token: &str) -> Result<(), String> {
    let interpreter = if check.script.ends_with(".py") { &kit.python } else { &kit.node };
    let mut command = Command::new(interpreter);
    command.arg(kit.folder.join(check.script)).args(words).env("B24_MCP_TOKEN", token);
    // The inspector keeps a catalogue of servers in the home folder; here it has nothing to keep.
    command.env("HOME", &kit.folder);
    let (code, out) = finish(&mut command, &kit.folder, check.client, PATIENCE)?;
    let agreed = out.trim().lines().last().unwrap_or_default();
    if code != Some(0) {
        let code = code.map_or("was stopped".to_owned(), |code| format!("ended with {code}"));
        Err(format!("     {code}: {}", out.trim()))
    } else if agreed != check.agreed {
        Err(format!("     agreed on `{agreed}`, expected `{}`", check.agreed))
    } else {
        Ok(())
    }
}

/// Waits for a program, but not for ever. Returns its status and what it printed: its result when it succeeded,
/// its complaints when it failed. Both go through files, because a full pipe would stop it.
pub(crate) fn finish(
    command: &mut Command,
    folder: &Path,
    name: &str,
    patience: Duration,
) -> Result<(Option<i32>, String), String> {
    let told = |e: std::io::Error| format!("     the client could not be run: {e}");
    let (result, complaints) =
        (folder.join(format!("{name}.result.txt")), folder.join(format!("{name}.complaints.txt")));
    let began = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(File::create(&result).map_err(told)?)
        .stderr(File::create(&complaints).map_err(told)?)
        .spawn()
        .map_err(told)?;
    let code = loop {
        if let Some(status) = child.try_wait().map_err(told)? {
            break status.code();
        }
        if began.elapsed() > patience {
            child.kill().and_then(|()| child.wait()).map_err(told)?;
            break None;
        }
        thread::sleep(Duration::from_millis(20));
    };
    let said = if code == Some(0) { result } else { complaints };
    Ok((code, fs::read_to_string(said).map_err(told)?))
}
