//! `stdio`: MCP over stdin and stdout.

use clap::Args;

use super::{
    exit::Exit,
    flags::Shared,
    observe::Watch,
    opening::{self, Sandbox},
    say,
};
use crate::{config::Environment, serve};

/// The arguments of `stdio`.
#[derive(Args)]
pub(crate) struct Stdio {
    #[command(flatten)]
    sandbox: Sandbox,
    #[command(flatten)]
    shared: Shared,
}

impl Stdio {
    /// Serves until stdin ends.
    pub(crate) async fn run(self, environment: &Environment) -> Exit {
        match self.try_run(environment).await {
            Ok(()) => Exit::Done,
            Err(exit) => exit,
        }
    }

    async fn try_run(self, environment: &Environment) -> Result<(), Exit> {
        let mut settings = self.shared.settle(environment, |_| {})?;
        let mut watch = Watch::begin(&settings, environment, false)?;
        opening::make_data_folder(&settings)?;
        let opened = opening::open(&mut settings, &self.sandbox).await?;
        if opened.house.tenants.portal().is_none() {
            say::warning(
                "no portal is configured, so every tool refuses",
                Some(
                    "set B24_WEBHOOK_URL to the address of an inbound webhook, or try `b24-mcp stdio --sandbox`",
                ),
            );
        }
        watch.over(&opened.house);
        let served = serve::stdio::serve(opened.house).await;
        watch.end().await;
        if let Some(portal) = opened.portal {
            portal.stop().await;
        }
        served.map_err(|error| {
            say::talk(&format!("error: {error}"));
            Exit::Failed
        })
    }
}
