//! The text form of a fault, for a flag and for the admin route: `METHOD=FAULT[*TIMES]`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{Fault, FaultRule, Times};

/// A fault that cannot be read. The message says what would be.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[non_exhaustive]
pub enum FaultError {
    /// There is no `=`.
    #[error("`{0}` has no `=`: write METHOD=FAULT, such as `tasks.task.add=drop-after*2` or `any=delay:500`")]
    NoMethod(String),
    /// The word after `=` is not a fault.
    #[error(
        "`{0}` is no fault: use drop-before, drop-after, delay:MILLISECONDS, status:CODE, status-after:CODE, half, \
         html:CODE, 429, query-limit, gzip, chunked, bom, no-time, html-description, odd-result, thin-result, map-result, \
         no-effect or refuse:CODE"
    )]
    Unknown(String),
    /// A number is missing or out of range.
    #[error("`{fault}` needs {needs}, such as `{example}`")]
    Number {
        /// What was written.
        fault: String,
        /// What it needs.
        needs: &'static str,
        /// A form that works.
        example: &'static str,
    },
    /// The part after `*` is neither a number above 0 nor `forever`.
    #[error("`*{0}` is no number of times: use `*2` or `*forever`")]
    Times(String),
}

impl FromStr for FaultRule {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (method, rest) = text
            .split_once('=')
            .filter(|(method, _)| !method.trim().is_empty())
            .ok_or_else(|| FaultError::NoMethod(text.to_owned()))?;
        let (fault, times) = match rest.split_once('*') {
            Some((fault, times)) => (fault, parse_times(times)?),
            None => (rest, Times::Count(1)),
        };
        let method = method.trim().to_ascii_lowercase();
        let method = (method != "any" && method != "*").then_some(method);
        Ok(Self { method, fault: fault.trim().parse()?, times })
    }
}

fn parse_times(text: &str) -> Result<Times, FaultError> {
    match text.trim() {
        "forever" => Ok(Times::Forever),
        number => match number.parse() {
            Ok(count) if count > 0 => Ok(Times::Count(count)),
            _ => Err(FaultError::Times(text.to_owned())),
        },
    }
}

impl FromStr for Fault {
    type Err = FaultError;

    fn from_str(text: &str) -> Result<Self, FaultError> {
        let (word, number) = text.split_once(':').map_or((text, None), |(word, number)| (word, Some(number)));
        match (word, number) {
            ("drop-before", None) => Ok(Self::DropBefore),
            ("drop-after", None) => Ok(Self::DropAfter),
            ("half", None) => Ok(Self::Half),
            ("429", None) => Ok(Self::OperationTimeLimit),
            ("query-limit", None) => Ok(Self::QueryLimit),
            ("gzip", None) => Ok(Self::Gzip),
            ("chunked", None) => Ok(Self::Chunked),
            ("bom", None) => Ok(Self::Bom),
            ("no-time", None) => Ok(Self::NoTime),
            ("html-description", None) => Ok(Self::HtmlDescription),
            ("odd-result", None) => Ok(Self::OddResult),
            ("thin-result", None) => Ok(Self::ThinResult),
            ("map-result", None) => Ok(Self::MapResult),
            ("no-effect", None) => Ok(Self::NoEffect),
            ("refuse", Some(code)) if !code.is_empty() => Ok(Self::Refuse(code.to_owned())),
            ("delay", number) => delay(text, number),
            ("status", number) => Ok(Self::Status(error_status(text, number, "status:500")?)),
            ("status-after", number) => {
                Ok(Self::StatusAfter(error_status(text, number, "status-after:502")?))
            }
            ("html", number) => Ok(Self::Html(status(number).ok_or_else(|| FaultError::Number {
                fault: text.to_owned(),
                needs: "an HTTP status",
                example: "html:502",
            })?)),
            _ => Err(FaultError::Unknown(text.to_owned())),
        }
    }
}

impl fmt::Display for FaultRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let method = self.method.as_deref().unwrap_or("any");
        match self.times {
            Times::Count(1) => write!(f, "{method}={}", self.fault),
            Times::Count(count) => write!(f, "{method}={}*{count}", self.fault),
            Times::Forever => write!(f, "{method}={}*forever", self.fault),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Self::Delay(wait) => return write!(f, "delay:{}", wait.as_millis()),
            Self::Status(status) => return write!(f, "status:{status}"),
            Self::StatusAfter(status) => return write!(f, "status-after:{status}"),
            Self::Html(status) => return write!(f, "html:{status}"),
            Self::DropBefore => "drop-before",
            Self::DropAfter => "drop-after",
            Self::Half => "half",
            Self::OperationTimeLimit => "429",
            Self::QueryLimit => "query-limit",
            Self::Gzip => "gzip",
            Self::Chunked => "chunked",
            Self::Bom => "bom",
            Self::NoTime => "no-time",
            Self::HtmlDescription => "html-description",
            Self::Refuse(code) => return write!(f, "refuse:{code}"),
            Self::OddResult => "odd-result",
            Self::ThinResult => "thin-result",
            Self::MapResult => "map-result",
            Self::NoEffect => "no-effect",
        };
        f.write_str(word)
    }
}

fn delay(text: &str, number: Option<&str>) -> Result<Fault, FaultError> {
    let wait = number.and_then(|number| number.trim_end_matches("ms").parse().ok());
    wait.map(|wait| Fault::Delay(Duration::from_millis(wait))).ok_or_else(|| FaultError::Number {
        fault: text.to_owned(),
        needs: "milliseconds",
        example: "delay:500",
    })
}

fn status(number: Option<&str>) -> Option<u16> {
    number.and_then(|number| number.parse().ok()).filter(|status| (200..600).contains(status))
}

fn error_status(text: &str, number: Option<&str>, example: &'static str) -> Result<u16, FaultError> {
    status(number).filter(|status| *status >= 400).ok_or_else(|| FaultError::Number {
        fault: text.to_owned(),
        needs: "an HTTP status from 400 to 599",
        example,
    })
}
