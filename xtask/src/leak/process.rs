//! A process of which every byte is kept that it prints.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::captured::Captured;

/// How long a process may take to say where it is, and to end.
const PATIENCE: Duration = Duration::from_secs(30);

/// The variables of a process, by name.
pub(crate) type Environment = Vec<(String, String)>;

/// A running process. It is killed when this goes out of scope.
pub(crate) struct Process {
    child: Child,
    lines: Mutex<Receiver<String>>,
    printed: Vec<(String, JoinHandle<Vec<u8>>)>,
    captured: Captured,
}

impl Process {
    /// Starts a program in a folder, with this environment and no other.
    pub(crate) fn start(
        program: &Path,
        args: &[&str],
        environment: &[(String, String)],
        folder: &Path,
        captured: &Captured,
    ) -> Result<Self, String> {
        let mut child = Command::new(program)
            .args(args)
            .env_clear()
            .envs(environment.iter().map(|(name, value)| (name, value)))
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot start {}: {e}", program.display()))?;
        let (sender, lines) = mpsc::channel();
        let name = args.first().copied().unwrap_or("b24-mcp");
        let mut printed = Vec::new();
        if let Some(stdout) = child.stdout.take() {
            printed.push((format!("{name}, stdout"), keep(stdout, sender.clone())));
        }
        if let Some(stderr) = child.stderr.take() {
            printed.push((format!("{name}, stderr"), keep(stderr, sender)));
        }
        Ok(Self { child, lines: Mutex::new(lines), printed, captured: captured.clone() })
    }

    /// What stands behind `word` in the first line that has it, up to the next blank or sign of a text.
    pub(crate) fn told(&self, word: &str) -> Result<String, String> {
        let began = Instant::now();
        let mut said = String::new();
        while let Ok(line) = self
            .lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv_timeout(PATIENCE.saturating_sub(began.elapsed()))
        {
            if let Some((_, rest)) = line.split_once(word) {
                let ends = |c: char| c.is_whitespace() || "\"'`,;".contains(c);
                return Ok(rest.split(ends).next().unwrap_or_default().to_owned());
            }
            said.push_str(&line);
        }
        Err(format!("the process never said `{word}`; it said:\n{said}"))
    }

    /// The next line that it prints.
    pub(crate) fn told_line(&self) -> Result<String, String> {
        self.lines
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .recv_timeout(PATIENCE)
            .map_err(|_| "the process says no more".to_owned())
    }

    /// Writes a line to its stdin.
    pub(crate) fn write(&mut self, line: &str) -> Result<(), String> {
        let stdin = self.child.stdin.as_mut().ok_or("stdin is closed")?;
        writeln!(stdin, "{line}").map_err(|e| format!("the process takes no input: {e}"))
    }

    /// What other processes of the same user can read about it.
    pub(crate) fn exposed(&self) {
        for file in ["cmdline", "environ"] {
            let bytes = std::fs::read(format!("/proc/{}/{file}", self.child.id())).unwrap_or_default();
            self.captured.add(&format!("/proc, {file}"), &bytes);
        }
    }

    /// Closes its stdin, asks it to end if `terminate` says so, waits, and keeps what it printed.
    pub(crate) fn end(mut self, terminate: bool) -> Result<(), String> {
        drop(self.child.stdin.take());
        if terminate {
            let id = self.child.id().to_string();
            let told = Command::new("kill").args(["-TERM", &id]).status();
            told.map_err(|e| format!("cannot stop the process: {e}"))?;
        }
        let began = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && began.elapsed() < PATIENCE {
            thread::sleep(Duration::from_millis(20));
        }
        self.keep_all();
        Ok(())
    }

    fn keep_all(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
        for (way, thread) in self.printed.drain(..) {
            self.captured.add(&way, &thread.join().unwrap_or_default());
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.keep_all();
    }
}

fn keep(stream: impl Read + Send + 'static, lines: Sender<String>) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut stream = BufReader::new(stream);
        let (mut all, mut line) = (Vec::new(), Vec::new());
        while stream.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            all.extend_from_slice(&line);
            // Nobody may be listening any more; the bytes are kept all the same.
            let _ = lines.send(String::from_utf8_lossy(&line).into_owned());
            line.clear();
        }
        all
    })
}
