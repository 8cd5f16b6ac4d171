//! Words for people and data for programs: data on stdout, talk on stderr, a hint on a line of its own.
//!
//! Makes sense without colours. A reader that has gone away is no error.

use std::io::Write;

/// A line of data.
pub(crate) fn data(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// A line of talk.
pub(crate) fn talk(line: &str) {
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
    talk(&format!("warning: {line}"));
    if let Some(hint) = hint {
        talk(&format!("hint: {hint}"));
    }
}
