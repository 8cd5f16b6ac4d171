//! Which tools would work: by the permissions of the webhook and by the portal's plan.

use b24_model::Scope;
use b24_rest::{Call, CallError, Deadline, Params, Portal, Reply, methods::task};
use b24_tools::Listing;
use serde_json::{Value, json};

use super::{
    Finding, cards,
    portal::{PATIENCE, cannot},
};
use crate::serve::house::House;

/// Looks at every listed tool. Asks the portal for one page of tasks, and for nothing else.
pub(super) async fn findings(house: &House, portal: &Portal, scopes: &Reply) -> Vec<Finding> {
    let held: Vec<Scope> = scopes.result.as_array().into_iter().flatten().filter_map(scope).collect();
    let has = |code: &str| held.iter().any(|scope| scope.satisfies(&Scope::from(code.to_owned())));
    let tasks = if has(Scope::TASK.code()) { Some(newest(portal).await) } else { None };
    let plan = tasks.as_ref().and_then(|reply| reply.as_ref().err()).filter(|error| is_plan(error));
    let mut findings: Vec<Finding> = house
        .listed()
        .iter()
        .map(|tool| match missing(tool, &has) {
            lacks if lacks.contains(&tool.scope) => lacking(tool),
            _ if plan.is_some() && tool.toolset != "user" => no_plan(tool),
            lacks if !lacks.is_empty() => partly(tool, &lacks),
            _ => Finding::ok("tool", format!("`{}` works", tool.name)),
        })
        .collect();
    match tasks {
        Some(Ok(reply)) => findings.push(cards::finding(portal, &reply, has(cards::IM.code())).await),
        Some(Err(error)) => findings.push(cannot(&error)),
        None => {}
    }
    findings
}

fn scope(value: &Value) -> Option<Scope> {
    value.as_str().map(|code| Scope::from(code.to_owned()))
}

fn missing<'a>(tool: &'a Listing, has: &impl Fn(&str) -> bool) -> Vec<&'a str> {
    tool.scopes.iter().copied().filter(|code| !has(code)).collect()
}

fn lacking(tool: &Listing) -> Finding {
    let scope = tool.scope;
    Finding::warn(
        "tool",
        format!("`{}` cannot work: the webhook lacks `{scope}`", tool.name),
        format!("edit the webhook in the portal (Developer resources) and tick `{scope}`"),
    )
}

/// Names, comments in chats and the like need more than the tool itself.
fn partly(tool: &Listing, lacks: &[&str]) -> Finding {
    Finding::ok("tool", format!("`{}` works, but for what needs `{}`", tool.name, lacks.join("`, `")))
}

fn no_plan(tool: &Listing) -> Finding {
    let what = format!("`{}` cannot work: the portal's plan does not include its methods", tool.name);
    Finding::warn("tool", what, "the portal's admin sees the plan under Subscription")
}

fn is_plan(error: &CallError) -> bool {
    matches!(error.code(), "PAYMENT_REQUIRED" | "ACCESS_DENIED")
}

async fn newest(portal: &Portal) -> Result<Reply, CallError> {
    let mut params = Params::new();
    params.insert("order".into(), json!({ "ID": "desc" }));
    params.insert("select".into(), json!(["ID", "CHAT_ID"]));
    portal.call(Call::new(&task::LIST, params), Deadline::after(PATIENCE)).await
}
