//! Where a tool gets an address that hands out one file once. Who keeps such addresses, and until when, is the server's
//! business: here nobody knows of HTTP or of the clock.

use super::FileOnTask;

/// Makes addresses on our own host for one caller in front of one portal.
pub trait LinkDesk: Send + Sync {
    /// An address that hands out `file` once; `None` when there cannot be one now.
    fn issue(&self, file: FileOnTask) -> Option<OneUse>;
}

/// An address that hands out one file, once. Whoever has it gets the file.
#[derive(Clone, PartialEq, Eq)]
pub struct OneUse {
    /// The address.
    pub url: String,
    /// How long it is good.
    pub minutes: u32,
}
