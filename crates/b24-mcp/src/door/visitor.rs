//! Who came in, and what they may do without.

use b24_model::UserId;
use b24_tools::{Caller, Narrowing};
use jiff::tz::TimeZone;

use crate::config::{
    ConfigError,
    names::{self, Kind},
    written::WrittenBearer,
};

/// Who came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Visitor {
    pub(crate) caller: Caller,
    /// What the policy of the server allows, and this caller may not.
    pub(crate) narrowing: Narrowing,
    /// In which zone the caller's times are read, when the configuration says one.
    pub(crate) zone: Option<TimeZone>,
}

impl Visitor {
    /// Whoever started the program.
    pub(crate) fn local() -> Self {
        Self::named("local")
    }

    /// Somebody who may do what the server allows, and stands for nobody else.
    pub(crate) fn named(label: &str) -> Self {
        Self { caller: Caller::named(label), narrowing: Narrowing::default(), zone: None }
    }

    /// Whom a `[[bearer]]` of the file lets in. `place` is where it stands.
    pub(crate) fn of_file(label: &str, bearer: &WrittenBearer, place: &str) -> Result<Self, ConfigError> {
        let list = |setting, kind, said: &Option<Vec<String>>| {
            let said = said.as_ref().map(|said| said.iter().cloned().collect());
            said.map(|said| names::known(setting, kind, said, place)).transpose()
        };
        let narrowing = Narrowing {
            read_only: bearer.read_only,
            toolsets: list("toolsets", Kind::Toolset, &bearer.toolsets)?,
            tools: list("tools", Kind::Tool, &bearer.tools)?,
            exclude: list("exclude_tools", Kind::Tool, &bearer.exclude_tools)?.unwrap_or_default(),
        };
        let wrong =
            |name, wanted: &str| ConfigError::Value { name, wanted: wanted.into(), place: place.into() };
        let stands_for = bearer.me.map(UserId::new).transpose();
        let zone = bearer.time_zone.as_deref().map(|name| TimeZone::get(name.trim())).transpose();
        Ok(Self {
            caller: Caller {
                label: label.to_owned(),
                stands_for: stands_for.map_err(|_| wrong("me", "the id of a person: a number from 1"))?,
            },
            narrowing,
            zone: zone.map_err(|_| wrong("time_zone", "a time zone such as Europe/Moscow"))?,
        })
    }
}
