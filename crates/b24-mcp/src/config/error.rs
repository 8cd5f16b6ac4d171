//! Why a configuration cannot be used. Never repeats a value that may be a secret.

use std::path::PathBuf;

use b24_model::secret::WebhookError;

/// Why a configuration cannot be used.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ConfigError {
    #[error("cannot read the configuration file {}: {}", path.display(), word(*why))]
    Unreadable { path: PathBuf, why: std::io::ErrorKind },
    #[error("the configuration file {} is not TOML: {why}", path.display())]
    NotToml { path: PathBuf, why: String },
    #[error("unknown setting `{name}` in {place}")]
    Unknown { name: String, place: String, nearest: Option<&'static str> },
    #[error("`{name}` in {place} must be {wanted}")]
    Shape { name: String, place: String, wanted: &'static str },
    #[error("both `{value}` and `{file}` are set")]
    ValueAndFile { value: String, file: String },
    #[error("cannot read the file that `{name}` points to, {}: {}", path.display(), word(*why))]
    SecretFile { name: String, path: PathBuf, why: std::io::ErrorKind },
    #[error("the variable `{name}` is not valid Unicode")]
    NotUnicode { name: String },
    #[error("the webhook address that {place} says cannot be used")]
    Webhook { place: String, source: WebhookError },
    #[error("two Bearers have the label `{label}` (the second is said by {place})")]
    SameLabel { label: String, place: String },
    #[error("there is no {kind} `{said}`, which `{name}` names (said by {place})")]
    NoSuch {
        name: &'static str,
        kind: &'static str,
        said: String,
        place: String,
        nearest: Option<&'static str>,
    },
    #[error(
        "`confirm` cannot be two-step yet (said by {place}): it comes with the part of this program that confirms"
    )]
    TwoStep { place: String },
    #[error("`{name}` is not {wanted} (said by {place})")]
    Value { name: &'static str, wanted: String, place: String },
}

/// The words of a shell, where those of the library are about something else.
pub(super) fn word(why: std::io::ErrorKind) -> String {
    match why {
        std::io::ErrorKind::NotFound => "no such file".into(),
        other => other.to_string(),
    }
}

impl ConfigError {
    /// What to do next.
    pub(crate) fn hint(&self) -> String {
        match self {
            Self::Unknown { nearest: Some(nearest), .. } | Self::NoSuch { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?")
            }
            Self::NoSuch { kind: "toolset", .. } => {
                let words = b24_tools::Toolset::ALL.map(b24_tools::Toolset::word);
                format!("there are {}", words.join(", "))
            }
            Self::NoSuch { .. } => "`b24-mcp tools --view full` lists them".into(),
            Self::SameLabel { .. } => "give each Bearer a label of its own, as in `anna=token`".into(),
            Self::TwoStep { .. } => {
                "say `strict` (clients that cannot ask their human destroy nothing) or `flag` (they say so in the call)"
                    .into()
            }
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
