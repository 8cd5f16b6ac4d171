//! Spans of calls, as they open and close. Everything below a call is kept, nothing else is.

use std::{fmt, mem};

use tokio::sync::mpsc;
use tracing::{
    Event, Level, Span, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{
    Layer, Registry,
    filter::Targets,
    layer::Context,
    registry::{LookupSpan, SpanRef},
};

use super::super::trace::{Remote, SpanId, TraceId};
use crate::{clock, redact, signals};

/// The field that marks a span as the root of a call.
const ROOT: &str = "trace.id";
/// How many lines of one span are kept.
const MOST_EVENTS: usize = 32;
/// The longest text that is kept of one field.
const LONGEST_TEXT: usize = 256;

/// The value of a field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    Text(String),
    Int(i64),
    Float(f64),
    Bool(bool),
}

/// Fields by name, in the order in which they were said.
pub(super) type Fields = Vec<(&'static str, Value)>;

/// Something that was logged within a span.
pub(super) struct Happened {
    pub(super) at: i128,
    pub(super) name: String,
    pub(super) fields: Fields,
}

/// A span, open or closed. Moments are nanoseconds since 1970.
pub(super) struct Kept {
    pub(super) trace: TraceId,
    pub(super) id: SpanId,
    pub(super) parent: Option<SpanId>,
    pub(super) state: String,
    sampled: bool,
    pub(super) is_root: bool,
    pub(super) name: &'static str,
    pub(super) began: i128,
    pub(super) ended: i128,
    pub(super) fields: Fields,
    pub(super) events: Vec<Happened>,
    pub(super) failed: bool,
}

/// Hands closed spans on to the exporter.
pub(crate) struct Spans(mpsc::Sender<Kept>);

impl Spans {
    pub(super) fn to(sender: mpsc::Sender<Kept>) -> Self {
        Self(sender)
    }

    /// The layer, for the spans and the lines of this program only: what libraries put into theirs is unknown.
    pub(crate) fn filtered<S>(self) -> impl Layer<S>
    where
        S: Subscriber + for<'a> LookupSpan<'a>,
    {
        let ours = ["b24_mcp", "b24_rest", "b24_tools"].map(|target| (target, LevelFilter::INFO));
        self.with_filter(Targets::new().with_targets(ours))
    }
}

impl<S> Layer<S> for Spans
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        let Some(mut kept) = open(&span) else { return };
        attributes.record(&mut Reader { fields: &mut kept.fields, message: None });
        span.extensions_mut().insert(kept);
    }

    fn on_record(&self, id: &Id, record: &Record<'_>, context: Context<'_, S>) {
        let Some(span) = context.span(id) else { return };
        if let Some(kept) = span.extensions_mut().get_mut::<Kept>() {
            record.record(&mut Reader { fields: &mut kept.fields, message: None });
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let Some(span) = context.event_span(event) else { return };
        let mut extensions = span.extensions_mut();
        let Some(kept) = extensions.get_mut::<Kept>().filter(|kept| kept.events.len() < MOST_EVENTS) else {
            return;
        };
        let (mut name, mut fields) = (String::new(), Fields::new());
        event.record(&mut Reader { fields: &mut fields, message: Some(&mut name) });
        kept.failed |= *event.metadata().level() <= Level::WARN;
        kept.events.push(Happened { at: clock::now().as_nanosecond(), name, fields });
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let kept = context.span(&id).and_then(|span| span.extensions_mut().remove::<Kept>());
        let Some(mut kept) = kept.filter(|kept| kept.sampled) else { return };
        kept.ended = clock::now().as_nanosecond();
        if self.0.try_send(kept).is_err() {
            signals::span_lost();
        }
    }
}

/// A new span to keep: the root of a call, or anything below one.
fn open<'a, S: LookupSpan<'a>>(span: &SpanRef<'a, S>) -> Option<Kept> {
    let above = span.parent().and_then(|parent| {
        let extensions = parent.extensions();
        extensions.get::<Kept>().map(|kept| (kept.trace, kept.id, kept.sampled, kept.state.clone()))
    });
    let is_root = above.is_none();
    if is_root && span.metadata().fields().field(ROOT).is_none() {
        return None;
    }
    let (trace, parent, sampled, state) = match above {
        Some((trace, parent, sampled, state)) => (trace, Some(parent), sampled, state),
        None => (fresh_trace(), None, true, String::new()),
    };
    Some(Kept {
        trace,
        id: SpanId(getrandom::u64().unwrap_or_default().max(1)),
        parent,
        state,
        sampled,
        is_root,
        name: span.name(),
        began: clock::now().as_nanosecond(),
        ended: 0,
        fields: Fields::new(),
        events: Vec::new(),
        failed: false,
    })
}

fn fresh_trace() -> TraceId {
    let half = || u128::from(getrandom::u64().unwrap_or_default().max(1));
    TraceId((half() << 64) | half())
}

/// Puts the root of a call under the client's span. Says in which trace it stands, if spans are collected.
pub(crate) fn follow(span: &Span, remote: Option<&Remote>) -> Option<TraceId> {
    let trace = span.with_subscriber(|(id, dispatch)| {
        let span = dispatch.downcast_ref::<Registry>()?.span(id)?;
        let mut extensions = span.extensions_mut();
        let kept = extensions.get_mut::<Kept>()?;
        if let Some(remote) = remote {
            kept.trace = remote.trace;
            kept.parent = Some(remote.parent);
            kept.sampled = remote.sampled;
            kept.state.clone_from(&remote.state);
        }
        Some(kept.trace)
    });
    trace.flatten()
}

/// Reads fields; the message of a line apart.
struct Reader<'a> {
    fields: &'a mut Fields,
    message: Option<&'a mut String>,
}

impl Reader<'_> {
    fn put(&mut self, field: &Field, value: Value) {
        // The trace is what the span stands in, not something about it.
        if field.name() != ROOT {
            self.fields.push((field.name(), value));
        }
    }

    fn text(&mut self, field: &Field, text: String) {
        // Before it is cut: half a secret is not recognised any more.
        let mut text = redact::text(&text).into_owned();
        let end = text.char_indices().nth(LONGEST_TEXT).map_or(text.len(), |(end, _)| end);
        text.truncate(end);
        match &mut self.message {
            Some(message) if field.name() == "message" => drop(mem::replace(*message, text)),
            _ => self.put(field, Value::Text(text)),
        }
    }
}

impl Visit for Reader<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.text(field, format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.text(field, value.to_owned());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, Value::Bool(value));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, Value::Int(value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, Value::Int(i64::try_from(value).unwrap_or(i64::MAX)));
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, Value::Float(value));
    }
}
