//! `tools`: what a client would be shown.

use clap::Args;
use serde_json::json;

use super::{exit::Exit, flags::Shared, say};
use b24_tools::{Catalogue, Listing};

use crate::{config::Environment, serve::handler};

/// The arguments of `tools`.
#[derive(Args)]
pub(crate) struct Tools {
    /// As JSON, with schemas, methods and scopes
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    shared: Shared,
}

impl Tools {
    /// Lists the tools.
    pub(crate) fn run(self, environment: &Environment) -> Exit {
        let settings = match self.shared.settle(environment, |_| {}) {
            Ok(settings) => settings,
            Err(exit) => return exit,
        };
        let listings = Catalogue::standard().list(&settings.view, &settings.policy);
        if self.json {
            let rows: Vec<_> = listings.iter().map(row).collect();
            say::data(&format!("{:#}", json!(rows)));
        } else {
            for listing in &listings {
                say::data(&format!("{:<24} {:<8} {}", listing.name, listing.effect.word(), listing.title));
            }
            say::talk(&format!("{} tools in the view `{}`", listings.len(), settings.view));
        }
        Exit::Done
    }
}

/// A tool as `tools/list` tells it, and then what a client is not told.
fn row(listing: &Listing) -> serde_json::Value {
    let mut row = json!(handler::tool(listing.clone()));
    row["toolset"] = listing.toolset.into();
    row["effect"] = listing.effect.word().into();
    row["methods"] = json!(listing.methods);
    row["scopes"] = json!(listing.scopes);
    row
}
