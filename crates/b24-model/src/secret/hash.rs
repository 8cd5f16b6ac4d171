//! The hash of a token: enough to recognise it, and nothing that opens a door.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// The SHA-256 of a token. Not the token, but whoever has it can try tokens against it: it is never shown.
pub struct TokenHash(Zeroizing<[u8; 32]>);

impl TokenHash {
    /// Takes a hash that somebody computed.
    pub fn new(hash: [u8; 32]) -> Self {
        Self(Zeroizing::new(hash))
    }

    /// Whether both are of the same token, in time that does not depend on where they differ.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.ct_eq(&*other.0).into()
    }

    /// The hash itself: for a store that keeps it.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash(***)")
    }
}

impl ZeroizeOnDrop for TokenHash {}
