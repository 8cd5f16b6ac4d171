//! `cargo xtask tools-page`: writes `docs/tools.md` from the catalogue; `--check` says whether it is what it would write.
//!
//! It takes everything from the built server and adds nothing but order.

mod arguments;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::catalogue::{self, Tool};
use crate::project::{Profile, Project};
use crate::say;

const FILE: &str = "docs/tools.md";

/// Writes the page.
pub(crate) fn write(project: &Project) -> Result<bool, String> {
    let page = page(&project.server(Profile::Debug)?)?;
    fs::write(project.root.join(FILE), page).map_err(|e| format!("cannot write {FILE}: {e}"))?;
    say::line(&format!("{FILE} is written"));
    Ok(true)
}

/// Compares the page with what would be written. Returns how many pages are as they should be and how many are not.
pub(crate) fn check(project: &Project) -> Result<(usize, usize), String> {
    let page = page(&project.server(Profile::Debug)?)?;
    let kept = fs::read_to_string(project.root.join(FILE)).unwrap_or_default();
    if kept == page {
        return Ok((1, 0));
    }
    let differ = |(kept, page): &(&str, &str)| kept != page;
    let line = kept.lines().zip(page.lines()).position(|pair| differ(&pair));
    let line = line.unwrap_or_else(|| kept.lines().count().min(page.lines().count())) + 1;
    say::line(&format!(
        "error: {FILE} is stale from line {line} on; `cargo xtask tools-page` writes it anew"
    ));
    Ok((0, 1))
}

fn page(program: &Path) -> Result<String, String> {
    let tools = catalogue::list(program, "full")?;
    let names = |view| -> Result<BTreeSet<String>, String> {
        Ok(catalogue::list(program, view)?.iter().map(|tool| tool.name().to_owned()).collect())
    };
    let (core, contract) = (names("core")?, names("contract")?);
    let mut page = head(&tools, &core, &contract);
    let mut toolsets: Vec<&str> = tools.iter().map(|tool| tool.text("toolset")).collect();
    toolsets.sort_unstable();
    toolsets.dedup();
    for toolset in toolsets {
        let _ = writeln!(page, "## Toolset `{toolset}`\n");
        for tool in tools.iter().filter(|tool| tool.text("toolset") == toolset) {
            page.push_str(&section(tool, &core, &contract));
        }
    }
    page.push_str(&lacking(&catalogue::undocumented(program)?));
    Ok(format!("{}\n", page.trim_end()))
}

fn head(tools: &[Tool], core: &BTreeSet<String>, contract: &BTreeSet<String>) -> String {
    let mut text = format!(
        "# Tools\n\n<!-- Written by `cargo xtask tools-page` from the catalogue. Change the tools, not this page. -->\n\n\
         {} tools. The view decides which of them `tools/list` shows: `core` {}, `full` all, `contract` the {} names of the \
         reference\nsystem, or the toolsets that are named. What the policy allows can be called in every view, by any of \
         its names.\n\n| tool | does | effect | views |\n|---|---|---|---|\n",
        tools.len(),
        core.len(),
        contract.len()
    );
    for tool in tools {
        let (name, title, effect) = (tool.name(), tool.text("title"), tool.text("effect"));
        let views = views(tool, core, contract);
        let _ = writeln!(text, "| [`{name}`](#{name}) | {} | {effect} | {views} |", cell(title));
    }
    text.push('\n');
    text
}

fn section(tool: &Tool, core: &BTreeSet<String>, contract: &BTreeSet<String>) -> String {
    let mut text =
        format!("### `{}`\n\n{}. {}\n\n", tool.name(), tool.text("title"), tool.text("description"));
    let mut fact = |name: &str, told: String| {
        if !told.is_empty() {
            let _ = writeln!(text, "- {name}: {told}");
        }
    };
    fact("effect", tool.text("effect").to_owned());
    fact("gates", quoted(arguments::gates(tool.input())));
    fact("views", views(tool, core, contract));
    fact("also called", quoted(tool.words("alsoCalled")));
    fact("REST methods", quoted(tool.words("methods")));
    fact("scopes", quoted(tool.words("scopes")));
    let table = arguments::table(tool.input());
    let _ = write!(text, "\n{table}");
    text
}

fn views(tool: &Tool, core: &BTreeSet<String>, contract: &BTreeSet<String>) -> String {
    let mut views = vec!["full"];
    if core.contains(tool.name()) {
        views.insert(0, "core");
    }
    // A tool that stands for several of the contract's is listed there under those names.
    if contract.contains(tool.name()) || tool.words("alsoCalled").iter().any(|name| contract.contains(*name))
    {
        views.push("contract");
    }
    views.join(", ")
}

/// What people ask for and no documented method does.
fn lacking(wishes: &[Value]) -> String {
    let mut text = String::from(
        "## What Bitrix24 has no documented method for\n\n| asked for | why not | the nearest |\n|---|---|---|\n",
    );
    for wish in wishes {
        let of = |member: &str| cell(wish[member].as_str().unwrap_or_default());
        let _ = writeln!(text, "| {} | {} | {} |", of("asked"), of("why"), of("nearest"));
    }
    if wishes.is_empty() { String::new() } else { text }
}

fn quoted(words: Vec<&str>) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Text that stays in its cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
