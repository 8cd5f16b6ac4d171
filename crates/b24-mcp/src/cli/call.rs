//! `call`: one tool call, along the very path that a client's call takes.

use std::{io::Read, sync::Arc};

use clap::Args;
use serde_json::{Map, Value};
use tokio_util::sync::CancellationToken;

use super::{
    exit::Exit,
    flags::Shared,
    observe::remark,
    opening::{self, Sandbox},
    say,
};
use b24_tools::Untold;

use crate::{
    config::Environment,
    door::visitor::Visitor,
    serve::{
        envelope::{self, Malformed},
        house::Incoming,
        reach::Asked,
        request_id,
    },
};

/// The arguments of `call`.
#[derive(Args)]
pub(crate) struct Call {
    /// The tool, such as b24_task_list
    tool: String,
    /// Its arguments, a JSON object; `-` reads them from stdin
    #[arg(value_name = "JSON")]
    arguments: Option<String>,
    #[command(flatten)]
    sandbox: Sandbox,
    #[command(flatten)]
    shared: Shared,
}

impl Call {
    /// Makes the call, and prints its answer.
    pub(crate) async fn run(self, environment: &Environment) -> Exit {
        self.try_run(environment).await.unwrap_or_else(|exit| exit)
    }

    async fn try_run(self, environment: &Environment) -> Result<Exit, Exit> {
        let arguments = arguments(self.arguments.as_deref())?;
        let mut settings = self.shared.settle(environment, |_| {})?;
        // A person who calls one tool wants its answer, not a log; B24_LOG brings it back.
        settings.log.get_or_insert_with(|| "warn".into());
        remark(&settings, environment, None);
        let opened = opening::open(&mut settings, &self.sandbox).await?;
        let visitor = Visitor::local();
        let call = Incoming {
            reach: opened.house.reach(&visitor, &Asked::default()),
            visitor,
            course: opened.house.course(Arc::new(Untold)),
            request_id: request_id::fresh(),
            name: self.tool,
            arguments,
            trace: None,
            receipt: None,
            gone: CancellationToken::new(),
        };
        let answered = opened.house.call(call).await;
        if let Some(portal) = opened.portal {
            portal.stop().await;
        }
        match answered {
            Ok(answer) if answer.is_error => {
                refused(&answer.text);
                Ok(Exit::Failed)
            }
            Ok(answer) => {
                say::data(&answer.text);
                Ok(Exit::Done)
            }
            Err(unknown) => {
                say::error(&unknown, Some("`b24-mcp tools` lists them"));
                Ok(Exit::Usage)
            }
        }
    }
}

/// The refusal is the answer of the call, so its JSON is data; its sentence is talk.
fn refused(text: &str) {
    say::data(text);
    let Ok(refusal) = serde_json::from_str::<Value>(text) else {
        return;
    };
    let word = |name: &str| refusal[name].as_str().unwrap_or_default();
    say::talk(&format!("error: {}: {}", word("code"), word("message")));
    if let Some(hint) = refusal["hint"].as_str() {
        say::talk(&format!("\nhint: {hint}"));
    }
}

fn arguments(text: Option<&str>) -> Result<Map<String, Value>, Exit> {
    let text = match text {
        None => return Ok(Map::new()),
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(|error| {
                say::error(&error, None);
                Exit::Failed
            })?;
            text
        }
        Some(text) => text.to_owned(),
    };
    let json = envelope::without_mark(text.as_bytes());
    match envelope::look(json) {
        // What is no JSON at all is told below, together with what is no object.
        Ok(()) | Err(Malformed::NotJson(_)) => {}
        Err(malformed) => {
            say::error(&malformed, Some("a client would be refused for the same"));
            return Err(Exit::Usage);
        }
    }
    serde_json::from_slice(json).map_err(|error| {
        say::talk(&format!("error: the arguments are not a JSON object: {error}"));
        say::talk(
            "\nhint: quote them for the shell, as in '{\"taskId\": 7}', or pass them on stdin with `-`",
        );
        Exit::Usage
    })
}
