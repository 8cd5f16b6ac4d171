//! The token that files feedback. A secret: it has no `Display`, and its `Debug` shows nothing.

use std::fmt;

use zeroize::Zeroizing;

/// A token of GitHub.
pub(crate) struct FeedbackToken(Zeroizing<String>);

impl FeedbackToken {
    /// Takes it as it is written.
    pub(crate) fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// Its text, for the header that carries it and for nothing else.
    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for FeedbackToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FeedbackToken(***)")
    }
}
