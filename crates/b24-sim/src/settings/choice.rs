//! Choices that have words: for a flag, a file, a log line. Each reads its own words and says them.

use std::fmt;
use std::str::FromStr;

use crate::Cards;

/// Whether list methods obey `start=-1`. The documents recommend it "for any list method" that behaves
/// normally, and some families are known not to. In words: `honour` or `ignore`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartMinusOne {
    /// No counting: no `total`, no `next`.
    Honoured,
    /// Read as `start=0`: counted and paged.
    Ignored,
}

/// Which method the operating time of a batch command is charged to; the sources disagree. In words: `inner` or
/// `outer`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperatingCharge {
    /// Each command pays for its own method; `batch` itself is free (the documents).
    Inner,
    /// The whole sum goes to `batch`, and the inner figures are one shared number (measured by an SDK team).
    Outer,
}

/// The language of the portal, in which it words refusals of its modules and writes dates of its own format.
/// Codes never change, and refusals of the REST module itself are English on every portal. In words: `en` or `ru`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English: `05/14/2026 12:00:00`.
    En,
    /// Russian: `14.05.2026 12:00:00`.
    Ru,
}

/// A word that names no choice. The message lists the words that do.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("`{given}` is no choice for {what}: use {words}")]
pub struct ChoiceError {
    given: String,
    what: &'static str,
    words: &'static str,
}

impl ChoiceError {
    fn new(given: &str, what: &'static str, words: &'static str) -> Self {
        Self { given: given.to_owned(), what, words }
    }
}

impl FromStr for StartMinusOne {
    type Err = ChoiceError;

    fn from_str(text: &str) -> Result<Self, ChoiceError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "honour" | "honor" => Ok(Self::Honoured),
            "ignore" => Ok(Self::Ignored),
            _ => Err(ChoiceError::new(text, "`start=-1`", "`honour` or `ignore`")),
        }
    }
}

impl fmt::Display for StartMinusOne {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Honoured => "honour",
            Self::Ignored => "ignore",
        })
    }
}

impl FromStr for OperatingCharge {
    type Err = ChoiceError;

    fn from_str(text: &str) -> Result<Self, ChoiceError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "inner" => Ok(Self::Inner),
            "outer" => Ok(Self::Outer),
            _ => Err(ChoiceError::new(
                text,
                "the charge of a batch",
                "`inner` (each command pays for its own method) or `outer` (all is charged to `batch`)",
            )),
        }
    }
}

impl fmt::Display for OperatingCharge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Inner => "inner",
            Self::Outer => "outer",
        })
    }
}

impl FromStr for Cards {
    type Err = ChoiceError;

    fn from_str(text: &str) -> Result<Self, ChoiceError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "mixed" => Ok(Self::Mixed),
            "old" => Ok(Self::Old),
            "new" => Ok(Self::New),
            _ => Err(ChoiceError::new(
                text,
                "the cards of tasks",
                "`old` (forum comments), `new` (a chat) or `mixed`",
            )),
        }
    }
}

impl fmt::Display for Cards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Mixed => "mixed",
            Self::Old => "old",
            Self::New => "new",
        })
    }
}

impl FromStr for Language {
    type Err = ChoiceError;

    fn from_str(text: &str) -> Result<Self, ChoiceError> {
        match text.trim().to_ascii_lowercase().as_str() {
            "en" => Ok(Self::En),
            "ru" => Ok(Self::Ru),
            _ => Err(ChoiceError::new(text, "the language of the portal", "`en` or `ru`")),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::En => "en",
            Self::Ru => "ru",
        })
    }
}
