//! What is told while running: lines on stderr, for people or for machines. Never a secret, an argument of a
//! call or what people wrote.

use std::io::IsTerminal;

use tracing::{Level, level_filters::LevelFilter};
use tracing_subscriber::{filter::Targets, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::LogFormat;

/// The level of this program's own lines when nobody says anything.
const DEFAULT: Level = Level::INFO;
/// Libraries that would fill the log, or print the arguments of calls at their finer levels.
const CHATTY: [&str; 6] = ["rmcp", "hyper", "hyper_util", "reqwest", "rustls", "h2"];

/// Begins to write lines to stderr. Says what it could not understand.
pub(crate) fn begin(directives: Option<&str>, format: LogFormat, colours: bool) -> Option<String> {
    let (targets, complaint) = match directives.map(read).transpose() {
        Ok(targets) => (targets.unwrap_or_else(|| quiet_libraries(DEFAULT.into())), None),
        Err(complaint) => (quiet_libraries(DEFAULT.into()), Some(complaint)),
    };
    let colours = colours && std::io::stderr().is_terminal();
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(colours);
    let registry = tracing_subscriber::registry().with(targets);
    // A subscriber that is there already is a test's own.
    let _ = match format {
        LogFormat::Text => registry.with(lines).try_init(),
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
    };
    std::panic::set_hook(Box::new(|panic| {
        // The message of a panic may quote what it stumbled over; its place is enough to find it.
        let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
        tracing::error!(place, "A part of the server failed");
    }));
    complaint
}

fn read(directives: &str) -> Result<Targets, String> {
    let directives = directives.trim();
    if let Some(level) = level(directives) {
        return Ok(quiet_libraries(level));
    }
    let shown: String = directives.chars().filter(|c| !c.is_control()).take(32).collect();
    let complaint = || {
        format!(
            "the log level `{shown}` is none of debug, info, notice, warning, error, critical; using info"
        )
    };
    if !directives.contains(['=', ',']) {
        return Err(complaint());
    }
    let said: Targets = directives.parse().map_err(|_| complaint())?;
    let default = said.default_level().unwrap_or(LevelFilter::OFF);
    Ok(quiet_libraries(default).with_targets(said.into_iter().map(cap)))
}

/// A level, by the names of syslog too.
fn level(word: &str) -> Option<LevelFilter> {
    Some(match word.to_ascii_lowercase().as_str() {
        "off" => LevelFilter::OFF,
        "trace" => LevelFilter::TRACE,
        "debug" => LevelFilter::DEBUG,
        "info" | "notice" => LevelFilter::INFO,
        "warn" | "warning" => LevelFilter::WARN,
        "error" | "critical" | "alert" | "emergency" => LevelFilter::ERROR,
        _ => return None,
    })
}

fn quiet_libraries(level: LevelFilter) -> Targets {
    let quiet = level.min(LevelFilter::WARN);
    Targets::new().with_default(level).with_targets(CHATTY.map(|library| (library, quiet)))
}

/// The protocol library prints whole calls from `debug` on, so it never gets there.
fn cap((target, level): (String, LevelFilter)) -> (String, LevelFilter) {
    let level =
        if target == "rmcp" || target.starts_with("rmcp::") { level.min(LevelFilter::INFO) } else { level };
    (target, level)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enabled(directives: &str, target: &str, level: Level) -> bool {
        read(directives).is_ok_and(|targets| targets.would_enable(target, &level))
    }

    #[test]
    fn a_level_is_for_this_program_and_libraries_stay_quiet() {
        assert!(enabled("debug", "b24_mcp::serve", Level::DEBUG));
        assert!(!enabled("debug", "hyper::proto", Level::INFO));
        assert!(enabled("critical", "b24_mcp", Level::ERROR) && !enabled("critical", "rmcp", Level::WARN));
        assert!(enabled("notice", "b24_mcp", Level::INFO) && !enabled("notice", "b24_mcp", Level::DEBUG));
    }

    #[test]
    fn nobody_can_make_the_protocol_library_print_the_arguments_of_calls() {
        assert!(enabled("info,rmcp=trace", "rmcp::service", Level::INFO));
        assert!(!enabled("info,rmcp=trace", "rmcp::service", Level::DEBUG));
        assert!(!enabled("trace,rmcp::service=trace", "rmcp::service", Level::DEBUG));
    }

    #[test]
    fn an_unknown_level_is_complained_about() {
        assert!(read("loud").is_err() && read("b24=loud").is_err());
    }
}
