//! All tools, by name.

use std::{collections::BTreeMap, sync::Arc};

use b24_model::Effect;
use serde_json::{Map, Value};

use crate::{Policy, View, prepared::AnyTool, tools};

/// All tools, in the order of their names.
#[derive(Clone)]
pub struct Catalogue {
    tools: Arc<BTreeMap<&'static str, Arc<dyn AnyTool>>>,
}

/// A tool, as it is listed.
#[derive(Clone, Debug)]
pub struct Listing {
    /// Its name.
    pub name: &'static str,
    /// Its title, for people.
    pub title: &'static str,
    /// What it does.
    pub description: &'static str,
    /// The group it belongs to.
    pub toolset: &'static str,
    /// What it does to the portal.
    pub effect: Effect,
    /// Whether doing it twice is the same as doing it once.
    pub idempotent: bool,
    /// Whether it reaches beyond the portal.
    pub open_world: bool,
    /// The REST methods it may call.
    pub methods: Vec<&'static str>,
    /// The scopes that these need.
    pub scopes: Vec<&'static str>,
    /// The schema of its arguments.
    pub input_schema: Arc<Map<String, Value>>,
    /// The schema of its answer.
    pub output_schema: Arc<Map<String, Value>>,
}

/// A name that no tool has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no tool `{name}`{}", nearest.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default())]
pub struct UnknownTool {
    /// The name that was asked for, cut to a printable length.
    pub name: String,
    /// The nearest name there is.
    pub nearest: Option<&'static str>,
}

impl Catalogue {
    /// The tools of this server.
    pub fn standard() -> Self {
        Self { tools: Arc::new(tools::all().into_iter().map(|tool| (tool.spec().name, tool)).collect()) }
    }

    /// The tools that a view shows and the policy allows, in the order of their names.
    pub fn list(&self, view: &View, policy: &Policy) -> Vec<Listing> {
        let shown =
            self.tools.values().filter(|tool| view.shows(tool.spec()) && policy.judge(tool.spec()).is_ok());
        shown.map(|tool| listing(tool.as_ref())).collect()
    }

    /// The tool's canonical name and what it does to the portal.
    pub fn look_up(&self, name: &str) -> Result<(&'static str, Effect), UnknownTool> {
        self.find(name).map(|tool| (tool.spec().name, tool.spec().effect))
    }

    pub(crate) fn find(&self, name: &str) -> Result<&dyn AnyTool, UnknownTool> {
        self.tools.get(name).map(AsRef::as_ref).ok_or_else(|| UnknownTool {
            name: name.chars().filter(|c| !c.is_control()).take(64).collect(),
            nearest: self.nearest(name),
        })
    }
}

impl Catalogue {
    /// The nearest name, the prefix that all of them share left out: it would make everything near.
    fn nearest(&self, name: &str) -> Option<&'static str> {
        let bare =
            |name: &str| -> String { name.trim_start_matches("bitrix24_").trim_start_matches("b24_").into() };
        let names: Vec<(String, &'static str)> = self.tools.keys().map(|name| (bare(name), *name)).collect();
        let near = crate::input::nearest(&bare(name), names.iter().map(|(bare, _)| bare.as_str()))?;
        names.iter().find(|(bare, _)| bare == near).map(|(_, name)| *name)
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.tools.keys()).finish()
    }
}

fn listing(tool: &dyn AnyTool) -> Listing {
    let spec = tool.spec();
    Listing {
        name: spec.name,
        title: spec.title,
        description: spec.description,
        toolset: spec.toolset.word(),
        effect: spec.effect,
        idempotent: spec.idempotent,
        open_world: false,
        methods: spec.methods.iter().map(|facts| facts.name).collect(),
        scopes: spec.scopes().into_iter().map(b24_model::Scope::code).collect(),
        input_schema: Arc::new(tool.input_schema()),
        output_schema: Arc::new(tool.output_schema()),
    }
}
