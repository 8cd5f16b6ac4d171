//! W3C Trace Context (<https://www.w3.org/TR/trace-context/>): in which trace of the client a call stands.
//!
//! A context that is not as the specification wants it is as good as none. Nothing of it is sent to portals.

use std::fmt;

use http::HeaderMap;
use tracing::Span;

use super::otlp;

/// The longest `tracestate` that is kept.
const LONGEST_STATE: usize = 512;

/// The identity of a trace: 16 bytes, not all of them zero.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct TraceId(pub(super) u128);

/// The identity of a span: 8 bytes, not all of them zero.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct SpanId(pub(super) u64);

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Display for SpanId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The span of the client under which a call stands.
#[derive(Clone)]
pub(crate) struct Remote {
    pub(super) trace: TraceId,
    pub(super) parent: SpanId,
    /// Whether the client keeps this trace. We keep what it keeps.
    pub(super) sampled: bool,
    pub(super) state: String,
}

impl Remote {
    /// Reads the two texts of a context.
    pub(crate) fn read(traceparent: &str, tracestate: Option<&str>) -> Option<Self> {
        let (version, rest) = traceparent.trim().split_once('-')?;
        let version = hex(version, 2)?;
        let mut parts = rest.split('-');
        let (trace, parent, flags) = (parts.next()?, parts.next()?, parts.next()?);
        // Later versions may have more parts; this one has none.
        if version == 0xff || (version == 0 && parts.next().is_some()) {
            return None;
        }
        let trace = hex(trace, 32).filter(|id| *id != 0)?;
        let parent = hex(parent, 16).and_then(|id| u64::try_from(id).ok()).filter(|id| *id != 0)?;
        let legal = |state: &&str| {
            state.len() <= LONGEST_STATE && state.bytes().all(|b| b == b' ' || b.is_ascii_graphic())
        };
        Some(Self {
            trace: TraceId(trace),
            parent: SpanId(parent),
            sampled: hex(flags, 2)? & 1 == 1,
            state: tracestate.filter(legal).unwrap_or_default().to_owned(),
        })
    }

    /// Reads the headers of a request. A header that is there twice says nothing.
    pub(crate) fn of_headers(headers: &HeaderMap) -> Option<Self> {
        let only = |name: &str| {
            let mut all = headers.get_all(name).iter();
            all.next().filter(|_| all.next().is_none())?.to_str().ok()
        };
        Self::read(only("traceparent")?, only("tracestate"))
    }
}

/// Lower-case hexadecimal digits, exactly `digits` of them.
fn hex(text: &str, digits: usize) -> Option<u128> {
    let legal = text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    legal.then(|| u128::from_str_radix(text, 16).ok())?
}

/// Puts a new span under the client's span, and its `trace.id` on all lines of the call.
///
/// Without a client's span the call has a trace of its own, if anybody collects spans.
pub(crate) fn follow(span: &Span, remote: Option<&Remote>) {
    let collected = otlp::follow(span, remote);
    if let Some(trace) = remote.map(|remote| remote.trace).or(collected) {
        span.record("trace.id", tracing::field::display(trace));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";

    fn read(traceparent: &str) -> Option<(String, String, bool)> {
        let remote = Remote::read(traceparent, None)?;
        Some((remote.trace.to_string(), remote.parent.to_string(), remote.sampled))
    }

    #[test]
    fn a_context_is_read_as_the_specification_wants_it() {
        let good = Some((TRACE.to_owned(), "00f067aa0ba902b7".to_owned(), true));
        assert_eq!(read(&format!("00-{TRACE}-00f067aa0ba902b7-01")), good);
        assert_eq!(read(&format!("cc-{TRACE}-00f067aa0ba902b7-01-what-comes-later")), good);
        assert_eq!(read(&format!("00-{TRACE}-00f067aa0ba902b7-00")).map(|read| read.2), Some(false));
    }

    #[test]
    fn what_is_no_context_is_none() {
        for wrong in [
            "",
            "00",
            &format!("ff-{TRACE}-00f067aa0ba902b7-01"),
            &format!("00-{TRACE}-00f067aa0ba902b7-01-more"),
            &format!("00-{}-00f067aa0ba902b7-01", TRACE.to_uppercase()),
            &format!("00-{}-00f067aa0ba902b7-01", "0".repeat(32)),
            &format!("00-{TRACE}-0000000000000000-01"),
            &format!("00-{TRACE}-00f067aa0ba902b7"),
            &format!("00-{TRACE}-00f067aa0ba902b-01"),
            &format!("00-{TRACE}-00f067aa0ba902b7-0x"),
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_state_that_cannot_be_passed_on_is_left_behind() {
        let parent = format!("00-{TRACE}-00f067aa0ba902b7-01");
        let state = |text: &str| Remote::read(&parent, Some(text)).map(|remote| remote.state);
        assert_eq!(state("rojo=00f067aa0ba902b7").as_deref(), Some("rojo=00f067aa0ba902b7"));
        assert_eq!(state("rojo=\n").as_deref(), Some(""));
        assert_eq!(state(&"x".repeat(513)).as_deref(), Some(""));
    }
}
