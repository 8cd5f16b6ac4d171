//! Who depends on whom, read from `cargo metadata --format-version 1`.
//!
//! The members' own edges are read as declared, so that an optional or platform-bound dependency
//! counts too; the edges of foreign crates are read as resolved, without their dev-dependencies.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;

/// A crate as declared by another: for all builds, or only for its tests and benches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Use {
    Always,
    InTests,
}

/// The crates of a workspace and of its lock file, by name.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    members: BTreeSet<String>,
    edges: BTreeMap<String, BTreeSet<(String, Use)>>,
}

impl Graph {
    /// Reads the answer of `cargo metadata`.
    pub(crate) fn read(metadata: &Value) -> Result<Self, String> {
        let mut graph = Self::default();
        let mut names = BTreeMap::new();
        for package in list(&metadata["packages"])? {
            names.insert(text(&package["id"])?, text(&package["name"])?);
        }
        for member in list(&metadata["workspace_members"])? {
            let name = names.get(text(member)?).ok_or("a member without a package")?;
            graph.members.insert((*name).to_owned());
        }
        for package in list(&metadata["packages"])? {
            let name = text(&package["name"])?;
            if graph.members.contains(name) {
                for dependency in list(&package["dependencies"])? {
                    let kind = if dependency["kind"] == "dev" { Use::InTests } else { Use::Always };
                    graph.add(name, text(&dependency["name"])?, kind);
                }
            }
        }
        for node in list(&metadata["resolve"]["nodes"])? {
            let name = names.get(text(&node["id"])?).ok_or("a node without a package")?;
            if graph.members.contains(*name) {
                continue;
            }
            for dependency in list(&node["deps"])? {
                let to = names.get(text(&dependency["pkg"])?).ok_or("an edge without a package")?;
                if list(&dependency["dep_kinds"])?.iter().any(|kind| kind["kind"] != "dev") {
                    graph.add(name, to, Use::Always);
                }
            }
        }
        Ok(graph)
    }

    fn add(&mut self, from: &str, to: &str, kind: Use) {
        self.edges.entry(from.to_owned()).or_default().insert((to.to_owned(), kind));
    }

    /// The crates of the workspace.
    pub(crate) fn members(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(String::as_str)
    }

    /// What a crate names in its own manifest.
    pub(crate) fn named<'a>(&'a self, from: &str) -> impl Iterator<Item = (&'a str, Use)> {
        self.edges.get(from).into_iter().flatten().map(|(to, kind)| (to.as_str(), *kind))
    }

    /// The shortest way from a crate to another through what is always used, both ends included.
    pub(crate) fn way(&self, from: &str, to: &str) -> Option<Vec<String>> {
        let mut queue = VecDeque::from([vec![from.to_owned()]]);
        let mut seen = BTreeSet::from([from.to_owned()]);
        while let Some(way) = queue.pop_front() {
            let end = way.last()?;
            if end == to {
                return Some(way);
            }
            for (next, kind) in self.named(end) {
                if kind == Use::Always && seen.insert(next.to_owned()) {
                    queue.push_back(way.iter().cloned().chain([next.to_owned()]).collect());
                }
            }
        }
        None
    }
}

fn list(value: &Value) -> Result<&Vec<Value>, String> {
    value.as_array().ok_or_else(|| format!("cargo metadata: a list is expected, not {value}"))
}

fn text(value: &Value) -> Result<&str, String> {
    value.as_str().ok_or_else(|| format!("cargo metadata: a text is expected, not {value}"))
}
