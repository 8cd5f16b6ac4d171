//! What is counted about portals, through the `metrics` facade. Nothing listens unless the program installs a
//! recorder, and then counting costs next to nothing.
//!
//! A label is the configured host, the name of a method or one of a few fixed words: never a secret, a value of a
//! parameter, or anything that somebody outside can make up.

use std::{sync::Arc, time::Duration};

use metrics::{SharedString, Unit, counter, gauge, histogram};

use crate::{failure::Failure, verdict::Verdict};

/// Requests that may go out now without waiting. Gauge; `portal`.
pub const BUDGET: &str = "b24_portal_budget_requests";
/// The share of its running time that a method has used. Gauge; `portal`, `method`.
pub const OPERATING: &str = "b24_portal_operating_ratio";
/// Requests that wait for the portal's limits, or between two tries. Gauge; `portal`.
pub const QUEUE: &str = "b24_portal_queue_requests";
/// How long a request waited before it was sent. Histogram; `portal`.
pub const WAIT: &str = "b24_portal_wait_seconds";
/// How long the portal took to answer a request that was sent. Histogram; `portal`.
pub const ANSWER: &str = "b24_portal_answer_seconds";
/// Commands in one batch. Histogram; `portal`.
pub const BATCH: &str = "b24_portal_batch_commands";
/// What became of each try. Counter; `portal`, `method`, `outcome`.
pub const ANSWERS: &str = "b24_portal_answers_total";
/// What was decided about failed tries. Counter; `portal`, `verdict`.
pub const VERDICTS: &str = "b24_portal_verdicts_total";
/// Writes that may or may not have happened. Counter; `portal`, `method`.
pub const UNSETTLED: &str = "b24_portal_unsettled_writes_total";

/// Tells the installed recorder what each name means.
pub fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_gauge!(BUDGET, "Requests that may go out now without waiting, as the server believes.");
    describe_gauge!(OPERATING, "Share of its running time (480 s in ten minutes) that a method has used.");
    describe_gauge!(QUEUE, "Requests that wait for the portal's limits, or between two tries.");
    describe_histogram!(WAIT, Unit::Seconds, "How long a request waited before it was sent.");
    describe_histogram!(ANSWER, Unit::Seconds, "How long the portal took to answer a request.");
    describe_histogram!(BATCH, "Commands in one batch; the portal takes 50.");
    describe_counter!(ANSWERS, "Tries of a method, by what became of them.");
    describe_counter!(VERDICTS, "Decisions about failed tries.");
    describe_counter!(UNSETTLED, "Writes that were sent and may or may not have happened.");
}

/// The signals of one portal.
#[derive(Clone)]
pub(crate) struct Signals {
    portal: Arc<str>,
}

/// A request that waits. It is counted until this is dropped, however the wait ends.
pub(crate) struct Waiting(metrics::Gauge);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

impl Signals {
    /// The signals of one portal. What may never happen begins at zero: an alarm on a rate needs a start.
    pub(crate) fn of(portal: &str) -> Self {
        let signals = Self { portal: portal.into() };
        gauge!(QUEUE, "portal" => signals.portal()).set(0.0);
        for verdict in Verdict::WORDS {
            counter!(VERDICTS, "portal" => signals.portal(), "verdict" => verdict).increment(0);
        }
        signals
    }

    fn portal(&self) -> SharedString {
        SharedString::from_shared(Arc::clone(&self.portal))
    }

    pub(crate) fn room(&self, requests: Option<u32>) {
        if let Some(requests) = requests {
            gauge!(BUDGET, "portal" => self.portal()).set(f64::from(requests));
        }
    }

    pub(crate) fn operating(&self, method: &'static str, share: f64) {
        gauge!(OPERATING, "portal" => self.portal(), "method" => method).set(share.min(1.0));
    }

    /// A request is about to wait, perhaps not at all.
    pub(crate) fn waits(&self, wait: Duration) -> Waiting {
        histogram!(WAIT, "portal" => self.portal()).record(wait.as_secs_f64());
        let queue = gauge!(QUEUE, "portal" => self.portal());
        queue.increment(1.0);
        Waiting(queue)
    }

    pub(crate) fn took(&self, time: Duration) {
        histogram!(ANSWER, "portal" => self.portal()).record(time.as_secs_f64());
    }

    pub(crate) fn batch(&self, commands: usize) {
        let commands = u32::try_from(commands).unwrap_or(u32::MAX);
        histogram!(BATCH, "portal" => self.portal()).record(f64::from(commands));
    }

    /// What became of a try, or of a command in a batch.
    pub(crate) fn answered(&self, method: &'static str, failure: Option<&Failure>) {
        let outcome = failure.map_or("ok", Failure::word);
        counter!(ANSWERS, "portal" => self.portal(), "method" => method, "outcome" => outcome).increment(1);
    }

    pub(crate) fn judged(&self, verdict: &Verdict) {
        counter!(VERDICTS, "portal" => self.portal(), "verdict" => verdict.word()).increment(1);
    }

    pub(crate) fn unsettled(&self, method: &'static str) {
        counter!(UNSETTLED, "portal" => self.portal(), "method" => method).increment(1);
    }
}
