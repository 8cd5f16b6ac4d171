//! Lines for machines: one flat JSON object each.
//!
//! The fields of the spans around a line stand beside its own, so that `request.id` is found at the same place on
//! every line of a request, whoever wrote it.

use std::fmt;

use serde_json::{Map, Value};
use tracing::{Event, Level, Subscriber, field::Field, field::Visit};
use tracing_subscriber::{
    fmt::{
        FmtContext, FormatEvent, FormattedFields, Layer,
        format::{JsonFields, Writer},
    },
    registry::LookupSpan,
};

use crate::clock;

/// The same lines, in JSON.
pub(super) fn written<S, W>(
    lines: Layer<
        S,
        tracing_subscriber::fmt::format::DefaultFields,
        tracing_subscriber::fmt::format::Format,
        W,
    >,
) -> Layer<S, JsonFields, JsonLine, W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'w> tracing_subscriber::fmt::MakeWriter<'w> + 'static,
{
    lines.with_ansi(false).fmt_fields(JsonFields::new()).event_format(JsonLine)
}

/// How a line is spelt.
pub(super) struct JsonLine;

impl<S> FormatEvent<S, JsonFields> for JsonLine
where
    S: Subscriber + for<'a> LookupSpan<'a>,
{
    fn format_event(
        &self,
        context: &FmtContext<'_, S, JsonFields>,
        mut writer: Writer<'_>,
        event: &Event<'_>,
    ) -> fmt::Result {
        let mut own = Fields::default();
        event.record(&mut own);
        let mut line = Map::new();
        line.insert("time".into(), format!("{:.3}", clock::now()).into());
        line.insert("level".into(), word(*event.metadata().level()).into());
        line.insert("message".into(), own.message.into());
        line.insert("target".into(), event.metadata().target().into());
        for span in context.event_scope().into_iter().flat_map(tracing_subscriber::registry::Scope::from_root)
        {
            let extensions = span.extensions();
            let written = extensions.get::<FormattedFields<JsonFields>>();
            let fields = written.and_then(|fields| serde_json::from_str::<Map<_, _>>(fields).ok());
            line.extend(fields.unwrap_or_default());
        }
        line.extend(own.fields);
        writeln!(writer, "{}", Value::Object(line))
    }
}

/// The names of levels in the configuration.
fn word(level: Level) -> &'static str {
    match level {
        Level::ERROR => "error",
        Level::WARN => "warning",
        Level::INFO => "info",
        Level::DEBUG => "debug",
        Level::TRACE => "trace",
    }
}

/// What a line says itself.
#[derive(Default)]
struct Fields {
    message: String,
    fields: Map<String, Value>,
}

impl Fields {
    fn put(&mut self, field: &Field, value: Value) {
        match (field.name(), value) {
            ("message", Value::String(message)) => self.message = message,
            (name, value) => {
                self.fields.insert(name.to_owned(), value);
            }
        }
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.put(field, format!("{value:?}").into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value.into());
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, value.into());
    }
}
