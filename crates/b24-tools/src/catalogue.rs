//! All tools, by name.

use std::{collections::BTreeMap, sync::Arc};

use b24_model::Effect;
use serde_json::{Map, Value};

use crate::{Form, Policy, View, contract, prepared::AnyTool, schema, tools};

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
    /// The scope that it cannot do without.
    pub scope: &'static str,
    /// The scopes that its methods need: without some of them it knows less.
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

/// A tool that was found by name.
pub(crate) struct Found<'a> {
    pub(crate) tool: &'a dyn AnyTool,
    /// The name that it goes by now.
    pub(crate) name: &'static str,
    /// An argument that the name itself gives.
    pub(crate) preset: Option<(&'static str, &'static str)>,
}

impl Catalogue {
    /// The tools of this server.
    pub fn standard() -> Self {
        Self { tools: Arc::new(tools::all().into_iter().map(|tool| (tool.spec().name, tool)).collect()) }
    }

    /// The tools that a view shows and the policy allows, in the order of their names.
    pub fn list(&self, view: &View, policy: &Policy) -> Vec<Listing> {
        if *view == View::Contract {
            return self.list_contract(policy);
        }
        let allowed = |tool: &dyn AnyTool| policy.judge(tool.spec(), tool.stands_for()).is_ok();
        let shown = self.tools.values().filter(|tool| view.shows(tool.spec()) && allowed(tool.as_ref()));
        shown.map(|tool| listing(tool.as_ref(), Form::of(view))).collect()
    }

    /// A tool as it would be listed, by any name that can be called.
    pub fn describe(&self, name: &str, form: Form) -> Result<Listing, UnknownTool> {
        self.find(name).map(|found| listing(found.tool, form))
    }

    /// The reference system's names and arguments, with what our tools say of themselves.
    fn list_contract(&self, policy: &Policy) -> Vec<Listing> {
        let mut list: Vec<Listing> = contract::entries()
            .filter_map(|entry| {
                let tool = self.tools.get(entry.tool)?;
                let judged = policy
                    .judge(tool.spec(), tool.stands_for())
                    .and_then(|()| policy.judge_part(tool.spec(), entry.name));
                judged.ok()?;
                let (title, description) =
                    entry.words.unwrap_or((tool.spec().title, tool.spec().description));
                let input_schema = Arc::new(entry.input_schema());
                Some(Listing {
                    name: entry.name,
                    title,
                    description,
                    input_schema,
                    ..listing(tool.as_ref(), Form::Objects)
                })
            })
            .collect();
        list.sort_by_key(|listing| listing.name);
        list
    }

    /// The name that a tool goes by now, and what it does to the portal.
    pub fn look_up(&self, name: &str) -> Result<(&'static str, Effect), UnknownTool> {
        self.find(name).map(|found| (found.name, found.tool.spec().effect))
    }

    /// Every name that can be called, those of before left out.
    pub fn names(&self) -> Vec<&'static str> {
        let parts = self.tools.values().flat_map(|tool| tool.stands_for());
        let mut names: Vec<&'static str> = self.tools.keys().chain(parts).copied().collect();
        names.sort_unstable();
        names
    }

    /// The names that a tool had before, with the name it has now.
    pub fn old_names() -> &'static [(&'static str, &'static str)] {
        &contract::OLD
    }

    pub(crate) fn find(&self, name: &str) -> Result<Found<'_>, UnknownTool> {
        let present = contract::present(name);
        if let Some((name, tool)) = self.tools.get_key_value(present) {
            return Ok(Found { tool: tool.as_ref(), name, preset: None });
        }
        let entry = contract::entries().find(|entry| entry.name == present);
        let found = entry.and_then(|entry| {
            let tool = self.tools.get(entry.tool)?.as_ref();
            Some(Found { tool, name: entry.name, preset: entry.preset })
        });
        found.ok_or_else(|| UnknownTool {
            name: name.chars().filter(|c| !c.is_control()).take(64).collect(),
            nearest: self.nearest(name),
        })
    }

    /// The nearest name, the prefix that all of them share left out: it would make everything near.
    fn nearest(&self, name: &str) -> Option<&'static str> {
        let bare =
            |name: &str| -> String { name.trim_start_matches("bitrix24_").trim_start_matches("b24_").into() };
        let names: Vec<(String, &'static str)> =
            self.names().into_iter().map(|name| (bare(name), name)).collect();
        let near = crate::input::nearest(&bare(name), names.iter().map(|(bare, _)| bare.as_str()))?;
        names.iter().find(|(bare, _)| bare == near).map(|(_, name)| *name)
    }
}

impl std::fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.tools.keys()).finish()
    }
}

fn listing(tool: &dyn AnyTool, form: Form) -> Listing {
    let spec = tool.spec();
    Listing {
        name: spec.name,
        title: spec.title,
        description: spec.description,
        toolset: spec.toolset.word(),
        effect: spec.effect,
        idempotent: spec.idempotent,
        // What writes without calling a method writes elsewhere.
        open_world: spec.effect != Effect::Read && spec.methods.is_empty(),
        methods: spec.methods.iter().map(|facts| facts.name).collect(),
        scope: spec.scope.code(),
        scopes: spec.scopes().into_iter().map(b24_model::Scope::code).collect(),
        input_schema: Arc::new(tool.input_schema()),
        output_schema: Arc::new(match (form, tool.rows()) {
            (Form::Table, Some(rows)) => schema::as_table(tool.output_schema(), rows.member),
            _ => tool.output_schema(),
        }),
    }
}
