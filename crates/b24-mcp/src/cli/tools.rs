//! `tools`: what a client would be shown.

use clap::Args;
use serde_json::json;

use super::{exit::Exit, flags::Shared, say};
use b24_tools::{Catalogue, Form, Listing, NOT_DOCUMENTED, NotDocumented};

use crate::{config::Environment, serve::handler};

/// The arguments of `tools`.
#[derive(Args)]
pub(crate) struct Tools {
    /// As JSON, with schemas, methods and scopes
    #[arg(long)]
    json: bool,
    /// As JSON, what people ask for and no documented method does (for docs/tools.md)
    #[arg(long, hide = true, conflicts_with = "json")]
    undocumented: bool,
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
        if self.undocumented {
            say::data(&format!("{:#}", undocumented()));
            return Exit::Done;
        }
        let catalogue = Catalogue::standard();
        let listings = catalogue.list(&settings.view, &settings.policy);
        if self.json {
            let rows: Vec<_> = listings.iter().map(|listing| row(&catalogue, listing)).collect();
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
fn row(catalogue: &Catalogue, listing: &Listing) -> serde_json::Value {
    let mut row = json!(handler::tool(listing.clone()));
    row["toolset"] = listing.toolset.into();
    row["effect"] = listing.effect.word().into();
    row["methods"] = json!(listing.methods);
    row["scopes"] = json!(listing.scopes);
    row["alsoCalled"] = json!(also_called(catalogue, listing.name));
    row
}

/// The other names that lead to a tool: those of its parts, and those that any of them had before.
fn also_called(catalogue: &Catalogue, name: &str) -> Vec<&'static str> {
    let leads =
        |other: &str| catalogue.describe(other, Form::default()).is_ok_and(|found| found.name == name);
    let mut others: Vec<&str> =
        catalogue.names().into_iter().filter(|other| *other != name && leads(other)).collect();
    let before = Catalogue::old_names().iter();
    others.extend(before.filter(|(now, _)| *now == name || leads(now)).map(|(_, old)| *old));
    others
}

/// What people ask for and no documented method does.
fn undocumented() -> serde_json::Value {
    let wish =
        |lack: &NotDocumented| json!({ "asked": lack.asked, "why": lack.why, "nearest": lack.nearest });
    NOT_DOCUMENTED.iter().map(wish).collect()
}
