//! Who may hold a request back at the last moment: after every wait, right before it is sent.
//!
//! The client asks and obeys. Who holds, and why, is for whoever made the brake to know.

use b24_model::Effect;

/// Asked right before each request is sent, and before each try of it. A batch of which one command writes is a write.
///
/// It is asked while somebody waits, so it has to be quick.
pub trait Brake: Send + Sync {
    /// Lets a request of this effect go, or says why it is not sent.
    fn check(&self, effect: Effect) -> Result<(), Stop>;
}

/// Why a request was not sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// A stable word for the reason.
    pub code: &'static str,
    /// The reason, as the end of a sentence.
    pub reason: String,
    /// What to do next.
    pub hint: String,
}
