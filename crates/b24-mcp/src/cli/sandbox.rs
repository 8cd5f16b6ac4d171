//! `sandbox`: a Bitrix24 portal in a box, alone.

use std::net::SocketAddr;

use clap::Args;

use super::{
    exit::Exit,
    opening::{self, World},
    say,
};
use crate::serve::shutdown;

/// The arguments of `sandbox`.
#[derive(Args)]
pub(crate) struct Sandbox {
    /// Where to listen: a loopback address
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8024")]
    listen: SocketAddr,
    /// Show the token of the admin routes on stderr; with it faults are planned while the portal runs
    #[arg(long)]
    show_admin_token: bool,
    #[command(flatten)]
    world: World,
}

impl Sandbox {
    /// Runs the portal until the process is told to stop.
    pub(crate) async fn run(self) -> Exit {
        let settings = b24_sim::Settings { listen: self.listen, ..self.world.settings() };
        let portal = match opening::start(settings).await {
            Ok(portal) => portal,
            Err(exit) => return exit,
        };
        // Listened for before anything is said: who reads the webhook may stop the portal at once.
        let asked = tokio::spawn(shutdown::asked());
        tokio::task::yield_now().await;
        // The webhook of an invented portal is what the person came for.
        say::reveal(&portal.expose_webhook_url());
        let memory = self.world.memory();
        say::talk(&format!("a portal in a box; the line above is its webhook. {memory}"));
        if let Some(url) = portal.tls_url() {
            say::talk(&format!("by TLS it is {url}; trust the certificate of --cert-out"));
        }
        if self.show_admin_token {
            say::reveal_aside(&format!("admin token: {}", portal.expose_admin_token()));
        }
        say::talk("hint: B24_WEBHOOK_URL=<that line> b24-mcp doctor");
        let _ = asked.await;
        portal.stop().await;
        Exit::Done
    }
}
