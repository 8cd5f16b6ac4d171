//! Every name that can be said in the configuration, in one table.
//!
//! A setting has one name in the file (`webhook_url`) and the same one in the environment
//! (`B24_WEBHOOK_URL`). The names on the right are those of the reference system, so that its operators can
//! move over without renaming anything.

/// A setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Key {
    AdminToken,
    AuditDir,
    BodyLimit,
    CaFile,
    Confirm,
    DataDir,
    DatabaseUrl,
    Deadline,
    ExcludeTools,
    FeedbackRepo,
    FeedbackToken,
    Language,
    Listen,
    Log,
    LogFormat,
    MaxConnections,
    McpToken,
    MetricsListen,
    OtlpEndpoint,
    PublicUrl,
    ReadOnly,
    Sealing,
    Tools,
    Toolsets,
    View,
    WebhookUrl,
}

/// How a setting is called, and what is special about it.
pub(crate) struct Entry {
    pub(crate) key: Key,
    /// The name in the file. The name in the environment is `B24_` and this, in capitals.
    pub(crate) name: &'static str,
    /// The name in the environment.
    pub(crate) variable: &'static str,
    /// Other names in the environment, the best first.
    pub(crate) aliases: &'static [&'static str],
    /// Whether the value is a secret: it may come from a file of its own, and is never repeated.
    pub(crate) secret: bool,
    /// Whether anything in this version acts on it.
    pub(crate) used: bool,
}

const fn entry(key: Key, name: &'static str, variable: &'static str) -> Entry {
    Entry { key, name, variable, aliases: &[], secret: false, used: true }
}

impl Entry {
    const fn also(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }

    /// Understood, so that a configuration need not be changed later; nothing acts on it yet.
    const fn later(mut self) -> Self {
        self.used = false;
        self
    }
}

/// All settings, by name.
pub(crate) const TABLE: &[Entry] = &[
    entry(Key::AdminToken, "admin_token", "B24_ADMIN_TOKEN")
        .also(&["NUXT_BITRIX24_OAUTH_ADMIN_TOKEN"])
        .secret(),
    entry(Key::AuditDir, "audit_dir", "B24_AUDIT_DIR").also(&["NUXT_AUDIT_DIR"]).later(),
    entry(Key::BodyLimit, "body_limit", "B24_BODY_LIMIT"),
    entry(Key::CaFile, "ca_file", "B24_CA_FILE").also(&["NODE_EXTRA_CA_CERTS"]),
    entry(Key::Confirm, "confirm", "B24_CONFIRM"),
    entry(Key::DataDir, "data_dir", "B24_DATA_DIR")
        .also(&["NUXT_BITRIX24_OAUTH_DB_DIR", "NUXT_BITRIX24_DXT_DATA_DIR"]),
    entry(Key::DatabaseUrl, "database_url", "B24_DATABASE_URL").secret().later(),
    entry(Key::Deadline, "deadline", "B24_DEADLINE"),
    entry(Key::ExcludeTools, "exclude_tools", "B24_EXCLUDE_TOOLS"),
    entry(Key::FeedbackRepo, "feedback_repo", "B24_FEEDBACK_REPO")
        .also(&["NUXT_GITHUB_FEEDBACK_REPO", "GITHUB_FEEDBACK_REPO"]),
    entry(Key::FeedbackToken, "feedback_token", "B24_FEEDBACK_TOKEN")
        .also(&["NUXT_GITHUB_FEEDBACK_TOKEN", "GITHUB_FEEDBACK_TOKEN"])
        .secret(),
    entry(Key::Language, "language", "B24_LANGUAGE"),
    entry(Key::Listen, "listen", "B24_LISTEN"),
    entry(Key::Log, "log", "B24_LOG").also(&["NUXT_LOG_LEVEL", "LOG_LEVEL"]),
    entry(Key::LogFormat, "log_format", "B24_LOG_FORMAT"),
    entry(Key::MaxConnections, "max_connections", "B24_MAX_CONNECTIONS"),
    entry(Key::McpToken, "mcp_token", "B24_MCP_TOKEN").also(&["NUXT_MCP_AUTH_TOKEN"]).secret(),
    entry(Key::MetricsListen, "metrics_listen", "B24_METRICS_LISTEN"),
    entry(Key::OtlpEndpoint, "otlp_endpoint", "B24_OTLP_ENDPOINT").also(&["OTEL_EXPORTER_OTLP_ENDPOINT"]),
    entry(Key::PublicUrl, "public_url", "B24_PUBLIC_URL"),
    entry(Key::ReadOnly, "read_only", "B24_READ_ONLY"),
    entry(Key::Sealing, "secret_key", "B24_SECRET_KEY").secret().later(),
    entry(Key::Tools, "tools", "B24_TOOLS"),
    entry(Key::Toolsets, "toolsets", "B24_TOOLSETS"),
    entry(Key::View, "view", "B24_VIEW"),
    entry(Key::WebhookUrl, "webhook_url", "B24_WEBHOOK_URL")
        .also(&["NUXT_BITRIX24_WEBHOOK_URL", "BITRIX24_WEBHOOK_URL"])
        .secret(),
];

impl Key {
    /// The row of the table.
    pub(crate) fn entry(self) -> &'static Entry {
        TABLE.iter().find(|entry| entry.key == self).expect("every key has its row: a test walks them")
    }

    /// Whether it is several things: the file may list them.
    pub(crate) const fn is_list(self) -> bool {
        matches!(self, Self::ExcludeTools | Self::McpToken | Self::Tools | Self::Toolsets | Self::View)
    }
}

/// The known name that `said` was probably meant to be.
pub(crate) fn nearest<'a>(said: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&said.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= name.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_has_one_name_in_the_file_and_in_the_environment() {
        for entry in TABLE {
            assert_eq!(entry.variable, format!("B24_{}", entry.name.to_uppercase()));
            assert_eq!(entry.key.entry().name, entry.name);
        }
    }

    #[test]
    fn a_misspelt_name_finds_its_neighbour_and_a_foreign_one_finds_nothing() {
        let names = || TABLE.iter().map(|entry| entry.name);
        assert_eq!(nearest("webhok_url", names()), Some("webhook_url"));
        assert_eq!(nearest("lisen", names()), Some("listen"));
        assert_eq!(nearest("colour_of_the_sky", names()), None);
    }
}
