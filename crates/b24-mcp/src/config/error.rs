//! Why a configuration cannot be used. Never repeats a value that may be a secret.

use std::path::PathBuf;

use b24_model::secret::WebhookError;

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("cannot read the configuration file {}: {why}", path.display())]
    Unreadable { path: PathBuf, why: std::io::ErrorKind },
    #[error("the configuration file {} is not TOML: {why}", path.display())]
    NotToml { path: PathBuf, why: String },
    #[error("unknown setting `{name}` in {place}")]
    Unknown { name: String, place: String, nearest: Option<&'static str> },
    #[error("`{name}` in {place} must be {wanted}")]
    Shape { name: String, place: String, wanted: &'static str },
    #[error("both `{value}` and `{file}` are set")]
    ValueAndFile { value: String, file: String },
    #[error("cannot read the file that `{name}` points to, {}: {why}", path.display())]
    SecretFile { name: String, path: PathBuf, why: std::io::ErrorKind },
    #[error("the variable `{name}` is not valid Unicode")]
    NotUnicode { name: String },
    #[error("the webhook address that {place} says cannot be used")]
    Webhook { place: String, source: WebhookError },
    #[error("`{name}` is not {wanted} (said by {place})")]
    Value { name: &'static str, wanted: String, place: String },
}

impl ConfigError {
    /// What to do next.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Unknown { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            Self::Unknown { nearest: None, .. } => {
                "remove it, or run `b24-mcp doctor --help` for the settings there are".into()
            }
            Self::Unreadable { .. } | Self::SecretFile { .. } => "check the path and its permissions".into(),
            Self::NotToml { .. } => "correct that line; values that are text need quotes".into(),
            Self::ValueAndFile { value, file } => format!("keep one of `{value}` and `{file}`"),
            Self::NotUnicode { name } => format!("set `{name}` again, in UTF-8"),
            Self::Webhook { .. } => {
                "copy the address that the portal shows (Developer resources, Inbound webhook): \
                 https://your-portal/rest/1/your-secret/"
                    .into()
            }
            Self::Shape { .. } | Self::Value { .. } => "correct it and start again".into(),
        }
    }
}
