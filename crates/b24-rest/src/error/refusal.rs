//! What a portal says when it says no.

use std::fmt;

use b24_model::Dialect;

/// A portal's "no".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The method.
    pub method: &'static str,
    /// The HTTP status. Inside a batch, that of the batch: 200.
    pub status: u16,
    /// The portal's code.
    pub code: PortalCode,
    /// The portal's sentence, without HTML. Written for people, in the portal's language; may be empty.
    pub message: String,
    /// The fields that REST 3.0 found wrong, with what is wrong about each.
    pub fields: Vec<(String, String)>,
    /// The language of the answer, which need not be that of the method.
    pub dialect: Dialect,
}

impl Refusal {
    /// Code and sentence, for a message.
    pub(crate) fn said(&self) -> String {
        match (self.code.as_str(), self.message.as_str()) {
            ("", "") => "no reason given".to_owned(),
            ("", message) => message.to_owned(),
            (code, "") => code.to_owned(),
            (code, message) => format!("{message} ({code})"),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the portal refused `{}`: {}", self.method, self.said())?;
        for (field, message) in &self.fields {
            write!(f, "; {field}: {message}")?;
        }
        Ok(())
    }
}

/// The code of a refusal: a word, `""`, digits, or (in old methods) a whole sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortalCode(String);

impl PortalCode {
    pub(crate) fn new(code: impl Into<String>) -> Self {
        Self(code.into())
    }

    /// The code, exactly as it came.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the code is a word to rely on: not empty, not a number, not a sentence.
    pub fn is_named(&self) -> bool {
        let word = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b':');
        self.0.len() <= 120 && self.0.bytes().all(word) && self.0.bytes().any(|b| b.is_ascii_alphabetic())
    }

    /// Whether it is `code`, whatever the case.
    pub(crate) fn is(&self, code: &str) -> bool {
        self.0.eq_ignore_ascii_case(code)
    }

    /// Whether it is one of `codes`, whatever the case.
    pub(crate) fn is_one_of(&self, codes: &[&str]) -> bool {
        codes.iter().any(|code| self.is(code))
    }
}

impl fmt::Display for PortalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_word_is_a_name() {
        let named = |code: &str| PortalCode::new(code).is_named();
        assert!(named("ACCESS_DENIED") && named("insufficient_scope") && named("ERROR_CORE"));
        for code in ["", "0", "1048582", "Status not found", "Доступ"] {
            assert!(!named(code), "{code:?}");
        }
    }
}
