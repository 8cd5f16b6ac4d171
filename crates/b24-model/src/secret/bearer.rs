//! The token with which an MCP client opens the door.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// The fewest characters of a Bearer that is worth the name.
const MIN_LENGTH: usize = 32;

/// The value that the reference system's template ships with. Whoever kept it has no secret.
const PLACEHOLDER: &str = "replace-with-secure-token";

/// A Bearer, in clear.
pub struct Bearer(Zeroizing<String>);

/// Why a Bearer protects nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Weakness {
    /// There is nothing.
    #[error("it is empty")]
    Empty,
    /// The template's own value.
    #[error("it is the placeholder of the template")]
    Placeholder,
    /// Too few characters.
    #[error("it is shorter than {MIN_LENGTH} characters")]
    Short,
    /// One character, or two, over and over.
    #[error("it repeats the same characters")]
    Repetitive,
    /// A character that cannot stand in a header.
    #[error("it has a character that a header cannot carry (blank, control or non-ASCII)")]
    Unsendable,
}

impl Bearer {
    /// Takes a token, without the blanks around it.
    pub fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.trim().to_owned()))
    }

    /// Says why the token protects nothing, or `Ok` when it is strong enough to guard a door.
    pub fn strength(&self) -> Result<(), Weakness> {
        let text = self.0.as_str();
        if text.is_empty() {
            return Err(Weakness::Empty);
        }
        if text == PLACEHOLDER {
            return Err(Weakness::Placeholder);
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Weakness::Unsendable);
        }
        if text.len() < MIN_LENGTH {
            return Err(Weakness::Short);
        }
        let mut seen: Vec<u8> = text.bytes().collect();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() <= 2 { Err(Weakness::Repetitive) } else { Ok(()) }
    }

    /// Whether both are the same token, in time that does not depend on where they differ.
    ///
    /// Only the lengths can be learned from the time it takes; they are not secret.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }

    /// The token itself: for hashing, and for the one line that shows it to its owner.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl ZeroizeOnDrop for Bearer {}

impl fmt::Debug for Bearer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bearer(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_that_anybody_could_guess_is_named_weak() {
        let judge = |text: &str| Bearer::new(text).strength();
        assert_eq!(judge("  "), Err(Weakness::Empty));
        assert_eq!(judge("replace-with-secure-token"), Err(Weakness::Placeholder));
        assert_eq!(judge("kitten"), Err(Weakness::Short));
        assert_eq!(judge(&"ab".repeat(20)), Err(Weakness::Repetitive));
        assert_eq!(judge("a token with blanks that is long enough"), Err(Weakness::Unsendable));
        assert_eq!(judge("test-token-0123456789-abcdefghij"), Ok(()));
    }

    #[test]
    fn tokens_match_whole_or_not_at_all_and_never_print() {
        let token = Bearer::new(" test-token-0123456789-abcdefghij ");
        assert!(token.matches(&Bearer::new("test-token-0123456789-abcdefghij")));
        assert!(!token.matches(&Bearer::new("test-token-0123456789-abcdefghi")));
        assert!(!token.matches(&Bearer::new("")));
        assert_eq!(format!("{token:?}"), "Bearer(***)");
    }
}
