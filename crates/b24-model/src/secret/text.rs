//! Secrets that are a text and nothing more: each of a type of its own, so that none is taken for another.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::{ZeroizeOnDrop, Zeroizing};

macro_rules! texts {
    ($($(#[$about:meta])* $name:ident;)*) => {$(
        $(#[$about])*
        #[derive(Default)]
        pub struct $name(Zeroizing<String>);

        impl $name {
            /// Takes the text as it is. Memory that it is copied from is the caller's to wipe.
            pub fn new(text: impl Into<String>) -> Self {
                Self(Zeroizing::new(text.into()))
            }

            /// Whether there is nothing in it but blanks.
            pub fn is_blank(&self) -> bool {
                self.0.trim().is_empty()
            }

            /// Whether both are the same, in time that does not depend on where they differ. Lengths are not secret.
            pub fn matches(&self, other: &Self) -> bool {
                self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
            }

            /// The text itself: for its one use, and nowhere else.
            pub fn expose(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(***)"))
            }
        }

        impl ZeroizeOnDrop for $name {}
    )*};
}

texts! {
    /// What somebody wrote in a place where a secret may stand. Nobody has judged it yet.
    SecretText;
    /// The address of a database, with its password.
    DatabaseUrl;
    /// A token of the place where feedback is sent.
    FeedbackToken;
    /// The key with which grants are sealed, as it was written.
    SealingKey;
}
