//! What the client logs: one line for a failure, and nothing that anybody wrote or that opens a door.

use std::{
    io::Write,
    sync::{Arc, Mutex, PoisonError},
};

use b24_rest::methods;
use serde_json::json;
use tracing_subscriber::{filter::LevelFilter, fmt::MakeWriter};

use crate::scripted::{SECRET, Server, Step, call, soon};

/// Keeps what is logged.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Listens to every level, until the guard is dropped.
    pub(crate) fn of_everything() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_writer(log.clone())
            .without_time()
            .with_ansi(false)
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn a_failure_is_logged_once_and_nothing_private_ever() {
    let (log, _guard) = Log::of_everything();

    let server = Server::new(|n, _| match n {
        0 => Step::json(
            400,
            json!({"error": "ERROR_CORE", "error_description": format!("Private title at {SECRET}")}),
        ),
        1 => {
            Step::json(200, json!({"result": "Private result", "time": {"operating": 0.5, "duration": 0.1}}))
        }
        _ => Step::Close,
    })
    .await;
    let portal = server.portal();
    for _ in 0..3 {
        let add = call(&methods::task::ADD, json!({"fields": {"TITLE": "Private title"}}));
        let _ = portal.call(add, soon()).await;
    }

    let text = log.text();
    assert!(!text.contains(SECRET) && !text.contains("/rest/") && !text.contains("Private"), "{text}");
    let ours: Vec<_> = text.lines().filter(|line| line.contains("b24_rest")).collect();
    insta::assert_snapshot!(ours.join("\n").replace(&server.host, "HOST"), @r#"
     WARN rest.call{portal.host=HOST rest.method="tasks.task.add"}: b24_rest::portal: The call failed rest.method="tasks.task.add" rest.code="ERROR_CORE" http.status=400
    DEBUG rest.call{portal.host=HOST rest.method="tasks.task.add"}: b24_rest::portal: Answered operating_s=0.5 duration_s=0.1
     WARN rest.call{portal.host=HOST rest.method="tasks.task.add"}: b24_rest::portal: The call failed rest.method="tasks.task.add" rest.code="WRITE_UNSETTLED"
    "#);
}
