//! Words for people and data for programs: data on stdout, talk on stderr, a hint on a line of its own.
//!
//! Makes sense without colours. A reader that has gone away is no error.

use std::{
    io::Write,
    sync::atomic::{AtomicBool, Ordering},
};

/// Whether the log is for machines: then talk stands in it, so that every line of stderr is of one kind.
static IN_THE_LOG: AtomicBool = AtomicBool::new(false);

/// From now on talk and warnings are lines of the log.
pub(crate) fn into_the_log() {
    IN_THE_LOG.store(true, Ordering::Relaxed);
}

/// Whether data was lost, though somebody was there to read it: a full disk.
static LOST: AtomicBool = AtomicBool::new(false);

/// A line of data.
pub(crate) fn data(line: &str) {
    if let Err(why) = writeln!(std::io::stdout().lock(), "{line}")
        && why.kind() != std::io::ErrorKind::BrokenPipe
        && !LOST.swap(true, Ordering::Relaxed)
    {
        error(&why, Some("stdout takes no more: is there room where it goes?"));
    }
}

/// Whether data could not be written.
pub(crate) fn lost_data() -> bool {
    LOST.load(Ordering::Relaxed)
}

/// A line of talk.
pub(crate) fn talk(line: &str) {
    if IN_THE_LOG.load(Ordering::Relaxed) {
        tracing::info!("{}", line.trim_start());
        return;
    }
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// What went wrong, what caused it, and what to do next.
pub(crate) fn error(error: &dyn std::error::Error, hint: Option<&str>) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "error: {error}");
    let mut cause = error.source();
    while let Some(inner) = cause {
        let _ = writeln!(out, "  caused by: {inner}");
        cause = inner.source();
    }
    if let Some(hint) = hint {
        let _ = writeln!(out, "\nhint: {hint}");
    }
}

/// What deserves attention, though it stops nothing.
pub(crate) fn warning(line: &str, hint: Option<&str>) {
    if IN_THE_LOG.load(Ordering::Relaxed) {
        tracing::warn!(hint, "{line}");
        return;
    }
    talk(&format!("warning: {line}"));
    if let Some(hint) = hint {
        talk(&format!("hint: {hint}"));
    }
}
