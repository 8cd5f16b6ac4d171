//! How long the caller is ready to wait: one moment, set once and carried through every wait and every try.

use std::time::Duration;

use tokio::time::Instant;

/// The moment after which nobody waits for the answer.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(Instant);

impl Deadline {
    /// The longest wait that a deadline can express. Longer ones are cut to it, so that no sum overflows.
    const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

    /// The moment that lies `wait` ahead (at most a day).
    pub fn after(wait: Duration) -> Self {
        Self(Instant::now() + wait.min(Self::LONGEST))
    }

    /// What is left; zero when the moment has passed.
    pub fn remaining(&self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    /// Whether the moment has passed.
    pub fn has_passed(&self) -> bool {
        self.remaining().is_zero()
    }
}
