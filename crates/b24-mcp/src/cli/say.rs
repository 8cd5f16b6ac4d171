//! Words for people and data for programs: data on stdout, talk on stderr, a hint on a line of its own.
//!
//! Makes sense without colours. A reader that has gone away is no error.

use std::{
    io::Write,
    sync::atomic::{AtomicBool, Ordering},
};

use crate::redact;

/// Whether the log is for machines: then talk stands in it, so that every line of stderr is of one kind.
static IN_THE_LOG: AtomicBool = AtomicBool::new(false);

/// From now on talk and warnings are lines of the log.
pub(crate) fn into_the_log() {
    IN_THE_LOG.store(true, Ordering::Relaxed);
}

/// Whether data was lost, though somebody was there to read it: a full disk.
static LOST: AtomicBool = AtomicBool::new(false);

/// A line of data. Whoever asked for it sees it, but for configured secrets.
pub(crate) fn data(line: &str) {
    reveal(&redact::shown(line));
}

/// A line of data that holds a secret which somebody came for: a Bearer made a moment ago, the webhook of an invented
/// portal. The one way around the redactor.
pub(crate) fn reveal(line: &str) {
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

/// The same, beside the data.
pub(crate) fn reveal_aside(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// A line of talk.
pub(crate) fn talk(line: &str) {
    if IN_THE_LOG.load(Ordering::Relaxed) {
        tracing::info!("{}", line.trim_start());
        return;
    }
    let _ = writeln!(redact::stderr(), "{line}");
}

/// What went wrong, what caused it, and what to do next.
pub(crate) fn error(error: &dyn std::error::Error, hint: Option<&str>) {
    let mut out = redact::stderr();
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
