//! The first gate: may this tool be called here at all? Costs no wire call.

use std::sync::Arc;

use serde_json::{Map, Value};

use crate::{
    Code, Gate, Reader, Refusal, Spec, Visit,
    permit::{Permit, Session},
    policy::{Confirm, Forbidden},
    prepared::{AnyTool, Asked, Planned},
};

/// A tool that may be called by this visitor.
pub(crate) struct Admitted<'a> {
    tool: &'a dyn AnyTool,
    visit: &'a Visit<'a>,
}

/// A question that may be looked into.
pub(crate) struct Question<'a> {
    asked: Box<dyn Asked>,
    tool: &'a dyn AnyTool,
    name: &'static str,
    visit: &'a Visit<'a>,
}

/// A plan that waits for agreement.
pub(crate) struct Proposal<'a> {
    pub(super) planned: Box<dyn Planned>,
    pub(super) tool: &'a dyn AnyTool,
    /// The tool, or the part of it that is called.
    pub(super) name: &'static str,
    pub(super) visit: &'a Visit<'a>,
    pub(super) session: Arc<Session>,
}

/// Lets a tool in, or names the rule that keeps it out.
pub(crate) fn admit<'a>(tool: &'a dyn AnyTool, visit: &'a Visit<'a>) -> Result<Admitted<'a>, Refusal> {
    let spec = tool.spec();
    visit.policy.judge(spec, tool.stands_for()).map_err(|rule| forbidden(spec.name, rule))?;
    if let Some(held) = &visit.tenant.scopes
        && !held.iter().any(|scope| scope.satisfies(&spec.scope))
    {
        let (name, scope) = (spec.name, &spec.scope);
        return Err(Refusal::new(
            Code::SCOPE_MISSING,
            format!("the portal's credential has no `{scope}` scope, which `{name}` needs"),
        )
        .hint(format!("ask the admin to tick `{scope}` in the webhook's permissions")));
    }
    visit.course.check(spec.effect)?;
    Ok(Admitted { tool, visit })
}

impl<'a> Admitted<'a> {
    /// The right to read what no answer holds. Only a tool that reads gives it.
    pub(crate) async fn read(self) -> Result<Reader, Refusal> {
        if self.tool.spec().effect != b24_model::Effect::Read {
            return Err(Refusal::internal(&"a tool that writes was asked for its contents"));
        }
        session(self.tool.spec(), self.visit).await.map(Permit::over)
    }

    /// Reads the arguments. A deletion that nobody agreed to stops here, before the portal is asked.
    pub(crate) fn ask(self, arguments: Map<String, Value>) -> Result<Question<'a>, Refusal> {
        let Self { tool, visit } = self;
        let spec = tool.spec();
        let asked = tool.ask(arguments)?;
        let name = asked.called_as().unwrap_or(spec.name);
        visit.policy.judge_part(spec, name).map_err(|rule| forbidden(name, rule))?;
        if spec.gate == Gate::Delete {
            if visit.policy.confirm == Confirm::Strict {
                return Err(Refusal::new(
                    Code::DELETE_NEEDS_HUMAN,
                    format!(
                        "`{}` is only run after a person agreed, and this client cannot ask one",
                        spec.name
                    ),
                )
                .hint("ask the person to do it in the portal, or use a client that supports elicitation"));
            }
            if !asked.agrees_to_delete() {
                return Err(Refusal::new(
                    Code::DELETE_NEEDS_CONFIRM,
                    format!("`{}` deletes for good and was not confirmed; nothing was done", spec.name),
                )
                .hint("tell the person what would be deleted; when they agree, call again with `confirmDelete: true`"));
            }
        }
        Ok(Question { asked, tool, name, visit })
    }
}

impl<'a> Question<'a> {
    /// Asks the tool what would happen. It may read, it cannot write.
    pub(crate) async fn plan(self) -> Result<Proposal<'a>, Refusal> {
        let Self { asked, tool, name, visit } = self;
        let session = session(tool.spec(), visit).await?;
        let reader: Reader = Permit::over(Arc::clone(&session));
        let planned = asked.plan(&reader).await?;
        Ok(Proposal { planned, tool, name, visit, session })
    }
}

async fn session(spec: &Spec, visit: &Visit<'_>) -> Result<Arc<Session>, Refusal> {
    // A tool without methods has no business with the portal, not even to learn the zone.
    let now = if spec.methods.is_empty() { visit.universal_now() } else { visit.local_now().await? };
    Ok(Session::open(visit, now))
}

fn forbidden(name: &str, rule: Forbidden) -> Refusal {
    match rule {
        Forbidden::ReadOnly => Refusal::new(
            Code::READ_ONLY,
            format!("`{name}` changes the portal, and this server is read-only"),
        )
        .hint("nothing can be changed here; tell the person, or ask the admin to lift `read_only`"),
        Forbidden::Tool => {
            Refusal::new(Code::TOOL_DISABLED, format!("`{name}` is switched off on this server"))
                .hint("use the tools that `tools/list` shows")
        }
        Forbidden::Toolset => Refusal::new(
            Code::TOOL_DISABLED,
            format!("`{name}` belongs to a toolset that is switched off here"),
        )
        .hint("use the tools that `tools/list` shows"),
    }
}
