//! What people said, each thing with where it was said. Nothing here is judged.

use std::{collections::BTreeMap, fmt, path::PathBuf};

use b24_model::secret::SecretText;

use super::key::Key;

/// Where something was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    /// In the configuration file.
    File(PathBuf),
    /// By an environment variable of our own.
    Variable(&'static str),
    /// By an environment variable of the reference system.
    Alias(&'static str),
    /// In a file of its own, which something else pointed to.
    SecretFile(PathBuf),
    /// By a flag of the command line.
    Flag(&'static str),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) | Self::SecretFile(path) => write!(f, "{}", path.display()),
            Self::Variable(name) | Self::Alias(name) | Self::Flag(name) => f.write_str(name),
        }
    }
}

/// One thing that was said. Any of them may be a secret, so none can be printed.
pub(crate) struct Said {
    pub(crate) text: SecretText,
    pub(crate) source: Source,
}

/// A `[[bearer]]` of the file.
#[derive(Default)]
pub(crate) struct WrittenBearer {
    pub(crate) label: Option<String>,
    pub(crate) token: SecretText,
    pub(crate) expires: Option<String>,
    pub(crate) read_only: bool,
    pub(crate) toolsets: Option<Vec<String>>,
    pub(crate) tools: Option<Vec<String>>,
    pub(crate) exclude_tools: Option<Vec<String>>,
    /// The id of the person for whom it stands.
    pub(crate) me: Option<u64>,
    pub(crate) time_zone: Option<String>,
}

/// Everything that was said. What comes later in [`Written::say`] wins.
#[derive(Default)]
pub(crate) struct Written {
    said: BTreeMap<Key, Said>,
    pub(crate) bearers: Vec<WrittenBearer>,
    /// Where programs of this person keep their state, on this machine.
    pub(crate) state_folder: Option<PathBuf>,
    /// Who runs the program, as the machine calls them.
    pub(crate) operator: Option<String>,
    /// The configuration file that was read.
    pub(crate) file: Option<PathBuf>,
    /// What an admin should know, though nothing is wrong enough to stop.
    pub(crate) remarks: Vec<String>,
}

impl Written {
    /// Takes what was said, in place of anything that was said before about the same thing.
    pub(crate) fn say(&mut self, key: Key, text: impl Into<String>, source: Source) {
        self.said.insert(key, Said { text: SecretText::new(text), source });
    }

    /// What was said about one thing. Blank is the same as nothing: compose files pass empty variables.
    pub(crate) fn about(&self, key: Key) -> Option<&Said> {
        self.said.get(&key).filter(|said| !said.text.is_blank())
    }

    /// Every secret that was said: for the redactor alone.
    pub(crate) fn expose_secrets(&self) -> impl Iterator<Item = &str> {
        let said = self.all().filter(|(key, _)| key.entry().secret).map(|(_, said)| said.text.expose());
        said.chain(self.bearers.iter().map(|bearer| bearer.token.expose()))
    }

    /// Everything that was said, by setting.
    pub(crate) fn all(&self) -> impl Iterator<Item = (Key, &Said)> {
        self.said.iter().filter(|(_, said)| !said.text.is_blank()).map(|(key, said)| (*key, said))
    }
}
