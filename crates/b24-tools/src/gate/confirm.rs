//! The second gate: what planning found, and what was agreed to.
//!
//! A deletion was already agreed to at the first gate. Here it is about what only the portal can tell:
//! members that a replaced set would lose, and how many records a call would change.

use std::sync::Arc;

use b24_model::Effect;
use serde_json::Value;

use crate::{
    Code, Refusal, Spec, Visit,
    gate::admit::Proposal,
    permit::Session,
    plan::{Loss, Summary, Target},
    prepared::Planned,
};

/// A call that changes more records than this asks first.
const MANY: usize = 10;
/// How many of many targets are named in the question.
const SAMPLES: usize = 5;

/// A plan that was agreed to. Only [`confirm`] makes one.
pub(crate) struct Confirmed<'a> {
    pub(super) spec: &'static Spec,
    pub(super) name: &'static str,
    pub(super) visit: &'a Visit<'a>,
    pub(super) session: Arc<Session>,
    pub(super) summary: Summary,
}

/// Agreement reached: the plan, ready to be recorded and run.
pub(crate) struct Agreed<'a> {
    planned: Box<dyn Planned>,
    confirmed: Confirmed<'a>,
}

/// What came of a call.
pub(crate) struct Ran {
    pub(crate) answer: Result<Value, Refusal>,
    /// The number of REST calls, a command of a batch counting as one.
    pub(crate) calls: u32,
    /// The zone of the person who asked.
    pub(crate) zone: jiff::tz::TimeZone,
}

/// Compares what would happen with what was agreed to.
pub(crate) fn confirm(proposal: Proposal<'_>) -> Result<Agreed<'_>, Refusal> {
    let Proposal { planned, tool, name, visit, session } = proposal;
    let (spec, summary) = (tool.spec(), planned.summary());
    if let Some(cascade) = summary.cascade.as_ref().filter(|_| !planned.agrees_to_cascade()) {
        return Err(cascades(name, cascade));
    }
    if let Some(orphans) = summary.orphans.as_ref().filter(|_| !planned.agrees_to_cascade()) {
        return Err(leaves(name, orphans));
    }
    if !planned.agrees_to_change() {
        let contract = visit.policy.contract_gates;
        let losses: Vec<&Loss> = summary.losses.iter().filter(|loss| loss.whole || !contract).collect();
        if !losses.is_empty() {
            return Err(loses(name, &losses));
        }
        if spec.effect == Effect::Write && summary.targets.len() > MANY && !contract {
            return Err(changes_many(name, &summary.targets));
        }
    }
    // Planning may have taken a while. What is stopped by now need not be recorded as about to be done.
    visit.course.check(spec.effect)?;
    Ok(Agreed { planned, confirmed: Confirmed { spec, name, visit, session, summary } })
}

impl Agreed<'_> {
    /// Records and runs.
    pub(crate) async fn run(self) -> Ran {
        let session = Arc::clone(&self.confirmed.session);
        let answer = self.planned.run(self.confirmed).await;
        Ran { answer, calls: session.calls(), zone: session.now().time_zone().clone() }
    }
}

fn cascades(name: &str, cascade: &str) -> Refusal {
    Refusal::new(
        Code::HEADING_DELETE_NEEDS_CONFIRM,
        format!("`{}` would also delete {cascade}; nothing was deleted", name),
    )
    .hint("tell the person what goes with it; when they agree, call again with `confirmDeleteHeading: true` as well")
}

fn leaves(name: &str, orphans: &str) -> Refusal {
    Refusal::new(
        Code::CASCADE_NEEDS_CONFIRM,
        format!("`{name}` would leave {orphans}; nothing was deleted"),
    )
    .hint("to delete them too, name them in the same call; when the person agrees to leave them, add `confirmSubtasks: true`")
}

fn loses(name: &str, losses: &[&Loss]) -> Refusal {
    let what = losses.iter().map(|loss| loss.what.as_str()).collect::<Vec<_>>().join("; ");
    Refusal::new(
        Code::CHANGE_NEEDS_CONFIRM,
        format!("`{}` would remove {what}; nothing was changed", name),
    )
    .hint("send the whole set to keep everyone, or, when the person agrees to the loss, call again with `confirmChange: true`")
}

fn changes_many(name: &str, targets: &[Target]) -> Refusal {
    let samples: Vec<String> = targets
        .iter()
        .take(SAMPLES)
        .map(|target| match &target.name {
            Some(name) => format!("{} {} \"{name}\"", target.kind, target.id),
            None => format!("{} {}", target.kind, target.id),
        })
        .collect();
    Refusal::new(
        Code::CHANGE_NEEDS_CONFIRM,
        format!(
            "`{}` would change {} records, among them {}; nothing was changed",
            name,
            targets.len(),
            samples.join(", ")
        ),
    )
    .hint(
        "tell the person how many records are meant; when they agree, call again with `confirmChange: true`",
    )
}
