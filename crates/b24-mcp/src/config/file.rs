//! The configuration file. Keys are those of the table, plus `[[bearer]]`.

use std::path::Path;

use b24_model::secret::SecretText;
use zeroize::Zeroizing;

use super::{
    error::ConfigError,
    key::{Key, TABLE, nearest},
    secret_file,
    written::{Source, Written, WrittenBearer},
};

/// Says what the file says.
pub(crate) fn read(path: &Path, written: &mut Written) -> Result<(), ConfigError> {
    let unreadable = |error: std::io::Error| ConfigError::Unreadable { path: path.into(), why: error.kind() };
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(unreadable)?);
    // The parser's own message shows the line, and the line may hold a secret: only say where it is.
    let table: toml::Table = toml::from_str(&text).map_err(|error| ConfigError::NotToml {
        path: path.into(),
        why: place_of(&text, error.span().map_or(0, |span| span.start), error.message()),
    })?;
    written.file = Some(path.into());
    let mut secret_inside = false;
    for (name, value) in table {
        if name == "bearer" {
            bearers(value, path, written)?;
            secret_inside = true;
            continue;
        }
        let (base, from_file) = match name.strip_suffix("_file") {
            Some(base) if TABLE.iter().any(|entry| entry.secret && entry.name == base) => (base, true),
            _ => (name.as_str(), false),
        };
        let Some(entry) = TABLE.iter().find(|entry| entry.name == base) else {
            return Err(unknown(&name, path));
        };
        // A file is pointed to by its path, whatever lies in it.
        let text = plain(&name, value, if from_file { Key::CaFile } else { entry.key }, path)?;
        if from_file {
            if written.about(entry.key).is_some() {
                return Err(ConfigError::ValueAndFile { value: base.into(), file: name });
            }
            let target = path.parent().unwrap_or(Path::new("")).join(text.as_str());
            secret_file::read(entry.key, &name, &target, written)?;
        } else {
            if written.about(entry.key).is_some() {
                return Err(ConfigError::ValueAndFile { value: name.clone(), file: format!("{name}_file") });
            }
            secret_inside |= entry.secret;
            written.say(entry.key, text.as_str(), Source::File(path.into()));
        }
    }
    if secret_inside {
        secret_file::remark_if_open(path, written);
    }
    Ok(())
}

fn place_of(text: &str, at: usize, message: &str) -> String {
    let line = text.get(..at).map_or(0, |before| before.matches('\n').count()) + 1;
    // Messages name what was expected; the only ones that quote the text do so after a colon.
    format!("line {line}: {}", message.split(':').next().unwrap_or_default())
}

fn unknown(name: &str, path: &Path) -> ConfigError {
    let known = TABLE.iter().map(|entry| entry.name).chain(["bearer"]);
    ConfigError::Unknown {
        name: name.into(),
        place: path.display().to_string(),
        nearest: nearest(name, known),
    }
}

/// Text, number, truth or, when it is several things, a list of texts, as the environment would say it.
fn plain(name: &str, value: toml::Value, key: Key, path: &Path) -> Result<Zeroizing<String>, ConfigError> {
    let wanted = match key {
        _ if key.is_list() => "a text or a list of texts",
        Key::BodyLimit | Key::Deadline | Key::MaxConnections => "a number",
        Key::ReadOnly => "true or false",
        _ => "a text",
    };
    let wrong = || ConfigError::Shape { name: name.into(), place: path.display().to_string(), wanted };
    let text = match value {
        toml::Value::String(text) => text,
        toml::Value::Integer(number) => number.to_string(),
        toml::Value::Boolean(truth) => truth.to_string(),
        toml::Value::Array(items) if key.is_list() => {
            let text = |item| match item {
                toml::Value::String(text) => Some(Zeroizing::new(text)),
                _ => None,
            };
            let texts: Option<Vec<_>> = items.into_iter().map(text).collect();
            return texts.as_deref().map(listed).ok_or_else(wrong);
        }
        _ => return Err(wrong()),
    };
    Ok(Zeroizing::new(text))
}

/// A list as the environment would say it, in memory that does not move while secrets are put there.
fn listed(texts: &[Zeroizing<String>]) -> Zeroizing<String> {
    let length = texts.iter().map(|text| text.len() + 1).sum();
    let mut list = Zeroizing::new(String::with_capacity(length));
    for (index, text) in texts.iter().enumerate() {
        list.push_str(if index == 0 { "" } else { "," });
        list.push_str(text);
    }
    list
}

fn bearers(value: toml::Value, path: &Path, written: &mut Written) -> Result<(), ConfigError> {
    let shape = || ConfigError::Shape {
        name: "bearer".into(),
        place: path.display().to_string(),
        wanted: "a table in double brackets: [[bearer]]",
    };
    let toml::Value::Array(items) = value else { return Err(shape()) };
    for item in items {
        let toml::Value::Table(table) = item else { return Err(shape()) };
        written.bearers.push(bearer(table, path)?);
    }
    Ok(())
}

fn bearer(table: toml::Table, path: &Path) -> Result<WrittenBearer, ConfigError> {
    const KEYS: [&str; 10] = [
        "label",
        "token",
        "sha256",
        "expires",
        "read_only",
        "toolsets",
        "tools",
        "exclude_tools",
        "me",
        "time_zone",
    ];
    let place = || path.display().to_string();
    let shape = |name: &str, wanted| ConfigError::Shape { name: name.into(), place: place(), wanted };
    let (mut bearer, mut has_token) = (WrittenBearer::default(), false);
    for (name, value) in table {
        let text = |value: toml::Value| match value {
            toml::Value::String(text) => Ok(text),
            toml::Value::Datetime(moment) => Ok(moment.to_string()),
            _ => Err(shape(&name, "a text")),
        };
        match name.as_str() {
            "label" => bearer.label = Some(text(value)?),
            "token" | "sha256" => {
                let token = text(value)?;
                let is_marked = name == "token" || token.starts_with("sha256-");
                bearer.token = SecretText::new(if is_marked { token } else { format!("sha256-{token}") });
                has_token = true;
            }
            "expires" => bearer.expires = Some(text(value)?),
            "time_zone" => bearer.time_zone = Some(text(value)?),
            "read_only" => {
                bearer.read_only = value.as_bool().ok_or_else(|| shape(&name, "true or false"))?;
            }
            "me" => {
                let id = value.as_integer().and_then(|id| u64::try_from(id).ok()).filter(|id| *id > 0);
                bearer.me = Some(id.ok_or_else(|| shape(&name, "the id of a person: a number"))?);
            }
            "toolsets" => bearer.toolsets = Some(list(&name, value, path)?),
            "tools" => bearer.tools = Some(list(&name, value, path)?),
            "exclude_tools" => bearer.exclude_tools = Some(list(&name, value, path)?),
            _ => {
                return Err(ConfigError::Unknown {
                    place: format!("[[bearer]] of {}", place()),
                    nearest: nearest(&name, KEYS),
                    name,
                });
            }
        }
    }
    if has_token { Ok(bearer) } else { Err(shape("bearer", "a table with `token` or `sha256`")) }
}

/// A list of texts, or one text with commas, as elsewhere in the file.
fn list(name: &str, value: toml::Value, path: &Path) -> Result<Vec<String>, ConfigError> {
    let text = plain(name, value, Key::Tools, path)?;
    Ok(text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect())
}
