//! What is counted about this server, and who reads it. `docs/signals.md` says what each signal is for; a test
//! compares the two.
//!
//! A label is the name of a known tool or one of a few fixed words: never an argument, a secret, or anything that
//! somebody outside can make up.

mod outcome;
mod recorder;

use std::time::Duration;

use b24_model::Effect;
use metrics::{Unit, counter, gauge, histogram};

pub(crate) use recorder::Recorder;

const CALLS: &str = "b24_mcp_tool_calls_total";
const CALL: &str = "b24_mcp_tool_call_seconds";
const IN_FLIGHT: &str = "b24_mcp_calls_in_flight";
const FROZEN: &str = "b24_mcp_frozen";
const REFUSED: &str = "b24_mcp_auth_failures_total";
const SESSIONS: &str = "b24_mcp_sessions_open";
const EXPORTS: &str = "b24_mcp_otlp_exports_total";
const LOST: &str = "b24_mcp_otlp_lost_spans_total";
const BUILD: &str = "b24_mcp_build_info";
const UPTIME: &str = "b24_mcp_uptime_seconds";
const MEMORY: &str = "process_resident_memory_bytes";

/// Tells the recorder what each name means.
fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_counter!(CALLS, "Tool calls that were answered, by tool, effect and outcome.");
    describe_histogram!(CALL, Unit::Seconds, "How long tool calls took.");
    describe_gauge!(IN_FLIGHT, "Tool calls that have no answer yet.");
    describe_gauge!(FROZEN, "1 while all changes are stopped by `b24-mcp freeze`, else 0.");
    describe_counter!(REFUSED, "Requests that were turned away at the door.");
    describe_gauge!(SESSIONS, "Sessions of clients of older protocol versions.");
    describe_counter!(EXPORTS, "Messages to the OTLP collector, by signal and outcome.");
    describe_counter!(LOST, "Spans that were dropped because the collector is too slow.");
    describe_gauge!(BUILD, "Always 1; the labels say which build this is.");
    describe_gauge!(UPTIME, Unit::Seconds, "Seconds since the server began.");
    describe_gauge!(MEMORY, Unit::Bytes, "Memory that the process holds.");
}

/// Begins at zero what may never happen: an alarm on a rate needs something to start from.
fn begin() {
    gauge!(IN_FLIGHT).set(0.0);
    gauge!(SESSIONS).set(0.0);
    gauge!(FROZEN).set(0.0);
    counter!(LOST).increment(0);
    for signal in ["metrics", "traces"] {
        for outcome in ["failed", "sent"] {
            counter!(EXPORTS, "signal" => signal, "outcome" => outcome).increment(0);
        }
    }
    for reason in ["admin", "foreign_host", "foreign_origin", "invalid", "missing", "no_host", "unavailable"]
    {
        counter!(REFUSED, "reason" => reason).increment(0);
    }
}

/// A call that has no answer yet. It counts as running until this is dropped, however it ends.
pub(crate) struct Running(metrics::Gauge);

impl Running {
    /// A call begins.
    pub(crate) fn begin() -> Self {
        let gauge = gauge!(IN_FLIGHT);
        gauge.increment(1.0);
        Self(gauge)
    }

    /// The call was answered. `tool` is the name of a known tool, `code` that of a refusal.
    pub(crate) fn end(self, tool: &str, effect: Effect, code: Option<&str>, took: Duration) {
        let (tool, outcome) = (tool.to_owned(), outcome::label(code));
        counter!(CALLS, "tool" => tool.clone(), "effect" => effect.word(), "outcome" => outcome).increment(1);
        histogram!(CALL, "tool" => tool).record(took.as_secs_f64());
    }

    /// No tool has the name that was called.
    pub(crate) fn end_unknown(self) {
        counter!(CALLS, "tool" => "unknown", "effect" => "none", "outcome" => "unknown_tool").increment(1);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.decrement(1.0);
    }
}

/// A request was turned away at the door, for a reason of one fixed word.
pub(crate) fn turned_away(reason: &'static str) {
    counter!(REFUSED, "reason" => reason).increment(1);
}

/// Whether all changes are stopped.
pub(crate) fn frozen(is_frozen: bool) {
    gauge!(FROZEN).set(if is_frozen { 1.0 } else { 0.0 });
}

/// A message went to the OTLP collector, or did not arrive.
pub(crate) fn exported(signal: &'static str, arrived: bool) {
    let outcome = if arrived { "sent" } else { "failed" };
    counter!(EXPORTS, "signal" => signal, "outcome" => outcome).increment(1);
}

/// A span found no room on its way to the collector.
pub(crate) fn span_lost() {
    counter!(LOST).increment(1);
}
