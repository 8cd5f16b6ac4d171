//! What lies under an error, as text that has been checked: a cause of another library may quote an address.

use std::error::Error;

/// One link of a chain of causes. Holds no address and no secret.
#[derive(Clone, Debug)]
pub struct Cause {
    text: String,
    next: Option<Box<Cause>>,
}

impl Cause {
    /// A cause that is said in our own words.
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), next: None }
    }

    /// The chain that begins at `error`, each link passed through `mask`.
    pub(crate) fn of(error: &(dyn Error + 'static), mask: &dyn Fn(String) -> String) -> Self {
        let next = error.source().map(|source| Box::new(Self::of(source, mask)));
        Self { text: mask(error.to_string()), next }
    }
}

impl std::fmt::Display for Cause {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)
    }
}

impl Error for Cause {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.next.as_deref().map(|cause| cause as &(dyn Error + 'static))
    }
}
