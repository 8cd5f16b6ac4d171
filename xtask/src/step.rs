//! Running other programs. Whatever runs here has no stdin, so nothing can wait for an answer.

use std::process::{Command, Stdio};
use std::time::Instant;

use crate::say;

/// Runs a program under a title, with its output passed through. Returns whether it succeeded;
/// an error means that it could not be started at all.
pub(crate) fn run(title: &str, command: &mut Command) -> Result<bool, String> {
    Ok(code(title, command)? == Some(0))
}

/// Does the same and returns the exit code, or `None` for a program that was killed.
pub(crate) fn code(title: &str, command: &mut Command) -> Result<Option<i32>, String> {
    say::note(&format!("\n> {title}"));
    let began = Instant::now();
    let status = command.stdin(Stdio::null()).status().map_err(|e| cannot_start(command, &e))?;
    say::note(&format!("< {title}: {status}, {:.1} s", began.elapsed().as_secs_f32()));
    Ok(status.code())
}

/// What a program prints, or why there is nothing.
pub(crate) fn output(command: &mut Command) -> Result<String, String> {
    let done = command.stdin(Stdio::null()).output().map_err(|e| cannot_start(command, &e))?;
    if done.status.success() {
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    } else {
        let told = String::from_utf8_lossy(&done.stderr);
        Err(format!("{command:?} ended with {}: {}", done.status, told.trim()))
    }
}

/// Whether a program is there and answers to these arguments.
pub(crate) fn answers(program: &str, args: &[&str]) -> bool {
    output(Command::new(program).args(args)).is_ok()
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot start {}: {error}", command.get_program().to_string_lossy())
}
