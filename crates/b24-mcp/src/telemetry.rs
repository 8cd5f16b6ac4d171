//! What is told while running: lines on stderr, for people or for machines, and spans for a collector. Never a
//! secret, an argument of a call or what people wrote.

mod json_line;
mod level;
pub(crate) mod otlp;
pub(crate) mod trace;

use std::io::IsTerminal;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{Layer, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::LogFormat;

/// What the log should be.
pub(crate) struct Log<'a> {
    /// A level, or `level,target=level`.
    pub(crate) directives: Option<&'a str>,
    /// Where the directives were said.
    pub(crate) place: String,
    pub(crate) format: LogFormat,
    pub(crate) colours: bool,
}

/// Begins to write lines to stderr, and to hand spans to `spans`. Says what it could not understand.
pub(crate) fn begin(log: &Log<'_>, spans: Option<otlp::Spans>) -> Option<String> {
    let (targets, complaint) = level::settle(log.directives, &log.place);
    let colours = log.colours && std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt::layer().with_writer(crate::redact::stderr);
    let lines = match log.format {
        LogFormat::Text => lines.with_ansi(colours).with_filter(targets).boxed(),
        LogFormat::Json => json_line::written(lines).with_filter(targets).boxed(),
    };
    // A subscriber that is there already is a test's own.
    let _ = tracing_subscriber::registry().with(spans.map(otlp::Spans::filtered)).with(lines).try_init();
    complaint
}

/// Writes no line at all: for commands that say by themselves whatever there is to say.
pub(crate) fn silence() {
    let _ = tracing_subscriber::registry().with(LevelFilter::OFF).try_init();
}

/// From now on a panic tells its place, in the log or, where there is none, as talk.
pub(crate) fn name_the_place_of_panics() {
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic may quote what it stumbled over; its place is enough to find it.
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        if tracing::enabled!(tracing::Level::ERROR) {
            tracing::error!(place, "A part of the server failed");
        } else {
            crate::cli::say::talk(&format!("error: a part of the program failed, at {place}"));
        }
    }));
}
