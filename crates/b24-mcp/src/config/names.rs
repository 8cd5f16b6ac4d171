//! Names of tools and toolsets that people write: each has to be one that there is.

use std::collections::BTreeSet;

use b24_tools::{Catalogue, Toolset};

use super::{error::ConfigError, key::nearest};

/// What a name is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Tool,
    Toolset,
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Self::Tool => "tool",
            Self::Toolset => "toolset",
        }
    }

    fn all(self) -> Vec<&'static str> {
        match self {
            Self::Toolset => Toolset::ALL.map(Toolset::word).to_vec(),
            Self::Tool => Catalogue::standard().names(),
        }
    }
}

/// A name that nothing has, and the nearest that something has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no {} `{said}`{}", kind.word(), hint(*kind, *nearest))]
pub(crate) struct NoSuchName {
    pub(crate) kind: Kind,
    pub(crate) said: String,
    pub(crate) nearest: Option<&'static str>,
}

fn hint(kind: Kind, nearest: Option<&'static str>) -> String {
    match (nearest, kind) {
        (Some(nearest), _) => format!("; did you mean `{nearest}`?"),
        (None, Kind::Toolset) => format!("; there are {}", Kind::Toolset.all().join(", ")),
        (None, Kind::Tool) => String::new(),
    }
}

/// The names as they are today, if there is something for each: a tool may be named as it was called before.
pub(crate) fn present(kind: Kind, given: BTreeSet<String>) -> Result<BTreeSet<String>, NoSuchName> {
    if given.is_empty() {
        return Ok(given);
    }
    let tools = Catalogue::standard();
    let today = |name: String| match kind {
        Kind::Toolset => name,
        Kind::Tool => tools.look_up(&name).map_or(name, |(now, _)| now.to_owned()),
    };
    let (given, known): (BTreeSet<String>, _) = (given.into_iter().map(today).collect(), kind.all());
    match given.iter().find(|name| !known.contains(&name.as_str())) {
        None => Ok(given),
        Some(stranger) => Err(NoSuchName {
            kind,
            said: crate::redact::text(stranger).chars().filter(|c| !c.is_control()).take(64).collect(),
            nearest: nearest(stranger, known),
        }),
    }
}

/// The names that a setting says, if there is something for each.
pub(crate) fn known(
    setting: &'static str,
    kind: Kind,
    given: BTreeSet<String>,
    place: &str,
) -> Result<BTreeSet<String>, ConfigError> {
    present(kind, given).map_err(|NoSuchName { said, nearest, .. }| ConfigError::NoSuch {
        name: setting,
        kind: kind.word(),
        said,
        place: place.to_owned(),
        nearest,
    })
}
