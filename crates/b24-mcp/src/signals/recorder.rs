//! Keeps what is counted, and tells it in the words of Prometheus (text exposition format 0.0.4).

use std::{
    fs,
    time::{Duration, Instant},
};

use metrics::gauge;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};

use super::{BUILD, MEMORY, SESSIONS, UPTIME};

/// Limits of the classes of times, in seconds: an answer from the machine's own memory to one at the deadline.
const SECONDS: [f64; 13] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0];
/// Limits of the classes of batches, in commands. A batch holds 50.
const COMMANDS: [f64; 6] = [1.0, 2.0, 5.0, 10.0, 25.0, 50.0];
/// How often samples are put into their classes when nobody reads: until then each of them takes memory.
const UPKEEP: Duration = Duration::from_secs(5);

/// What is counted, since the server began.
pub(crate) struct Recorder {
    handle: PrometheusHandle,
    began: Instant,
}

impl Recorder {
    /// Begins to count, for the whole process. `None` when somebody counts already.
    pub(crate) fn install() -> Option<Self> {
        let builder = PrometheusBuilder::new()
            .set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &SECONDS)
            .and_then(|builder| {
                builder.set_buckets_for_metric(Matcher::Suffix("_commands".into()), &COMMANDS)
            })
            .ok()?;
        let recorder = builder.build_recorder();
        let handle = recorder.handle();
        metrics::set_global_recorder(recorder).ok()?;
        super::describe();
        b24_rest::signals::describe();
        super::begin();
        Some(Self { handle, began: Instant::now() })
    }

    /// Puts samples in order, again and again, until the runtime ends.
    pub(crate) fn keep_up(&self) {
        let handle = self.handle.clone();
        tokio::spawn(async move {
            let mut ticks = tokio::time::interval(UPKEEP);
            loop {
                ticks.tick().await;
                handle.run_upkeep();
            }
        });
    }

    /// Everything, as it is now. `sessions` says how many are open, if that can be said right now.
    pub(crate) fn text(&self, sessions: Option<usize>) -> String {
        let (version, arch, os) = (env!("CARGO_PKG_VERSION"), std::env::consts::ARCH, std::env::consts::OS);
        gauge!(BUILD, "version" => version, "arch" => arch, "os" => os).set(1.0);
        gauge!(UPTIME).set(self.began.elapsed().as_secs_f64());
        if let Some(bytes) = resident_bytes() {
            gauge!(MEMORY).set(bytes);
        }
        if let Some(sessions) = sessions {
            gauge!(SESSIONS).set(f64::from(u32::try_from(sessions).unwrap_or(u32::MAX)));
        }
        self.handle.run_upkeep();
        crate::redact::text(&self.handle.render()).into_owned()
    }
}

/// Memory that the process holds. Only Linux says it so cheaply.
fn resident_bytes() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u32 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(f64::from(kibibytes) * 1024.0)
}
