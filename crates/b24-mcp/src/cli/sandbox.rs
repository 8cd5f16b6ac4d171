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
        // The webhook of an invented portal is what the person came for.
        say::data(&portal.expose_webhook_url());
        say::talk("a portal in a box; the line above is its webhook. It forgets everything when it ends");
        say::talk("hint: B24_WEBHOOK_URL=<that line> b24-mcp doctor");
        shutdown::asked().await;
        portal.stop().await;
        Exit::Done
    }
}
