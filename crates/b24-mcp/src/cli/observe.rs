//! What watches a command while it runs: the log, and on request metrics and a collector.

use std::sync::Arc;

use super::{exit::Exit, say};
use crate::{
    config::{Environment, Key, LogFormat, Settings},
    serve::{house::House, metrics::Meter},
    signals::Recorder,
    telemetry::{
        self,
        otlp::{Exporter, Spans},
    },
};

/// What watches a server.
pub(super) struct Watch {
    recorder: Option<Recorder>,
    exporter: Option<Exporter>,
}

impl Watch {
    /// Begins to log, and to count when anybody will read it.
    pub(super) fn begin(settings: &Settings, environment: &Environment, scraped: bool) -> Result<Self, Exit> {
        let started =
            settings.otlp.clone().map(|endpoint| Exporter::start(endpoint, settings.ca_pem.as_deref()));
        let (exporter, spans) = started
            .transpose()
            .map_err(|error| {
                say::error(&error, None);
                Exit::Config
            })?
            .unzip();
        remark(settings, environment, spans);
        let wanted = scraped || exporter.is_some();
        Ok(Self { recorder: wanted.then(Recorder::install).flatten(), exporter })
    }

    /// Watches this house. Returns what reads the counts, if anything is counted.
    pub(super) fn over(&mut self, house: &Arc<House>) -> Option<Arc<Meter>> {
        let meter = Meter::new(self.recorder.take()?, Arc::clone(house));
        if let Some(exporter) = &mut self.exporter {
            exporter.watch(Arc::clone(&meter));
        }
        Some(meter)
    }

    /// Sends what has not been sent yet.
    pub(super) async fn end(self) {
        if let Some(exporter) = self.exporter {
            exporter.end().await;
        }
    }
}

/// Begins to log, and passes on what the configuration remarked.
pub(super) fn remark(settings: &Settings, environment: &Environment, spans: Option<Spans>) {
    let said = settings.origins.iter().find(|origin| origin.key == Key::Log);
    let log = telemetry::Log {
        directives: settings.log.as_deref(),
        place: said.map_or_else(|| "the command".to_owned(), |origin| origin.source.to_string()),
        format: settings.log_format,
        colours: !environment.wants_no_colour(),
    };
    let complaint = telemetry::begin(&log, spans);
    if settings.log_format == LogFormat::Json {
        say::into_the_log();
    }
    for line in settings.remarks.iter().chain(&settings.bearers.weak).chain(&complaint) {
        say::warning(line, None);
    }
    for origin in settings.origins.iter().filter(|origin| !origin.key.entry().used) {
        say::warning(
            &format!("`{}` is set, but this version does not use it", origin.key.entry().name),
            None,
        );
    }
}
