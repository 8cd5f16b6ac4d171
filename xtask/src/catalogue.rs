//! The catalogue as the built server tells it: `b24-mcp tools --json`. Nothing is known of a tool but what stands there.

use std::path::Path;
use std::process::Command;

use serde_json::{Map, Value};

use crate::step;

/// What a client is sent for each tool of `tools/list`, less the schema of its answers: models are not shown that.
const LISTED: [&str; 5] = ["name", "title", "description", "inputSchema", "annotations"];

/// The views that have ceilings.
pub(crate) const VIEWS: [&str; 3] = ["core", "full", "contract"];

/// One tool.
pub(crate) struct Tool(Value);

impl Tool {
    /// Its name.
    pub(crate) fn name(&self) -> &str {
        self.text("name")
    }

    /// A member that is text; empty when there is none.
    pub(crate) fn text(&self, member: &str) -> &str {
        self.0[member].as_str().unwrap_or_default()
    }

    /// A member that is a list of texts; empty when there is none.
    pub(crate) fn words(&self, member: &str) -> Vec<&str> {
        self.0[member].as_array().into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The schema of its arguments.
    pub(crate) fn input(&self) -> &Value {
        &self.0["inputSchema"]
    }

    /// What a model is shown of it, as compact JSON.
    pub(crate) fn listed(&self) -> Result<String, String> {
        let mut listed = Map::new();
        for member in LISTED {
            let value = self.0.get(member).ok_or_else(|| format!("{} has no `{member}`", self.name()))?;
            listed.insert(member.to_owned(), value.clone());
        }
        Ok(Value::Object(listed).to_string())
    }
}

/// What a view lists, in the server's order.
pub(crate) fn list(program: &Path, view: &str) -> Result<Vec<Tool>, String> {
    match told(program, &["tools", "--json", "--view", view])? {
        Value::Array(tools) => Ok(tools.into_iter().map(Tool).collect()),
        _ => Err("`b24-mcp tools --json` is no list".to_owned()),
    }
}

/// What people ask for and no documented method does: `asked`, `why`, `nearest`.
pub(crate) fn undocumented(program: &Path) -> Result<Vec<Value>, String> {
    match told(program, &["tools", "--undocumented"])? {
        Value::Array(wishes) => Ok(wishes),
        _ => Err("`b24-mcp tools --undocumented` is no list".to_owned()),
    }
}

fn told(program: &Path, args: &[&str]) -> Result<Value, String> {
    let text = step::output(alone(program).args(args))?;
    serde_json::from_str(&text).map_err(|e| format!("`b24-mcp {}` is no JSON: {e}", args.join(" ")))
}

/// The server, told nothing by this machine: neither by its environment nor by a configuration file.
pub(crate) fn alone(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.env_clear();
    if let Some(folder) = program.parent() {
        command.current_dir(folder);
    }
    command
}
