//! `cargo xtask leak`: whether a secret ever leaves the server. Everything that it prints, writes, sends and shows of
//! itself is kept, except what it says to the portal, and searched for secrets that were made for this run.
//!
//! Shares nothing with what it tests: neither the shapes nor the encodings that the server knows. Before it believes that
//! nothing was found, it plants leaks and looks whether they are.

mod arguments;
mod beside;
mod captured;
mod commands;
mod forms;
mod pages;
mod planted;
mod process;
mod serve;
mod stdio;
mod wire;
mod world;

use std::time::Instant;

use self::serve::Pass;
use self::world::World;
use crate::project::{Profile, Project};
use crate::say;

/// Everything, and the libraries' own lines too.
const ALL: &str = "trace,hyper=trace,hyper_util=trace,reqwest=trace,rustls=trace,rmcp=trace,h2=trace,tower=trace,axum=trace,tokio=trace,mio=trace,sqlx=trace";

/// What is run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// The leaks that are planted, then the search.
    All,
    /// Only the leaks that are planted.
    SelfCheck,
}

/// Searches, prints what it did, and returns how many checks held and how many did not.
pub(crate) fn run(project: &Project, part: Part) -> Result<(usize, usize), String> {
    let program = project.server(Profile::Probe)?;
    let root = program.parent().ok_or("the program is in no folder")?.join("run");
    let began = Instant::now();
    let (found, missed) = planted::run(&program, &root)?;
    say::line(&format!("leaks planted {}, found {found}", found + missed));
    if part == Part::SelfCheck {
        return Ok((found, missed));
    }
    let leaks = search(&program, &root, began)?;
    Ok((found + usize::from(leaks == 0), missed + usize::from(leaks > 0)))
}

fn search(program: &std::path::Path, root: &std::path::Path, began: Instant) -> Result<usize, String> {
    let world = World::new(program, root, "search")?;
    serve::run(&world, ALL, "text", Pass::Thorough)?;
    stdio::run(&world, ALL, "json")?;
    for level in ["error", "warn", "info", "debug", "trace"] {
        serve::run(&world, level, "text", Pass::Short)?;
    }
    serve::run(&world, "trace", "json", Pass::Short)?;
    // Secrets in the environment are for their owner to see: see docs/secrets.md. So /proc is not looked at here.
    commands::run(&world)?;
    world.captured.add_folder(&world.folder, &[])?;
    let sizes = world.captured.sizes();
    for (way, bytes) in &sizes {
        say::line(&format!("{way:<24} {bytes:>10} bytes"));
    }
    let leaks = world.captured.search(&world.finder, true);
    let bytes: usize = sizes.iter().map(|(_, bytes)| bytes).sum();
    let seconds = began.elapsed().as_secs();
    say::line(&format!("calls {}, bytes {bytes}, sentinels found {leaks}, {seconds} s", world.calls()));
    Ok(leaks)
}
