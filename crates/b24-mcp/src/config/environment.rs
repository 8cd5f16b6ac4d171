//! The environment. The only file of this program that reads it.

use std::{ffi::OsString, path::PathBuf};

use zeroize::{Zeroize, Zeroizing};

use super::{
    error::ConfigError,
    key::{Entry, Key, TABLE, nearest},
    secret_file,
    written::{Source, Written},
};

/// The variable that names the configuration file.
pub(crate) const CONFIG: &str = "B24_CONFIG";

/// The variables that were set when the program began.
pub(crate) struct Environment(Vec<(OsString, OsString)>);

impl Drop for Environment {
    /// Wipes this copy. The one that the system made for the process stays where it is: see `docs/secrets.md`.
    fn drop(&mut self) {
        self.0.drain(..).for_each(|(_, value)| value.into_encoded_bytes().zeroize());
    }
}

impl Environment {
    /// Reads the environment of this process.
    #[expect(clippy::disallowed_methods, reason = "the one place of this program that reads the environment")]
    pub(crate) fn of_this_process() -> Self {
        Self(std::env::vars_os().collect())
    }

    /// The configuration file that `B24_CONFIG` names.
    pub(crate) fn config_path(&self) -> Option<PathBuf> {
        self.raw(CONFIG).filter(|path| !path.is_empty()).map(PathBuf::from)
    }

    /// Whether the person wants no colours (`NO_COLOR`, or a terminal that has none).
    pub(crate) fn wants_no_colour(&self) -> bool {
        self.raw("NO_COLOR").is_some_and(|value| !value.is_empty())
            || self.raw("TERM").is_some_and(|value| value == "dumb")
    }

    /// Where programs of this person keep their state: the folder that the system's own rules name, and ours in it.
    /// `None` where nobody has a home, as in some containers.
    fn state_folder(&self) -> Option<PathBuf> {
        let folder = |name: &str| self.raw(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let home = || folder("HOME");
        let state = if cfg!(windows) {
            folder("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            home().map(|home| home.join("Library/Application Support"))
        } else {
            folder("XDG_STATE_HOME").or_else(|| home().map(|home| home.join(".local/state")))
        };
        state.map(|state| state.join("b24-mcp"))
    }

    /// Who runs the program: the person behind `sudo`, if there is one.
    fn operator(&self) -> Option<String> {
        let names = ["SUDO_USER", "USER", "LOGNAME", "USERNAME"];
        let name = names.iter().find_map(|name| self.raw(name)?.to_str().filter(|name| !name.is_empty()));
        name.map(str::to_owned)
    }

    /// Says what the environment says, in place of what the file said.
    pub(crate) fn read(&self, written: &mut Written) -> Result<(), ConfigError> {
        written.state_folder = self.state_folder();
        written.operator = self.operator();
        self.refuse_misspelt(written)?;
        for entry in TABLE {
            self.read_one(entry, written)?;
        }
        self.read_nitro(written)
    }

    fn raw(&self, name: &str) -> Option<&OsString> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Blank is the same as not set: compose files pass empty variables.
    fn text(&self, name: &str) -> Result<Option<Zeroizing<String>>, ConfigError> {
        let Some(raw) = self.raw(name) else {
            return Ok(None);
        };
        let text = raw.to_str().ok_or_else(|| ConfigError::NotUnicode { name: name.into() })?;
        Ok((!text.trim().is_empty()).then(|| Zeroizing::new(text.to_owned())))
    }

    fn read_one(&self, entry: &Entry, written: &mut Written) -> Result<(), ConfigError> {
        let own = self.text(entry.variable)?;
        let file = if entry.secret { self.text(&format!("{}_FILE", entry.variable))? } else { None };
        match (own, file) {
            (Some(_), Some(_)) => Err(ConfigError::ValueAndFile {
                value: entry.variable.into(),
                file: format!("{}_FILE", entry.variable),
            }),
            (Some(text), None) => {
                written.say(entry.key, text.as_str(), Source::Variable(entry.variable));
                Ok(())
            }
            (None, Some(path)) => {
                let name = format!("{}_FILE", entry.variable);
                secret_file::read(entry.key, &name, path.trim().as_ref(), written)
            }
            (None, None) => {
                for alias in entry.aliases {
                    if let Some(text) = self.text(alias)? {
                        written.say(entry.key, text.as_str(), Source::Alias(alias));
                        break;
                    }
                }
                Ok(())
            }
        }
    }

    /// The reference system says host and port apart.
    fn read_nitro(&self, written: &mut Written) -> Result<(), ConfigError> {
        if self.text(Key::Listen.entry().variable)?.is_some() {
            return Ok(());
        }
        let (host, port) = (self.text("NITRO_HOST")?, self.text("NITRO_PORT")?);
        let alias = match (&host, &port) {
            (None, None) => return Ok(()),
            (_, Some(_)) => "NITRO_PORT",
            (Some(_), None) => "NITRO_HOST",
        };
        let host = host.as_ref().map_or("127.0.0.1", |text| text.trim());
        let port = port.as_ref().map_or("3000", |text| text.trim());
        let host =
            if host.contains(':') && !host.starts_with('[') { format!("[{host}]") } else { host.into() };
        written.say(Key::Listen, format!("{host}:{port}"), Source::Alias(alias));
        Ok(())
    }

    /// A name that nearly is one of ours is a mistake that would go unnoticed. Other `B24_` names may belong
    /// to other programs, so they are only remarked.
    fn refuse_misspelt(&self, written: &mut Written) -> Result<(), ConfigError> {
        for (name, _) in &self.0 {
            let Some(name) = name.to_str().filter(|name| name.starts_with("B24_")) else {
                continue;
            };
            let base = name.strip_suffix("_FILE").unwrap_or(name);
            let known = |entry: &Entry| entry.variable == name || (entry.secret && entry.variable == base);
            if name == CONFIG || TABLE.iter().any(known) {
                continue;
            }
            let nearest = nearest(name, TABLE.iter().map(|entry| entry.variable).chain([CONFIG]));
            if nearest.is_some() {
                let place = "the environment".into();
                return Err(ConfigError::Unknown { name: name.into(), place, nearest });
            }
            written.remarks.push(format!("the variable `{name}` is none of this program's settings"));
        }
        Ok(())
    }
}

#[cfg(test)]
impl Environment {
    /// An environment made up for a test.
    pub(crate) fn of(pairs: &[(&str, &str)]) -> Self {
        Self(pairs.iter().map(|(key, value)| (key.into(), value.into())).collect())
    }
}
