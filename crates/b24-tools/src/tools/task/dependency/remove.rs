//! `b24_task_dependency_remove`: a task no longer waits for others.

use b24_model::{Effect, Scope, TaskId, effect::Destroy};
use b24_rest::{
    CallError,
    methods::{dependence, task},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Ends, ILLEGAL, Linked, Row, Tried, check, ends, says};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    batch::{Batch, Told},
    input::OneOrMany,
    link,
    tool::Agreement,
    tools::task::settle,
};

/// Takes links away.
pub struct DependencyRemove;

/// Which.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// The one that waits.
    task_id_to: TaskId,
    /// The earlier one, or a list.
    task_id_from: OneOrMany<TaskId>,
    /// Only after the person agreed.
    confirm_delete: Option<bool>,
    force: Option<bool>,
}

impl Agreement for Ask {
    fn to_delete(&self) -> bool {
        self.confirm_delete == Some(true)
    }
}

/// What became of it.
pub type Answer = Told<One, Many>;

/// One link.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct One {
    unlinked: bool,
    task_id_to: u64,
    title_to: Option<String>,
    task_id_from: u64,
    title_from: Option<String>,
    link: String,
}

/// A batch: one row for each earlier task, in their order.
pub type Many = Batch<About, Row>;

/// What is the same for all of a batch.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct About {
    task_id_to: u64,
    link: String,
}

impl Tool for DependencyRemove {
    const SPEC: Spec = Spec {
        name: "b24_task_dependency_remove",
        title: "Remove links between tasks",
        description: "Takes away the link by which a task waits for another, or for a list; the tasks stay. Needs \
                      `confirmDelete: true`: the type of a link cannot be read, so it is lost.",
        toolset: Toolset::Task,
        effect: Effect::Destroy,
        idempotent: true,
        gate: Gate::Delete,
        scope: Scope::TASK,
        methods: &[dependence::DELETE.facts(), task::GET.facts(), task::LIST.facts()],
        core: false,
    };
    type Effect = Destroy;
    type Ask = Ask;
    type Found = Ends;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Ends>, Refusal> {
        check(ask.task_id_to, &ask.task_id_from.ids(), ask.force == Some(true))?;
        let found = ends(ask.task_id_to, &ask.task_id_from, true, reader).await?;
        // Not "was linked": whether the filter shows every link is not documented.
        let key =
            |id: &TaskId| (format!("{id}→{}", ask.task_id_to), json!({ "shown": found.linked.contains(id) }));
        Ok(Plan {
            targets: found.targets(ask.task_id_to),
            before: found.from.keys().map(key).collect(),
            found,
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Ends>, permit: Permit<Destroy>) -> Result<Answer, Refusal> {
        let (to, found) = (ask.task_id_to, plan.found);
        let calls = |from| json!({ "taskIdFrom": from, "taskIdTo": to });
        let judge = |from, error, is_shown| judge((from, to), error, is_shown, &found);
        let tried = Tried::each(&permit, &dependence::DELETE, calls, (to, &found), judge).await;
        let link = link::task(&permit, to);
        match &ask.task_id_from {
            OneOrMany::One(id) => {
                tried.of(*id)?;
                Ok(Answer::One(One {
                    unlinked: true,
                    task_id_to: to.get(),
                    title_to: found.to_title(),
                    task_id_from: id.get(),
                    title_from: found.title(*id),
                    link,
                }))
            }
            OneOrMany::Many(ids) => {
                let rows = tried.rows(ids, &found);
                Ok(Answer::Many(Batch::of("unlinked", About { task_id_to: to.get(), link }, rows)))
            }
        }
    }
}

/// What became of one link whose call went wrong.
fn judge((from, to): (TaskId, TaskId), error: CallError, is_shown: bool, found: &Ends) -> Linked {
    if settle::is_open(&error) {
        return match (found.linked.contains(&from), is_shown) {
            (true, false) => Ok(true),
            (_, true) => Err(Refusal::new(
                Code::WRITE_LOST,
                format!("the portal did not answer, and task {to} still waits for task {from}"),
            )
            .hint("call again to remove the link")),
            (false, false) => {
                Err(Refusal::from(error).hint("calling again is safe: a link that is gone is told as such"))
            }
        };
    }
    // The same code means "linked already" where one is added.
    if says(&error, ILLEGAL) {
        return Err(Refusal::new(
            ILLEGAL,
            format!("task {to} does not wait for task {from}: there is no such link"),
        )
        .hint("perhaps it goes the other way round; `b24_task_dependency_list` shows both directions"));
    }
    let named = says(&error, "ACTION_NOT_ALLOWED") || says(&error, "INVALID_CREDENTIALS");
    Err(if named {
        Refusal::new(
            Code::ACTION_NOT_ALLOWED,
            format!("the acting person may not change what task {to} waits for"),
        )
        .hint("its creator or an administrator can; `b24_task_get` shows what is allowed")
    } else {
        error.into()
    })
}
