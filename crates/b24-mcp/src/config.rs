//! The configuration: the file `b24-mcp.toml`, then the environment, then flags; what comes later wins.
//!
//! Everything that was said is collected first, with where it was said ([`written`]), then settled once
//! ([`settled`]). After that nothing is checked again, and no code but this reads the environment.

pub(crate) mod environment;
pub(crate) mod error;
mod file;
pub(crate) mod key;
pub(crate) mod names;
mod secret_file;
mod settled;
pub(crate) mod written;

use std::path::{Path, PathBuf};

pub(crate) use environment::Environment;
pub(crate) use error::ConfigError;
pub(crate) use key::{Key, TABLE};
pub(crate) use settled::{DataFolder, Listen, LogFormat, PublicUrl, Settings};
pub(crate) use written::{Source, Written};

/// The file that is read when none is named.
const DEFAULT_FILE: &str = "b24-mcp.toml";

/// Collects what the file and the environment say, and settles it with what `flags` adds.
pub(crate) fn load(
    config: Option<&Path>,
    environment: &Environment,
    flags: impl FnOnce(&mut Written),
) -> Result<Settings, ConfigError> {
    let mut written = Written::default();
    let named = config.map(PathBuf::from).or_else(|| environment.config_path());
    match named {
        Some(path) => file::read(&path, &mut written)?,
        None if Path::new(DEFAULT_FILE).exists() => file::read(Path::new(DEFAULT_FILE), &mut written)?,
        None => {}
    }
    environment.read(&mut written)?;
    flags(&mut written);
    crate::redact::learn(written.expose_secrets());
    Settings::try_from(written)
}

#[cfg(test)]
mod tests {
    use b24_tools::View;

    use super::*;

    fn settle(pairs: &[(&str, &str)]) -> Result<Settings, ConfigError> {
        let mut written = Written::default();
        Environment::of(pairs).read(&mut written)?;
        Settings::try_from(written)
    }

    fn sources(pairs: &[(&str, &str)]) -> Vec<String> {
        let settings = settle(pairs).expect("a good environment");
        let line = |key: Key, source: &Source| format!("{} <- {source}", key.entry().name);
        settings.origins.iter().map(|origin| line(origin.key, &origin.source)).collect()
    }

    #[test]
    fn our_own_name_comes_before_those_of_the_reference_system_and_blank_is_nothing() {
        assert_eq!(sources(&[("LOG_LEVEL", "debug"), ("NUXT_LOG_LEVEL", "warn")]), ["log <- NUXT_LOG_LEVEL"]);
        assert_eq!(sources(&[("NUXT_LOG_LEVEL", "warn"), ("B24_LOG", "info")]), ["log <- B24_LOG"]);
        assert_eq!(sources(&[("NUXT_LOG_LEVEL", " "), ("B24_LOG", "")]), [""; 0]);
        let collector = ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:4318");
        assert_eq!(sources(&[collector]), ["otlp_endpoint <- OTEL_EXPORTER_OTLP_ENDPOINT"]);
    }

    #[test]
    fn host_and_port_may_be_said_apart_as_the_reference_system_does() {
        let listen = |pairs: &[(&str, &str)]| settle(pairs).map(|settings| settings.listen.to_string()).ok();
        assert_eq!(listen(&[]).as_deref(), Some("127.0.0.1:3000"));
        assert_eq!(listen(&[("NITRO_PORT", "8080")]).as_deref(), Some("127.0.0.1:8080"));
        assert_eq!(listen(&[("NITRO_HOST", "::"), ("NITRO_PORT", "80")]).as_deref(), Some("[::]:80"));
        assert_eq!(
            listen(&[("NITRO_PORT", "80"), ("B24_LISTEN", "0.0.0.0:90")]).as_deref(),
            Some("0.0.0.0:90")
        );
        assert_eq!(listen(&[("B24_LISTEN", "8081")]).as_deref(), Some("127.0.0.1:8081"));
        assert_eq!(listen(&[("NITRO_PORT", "eighty")]), None);
    }

    #[test]
    fn a_server_that_only_the_reference_system_s_names_configured_shows_its_tools() {
        let view = |pairs: &[(&str, &str)]| settle(pairs).map(|settings| settings.view).ok();
        let theirs = ("NUXT_BITRIX24_WEBHOOK_URL", "https://acme.example/rest/1/not-a-secret/");
        assert_eq!(view(&[theirs, ("LOG_LEVEL", "info")]), Some(View::Contract));
        assert_eq!(view(&[theirs, ("B24_LISTEN", "8080")]), Some(View::Core));
        assert_eq!(view(&[("LOG_LEVEL", "info")]), Some(View::Core));
    }

    #[test]
    fn the_data_folder_is_the_one_that_is_said_or_that_of_the_person_or_none() {
        let folder = |pairs: &[(&str, &str)]| settle(pairs).map(|settings| settings.data).ok();
        let data = |path: Option<&str>, is_said| Some(DataFolder { path: path.map(PathBuf::from), is_said });
        assert_eq!(folder(&[]), data(None, false));
        assert_eq!(folder(&[("B24_DATA_DIR", "/data"), ("HOME", "/people/olga")]), data(Some("/data"), true));
        assert_eq!(folder(&[("HOME", "not/absolute")]), data(None, false));
        if cfg!(target_os = "linux") {
            let home = ("HOME", "/people/olga");
            assert_eq!(folder(&[home]), data(Some("/people/olga/.local/state/b24-mcp"), false));
            assert_eq!(folder(&[home, ("XDG_STATE_HOME", "/state")]), data(Some("/state/b24-mcp"), false));
        }
    }

    #[test]
    fn two_values_for_one_secret_are_an_error() {
        let pairs = [("B24_MCP_TOKEN", "x"), ("B24_MCP_TOKEN_FILE", "/somewhere")];
        assert_eq!(
            settle(&pairs).map(drop).map_err(|error| error.to_string()),
            Err("both `B24_MCP_TOKEN` and `B24_MCP_TOKEN_FILE` are set".into())
        );
    }
}
