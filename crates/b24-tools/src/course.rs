//! The course of one call: what may stop it while it runs, and who is told how far it is.
//!
//! Stopping means that nothing more is sent. What was sent is not taken back, and is told.

use std::sync::{
    Arc, Mutex, PoisonError, Weak,
    atomic::{AtomicBool, Ordering},
};

use b24_model::Effect;
use b24_rest::Stop;
use jiff::Timestamp;

use crate::{Code, Refusal};

/// Says whether all writes are stopped. Asked before every request that writes, so it has to be quick.
pub trait Brake: Send + Sync {
    /// Who stopped all writes, if somebody did. A brake that cannot tell says that they are stopped.
    fn frozen(&self) -> Option<Freeze>;
}

/// Who stopped all writes, when and why, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Freeze {
    /// Who.
    pub by: Option<String>,
    /// Since when.
    pub since: Option<Timestamp>,
    /// Why.
    pub reason: Option<String>,
}

/// Nobody stops anything.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unbraked;

impl Brake for Unbraked {
    fn frozen(&self) -> Option<Freeze> {
        None
    }
}

/// Is told how far a long batch is.
pub trait Progress: Send + Sync {
    /// `done` of `total` records have been dealt with. `done` grows from one telling to the next.
    fn tell(&self, done: usize, total: usize);
}

/// Nobody listens.
#[derive(Clone, Copy, Debug, Default)]
pub struct Untold;

impl Progress for Untold {
    fn tell(&self, _: usize, _: usize) {}
}

/// What may stop a call, and who is told how far it is. Clones are about the same call.
#[derive(Clone)]
pub struct Course {
    brake: Arc<dyn Brake>,
    progress: Arc<dyn Progress>,
    state: Arc<State>,
}

#[derive(Default)]
struct State {
    cancelled: AtomicBool,
    wrote: AtomicBool,
    told: Mutex<Told>,
}

/// How far the batches of a call are. One after the other, they are told as one.
#[derive(Default)]
struct Told {
    begun: usize,
    done: usize,
}

/// A way to cancel a call that does not keep it alive.
#[derive(Clone, Debug)]
pub struct Canceller(Weak<State>);

impl std::fmt::Debug for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "State({:?})", self.cancelled)
    }
}

impl Canceller {
    /// Nothing more is sent for the call.
    pub fn cancel(&self) {
        if let Some(state) = self.0.upgrade() {
            state.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Whether there is no call any more that could be cancelled.
    pub fn is_over(&self) -> bool {
        self.0.strong_count() == 0
    }
}

impl Default for Course {
    fn default() -> Self {
        Self::new(Arc::new(Unbraked), Arc::new(Untold))
    }
}

impl Course {
    /// The course of a call that begins.
    pub fn new(brake: Arc<dyn Brake>, progress: Arc<dyn Progress>) -> Self {
        Self { brake, progress, state: Arc::default() }
    }

    /// How the call can be cancelled by somebody who does not wait for it.
    pub fn canceller(&self) -> Canceller {
        Canceller(Arc::downgrade(&self.state))
    }

    /// Whether the caller does not want it any more.
    pub fn is_cancelled(&self) -> bool {
        self.state.cancelled.load(Ordering::Relaxed)
    }

    /// Whether a request that writes was let go.
    pub fn has_written(&self) -> bool {
        self.state.wrote.load(Ordering::Relaxed)
    }

    /// Whether a call with this effect may go on; asked between its stages.
    pub(crate) fn check(&self, effect: Effect) -> Result<(), Refusal> {
        self.stop(effect).map_or(Ok(()), |stop| Err(Refusal::new(stop.code, stop.reason).hint(stop.hint)))
    }

    /// What stops a request of this effect. Once something was written, reads are how its outcome is found out: they go on.
    fn stop(&self, effect: Effect) -> Option<Stop> {
        let writes = effect != Effect::Read;
        if self.is_cancelled() && (writes || !self.has_written()) {
            return Some(Stop {
                code: Code::CANCELLED,
                reason: "the call was cancelled by its caller".into(),
                hint: "call again for what has not been done, if it is still wanted".into(),
            });
        }
        if writes { self.brake.frozen().as_ref().map(stopped) } else { None }
    }

    /// A batch of so many begins. Says where its first one stands among all of the call.
    pub(crate) fn begin(&self, count: usize) -> usize {
        let mut told = self.state.told.lock().unwrap_or_else(PoisonError::into_inner);
        let before = told.begun;
        told.begun += count;
        before
    }

    /// So many have been dealt with, those of earlier batches included.
    pub(crate) fn reached(&self, done: usize) {
        let mut told = self.state.told.lock().unwrap_or_else(PoisonError::into_inner);
        if done > told.done {
            told.done = done;
            self.progress.tell(done, told.begun);
        }
    }
}

impl b24_rest::Brake for Course {
    fn check(&self, effect: Effect) -> Result<(), Stop> {
        match self.stop(effect) {
            Some(stop) => Err(stop),
            None => {
                if effect != Effect::Read {
                    self.state.wrote.store(true, Ordering::Relaxed);
                }
                Ok(())
            }
        }
    }
}

fn stopped(freeze: &Freeze) -> Stop {
    let Freeze { by, since, reason } = freeze;
    let by = by.as_ref().map(|by| format!(" by {by}")).unwrap_or_default();
    let since = since.map(|since| format!(" at {since:.0}")).unwrap_or_default();
    let why = reason.as_ref().map(|reason| format!(" ({reason})")).unwrap_or_default();
    Stop {
        code: Code::FROZEN,
        reason: "all changes are stopped on this server".into(),
        hint: format!(
            "stopped{by}{since}{why}; reading works; tell the person, and let the admin run `b24-mcp thaw`"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_call_sends_nothing_more_but_finds_out_what_it_has_done() {
        let check =
            |course: &Course, effect| b24_rest::Brake::check(course, effect).map_err(|stop| stop.code);
        let (read_first, written) = (Course::default(), Course::default());
        assert_eq!(check(&written, Effect::Write), Ok(()));
        for course in [&read_first, &written] {
            course.canceller().cancel();
        }
        assert_eq!(check(&read_first, Effect::Read), Err("CANCELLED"));
        assert_eq!(check(&written, Effect::Read), Ok(()));
        assert_eq!(check(&written, Effect::Destroy), Err("CANCELLED"));
        assert!(written.has_written() && !read_first.has_written());
    }

    #[test]
    fn a_canceller_does_not_keep_its_call_alive() {
        let course = Course::default();
        let canceller = course.canceller();
        assert!(!canceller.is_over());
        drop(course);
        canceller.cancel();
        assert!(canceller.is_over());
    }
}
