//! A `b24-mcp` process: started, listened to until it says where it can be reached, and stopped when dropped.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

/// How long a server may take to say where it is.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server. It is killed when this goes out of scope.
pub(crate) struct Server {
    child: Child,
    /// The address that it printed.
    pub(crate) url: String,
    /// When the process was started.
    pub(crate) began: Instant,
    // Held so that the threads that drain the server's output keep a reader.
    _lines: Receiver<String>,
}

impl Server {
    /// Starts `program` and waits until it prints an address on this machine that has `part` in it.
    pub(crate) fn start(
        program: &Path,
        args: &[&str],
        environment: &[(&str, &str)],
        part: &str,
    ) -> Result<Self, String> {
        let began = Instant::now();
        let mut child = Command::new(program)
            .args(args)
            .envs(environment.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|e| format!("cannot start {}: {e}", program.display()))?;
        let (sender, lines) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            drain(stdout, sender.clone());
        }
        if let Some(stderr) = child.stderr.take() {
            drain(stderr, sender);
        }
        let mut server = Self { child, url: String::new(), began, _lines: lines };
        server.url = server.listen(part).map_err(|said| {
            format!("`b24-mcp {}` never said where it listens; it said:\n{said}", args.join(" "))
        })?;
        Ok(server)
    }

    fn listen(&self, part: &str) -> Result<String, String> {
        let mut said = String::new();
        loop {
            match self._lines.recv_timeout(PATIENCE.saturating_sub(self.began.elapsed())) {
                Ok(line) => {
                    if let Some(url) = address(&line, part) {
                        return Ok(url);
                    }
                    said.push_str(&line);
                    said.push('\n');
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return Err(said),
            }
        }
    }

    /// The process id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, which is what is wanted here.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The first address in a line that is on this machine and has `part` in it.
fn address(line: &str, part: &str) -> Option<String> {
    let start = line.find("https://127.0.0.1:").or_else(|| line.find("http://127.0.0.1:"))?;
    let url = line[start..].split(|c: char| c.is_whitespace() || "\"'`,)".contains(c)).next()?;
    url.contains(part).then(|| url.to_owned())
}

fn drain(stream: impl Read + Send + 'static, lines: Sender<String>) {
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            // Read to the end even when nobody listens: a full pipe would stop the server.
            let _ = lines.send(line);
        }
    });
}

/// A Bearer that nobody can guess, for one run.
pub(crate) fn token() -> Result<String, String> {
    let mut bytes = [0_u8; 32];
    std::fs::File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut bytes))
        .map_err(|e| format!("cannot read random bytes: {e}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_in_a_sentence_and_in_a_snippet() {
        let found = |line| address(line, "/mcp");

        assert_eq!(
            found("Listening on http://127.0.0.1:3000/mcp (sandbox)").as_deref(),
            Some("http://127.0.0.1:3000/mcp")
        );
        assert_eq!(
            found("{\"url\":\"http://127.0.0.1:40999/mcp\"}").as_deref(),
            Some("http://127.0.0.1:40999/mcp")
        );
        assert_eq!(found("portal http://127.0.0.1:5000/rest/1/x/"), None);
    }
}
