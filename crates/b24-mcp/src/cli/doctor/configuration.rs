//! What was configured, where, and whether it protects anything.

use jiff::Timestamp;

use super::Finding;
use crate::{
    config::{Settings, Source, TABLE},
    freeze::FreezeFile,
};

/// All settings, for `doctor --help`.
pub(super) fn help() -> String {
    let mut text =
        "Settings, by their name in b24-mcp.toml, in the environment, and as the reference system \
                    called them; those marked * may also be read from a file, by adding _FILE (_file):\n"
            .to_owned();
    for entry in TABLE {
        let mark = if entry.secret { '*' } else { ' ' };
        let line = format!("{mark} {:<14} {:<19} {}", entry.name, entry.variable, entry.aliases.join(", "));
        text.push_str(&format!("\n{}", line.trim_end()));
    }
    text
}

/// Looks at the configuration.
pub(super) fn findings(settings: &Settings, now: Timestamp) -> Vec<Finding> {
    let mut findings = vec![match &settings.file {
        Some(path) => Finding::ok("config", format!("the file {} was read", path.display())),
        None => Finding::ok("config", "no file; the environment and the defaults are used"),
    }];
    findings.extend(settings.origins.iter().map(|origin| {
        let entry = origin.key.entry();
        match &origin.source {
            _ if !entry.used => Finding::warn(
                "config",
                format!("`{}` is set by {}, but this version does not use it", entry.name, origin.source),
                "nothing needs to be done; it is kept for later versions",
            ),
            Source::Alias(name) => {
                Finding::ok("config", format!("`{}` comes from the alias {name}", entry.name))
            }
            source => Finding::ok("config", format!("`{}` comes from {source}", entry.name)),
        }
    }));
    findings.extend(
        settings.remarks.iter().map(|remark| Finding::warn("config", remark, "correct it when you can")),
    );
    findings.push(Finding::ok("config", format!("the view is `{}`", settings.view)));
    findings.push(freeze(settings));
    findings.extend(bearers(settings, now));
    findings
}

/// Whether all changes are stopped, and where that would be written.
fn freeze(settings: &Settings) -> Finding {
    let Some(folder) = &settings.data.path else {
        return Finding::warn(
            "freeze",
            "there is no data folder, so `b24-mcp freeze` cannot stop this server",
            "set B24_DATA_DIR to a folder of the person who runs it",
        );
    };
    let whence = if settings.data.is_said { "" } else { ", the usual place of this person" };
    match FreezeFile::in_folder(folder).read() {
        None => Finding::ok(
            "freeze",
            format!("changes are made; the data folder is {}{whence}", folder.display()),
        ),
        Some(freeze) => {
            let by = freeze.by.map(|by| format!(" by {by}")).unwrap_or_default();
            let since = freeze.since.map(|since| format!(" since {since:.0}")).unwrap_or_default();
            let why = freeze.reason.map(|reason| format!(": {reason}")).unwrap_or_default();
            Finding::warn(
                "freeze",
                format!("all changes are stopped{by}{since}{why}"),
                "`b24-mcp thaw` allows them again",
            )
        }
    }
}

fn bearers(settings: &Settings, now: Timestamp) -> Vec<Finding> {
    const MAKE: &str = "use at least 32 random characters, such as the output of `openssl rand -hex 32`";
    let mut findings: Vec<Finding> =
        settings.bearers.weak.iter().map(|weak| Finding::warn("bearer", weak, MAKE)).collect();
    let expired = settings.bearers.expired(now);
    findings.extend(expired.map(|label| {
        let what = format!("the Bearer `{label}` has expired");
        Finding::warn("bearer", what, "remove it, or give it a later `expires`")
    }));
    findings.push(match settings.bearers.strong() {
        0 => Finding::warn(
            "bearer",
            "none is strong, so /mcp over HTTP answers 503 (stdio needs none)",
            format!("set B24_MCP_TOKEN, and {MAKE}"),
        ),
        1 => Finding::ok("bearer", "one strong Bearer"),
        many => Finding::ok("bearer", format!("{many} strong Bearers")),
    });
    findings
}
