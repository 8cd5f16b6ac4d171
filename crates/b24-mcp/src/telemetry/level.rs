//! Which lines are written. The names of levels are those of syslog, as the reference system has them.

use tracing::{Level, level_filters::LevelFilter};
use tracing_subscriber::filter::Targets;

/// The level of this program's own lines when nobody says anything.
const DEFAULT: Level = Level::INFO;
/// Libraries that would fill the log, or print the arguments of calls at their finer levels.
const CHATTY: [&str; 6] = ["rmcp", "hyper", "hyper_util", "reqwest", "rustls", "h2"];
/// The longest part of an unknown level that is repeated.
const SHOWN: usize = 32;

/// The lines that `directives` ask for, and a complaint when they are not understood.
pub(super) fn settle(directives: Option<&str>, place: &str) -> (Targets, Option<String>) {
    match directives.map(read).transpose() {
        Ok(targets) => (targets.unwrap_or_else(|| quiet_libraries(DEFAULT.into())), None),
        Err(Unknown { shown }) => {
            let complaint = format!(
                "{place} says the log level `{shown}`, which is none of debug, info, notice, warning, error, \
                 critical, alert, emergency; using info"
            );
            (quiet_libraries(DEFAULT.into()), Some(complaint))
        }
    }
}

/// A level that nobody knows.
#[derive(Debug, PartialEq, Eq)]
struct Unknown {
    shown: String,
}

impl Unknown {
    /// Whoever pastes a secret into the wrong variable should not find it in a log: what is too long for a level is
    /// cut to its beginning.
    fn new(directives: &str) -> Self {
        let plain = |c: char| if c.is_ascii_alphanumeric() || "=,:_-. ".contains(c) { c } else { '?' };
        let is_long = directives.chars().count() > SHOWN;
        let kept = if is_long { 8 } else { SHOWN };
        let mut shown: String = directives.chars().map(plain).take(kept).collect();
        if is_long {
            shown.push('…');
        }
        Self { shown }
    }
}

fn read(directives: &str) -> Result<Targets, Unknown> {
    let directives = directives.trim();
    if let Some(level) = level(directives) {
        return Ok(quiet_libraries(level));
    }
    let unknown = || Unknown::new(directives);
    if !directives.contains(['=', ',']) {
        return Err(unknown());
    }
    let said: Targets = directives.parse().map_err(|_| unknown())?;
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
        assert!(enabled("CRITICAL", "b24_mcp", Level::ERROR) && !enabled("critical", "rmcp", Level::WARN));
        assert!(enabled("Notice", "b24_mcp", Level::INFO) && !enabled("notice", "b24_mcp", Level::DEBUG));
    }

    #[test]
    fn nobody_can_make_the_protocol_library_print_the_arguments_of_calls() {
        assert!(enabled("info,rmcp=trace", "rmcp::service", Level::INFO));
        assert!(!enabled("info,rmcp=trace", "rmcp::service", Level::DEBUG));
        assert!(!enabled("trace,rmcp::service=trace", "rmcp::service", Level::DEBUG));
    }

    #[test]
    fn an_unknown_level_is_complained_about_by_its_place_and_a_pasted_secret_is_not_repeated() {
        let complaint = |directives: &str| settle(Some(directives), "LOG_LEVEL").1.unwrap_or_default();
        assert_eq!(
            complaint(" lo\u{1b}ud "),
            "LOG_LEVEL says the log level `lo?ud`, which is none of debug, info, notice, warning, error, \
             critical, alert, emergency; using info"
        );
        assert!(complaint("https://acme.example/rest/1/not-a-secret/").contains("`https:??…`"));
        assert!(complaint("b24=loud").contains("`b24=loud`"));
    }
}
