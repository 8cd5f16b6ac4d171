//! What xtask prints. Results go to stdout, talk to stderr; no other module prints.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the one place where xtask speaks")]

/// A result.
pub(crate) fn line(text: &str) {
    println!("{text}");
}

/// Talk: what is going on, or went wrong.
pub(crate) fn note(text: &str) {
    eprintln!("{text}");
}
