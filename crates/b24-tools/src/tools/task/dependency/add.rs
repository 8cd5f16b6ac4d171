//! `b24_task_dependency_add`: a task waits for others.

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::{
    CallError,
    methods::{dependence, task},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Ends, ILLEGAL, Linked, Row, Tried, check, ends, says};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    batch::{Batch, Told},
    input::OneOrMany,
    link,
    tool::Agreement,
    tools::task::settle,
};

/// Links tasks.
pub struct DependencyAdd;

/// Which tasks, and how.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    /// The one that waits.
    task_id_to: TaskId,
    /// The earlier one, or a list.
    task_id_from: OneOrMany<TaskId>,
    /// 2 finish-start ("after"), 0 start-start, 1 start-finish, 3 finish-finish.
    #[schemars(range(min = 0, max = 3))]
    link_type: u8,
    force: Option<bool>,
    /// Only after the person agreed.
    confirm_change: Option<bool>,
}

impl Agreement for Ask {
    fn to_change(&self) -> bool {
        self.confirm_change == Some(true)
    }
}

/// What became of it.
pub type Answer = Told<One, Many>;

/// One link.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct One {
    linked: bool,
    task_id_to: u64,
    title_to: Option<String>,
    task_id_from: u64,
    title_from: Option<String>,
    link_type: u8,
    /// They were linked before; nothing was changed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    note: Option<&'static str>,
    link: String,
}

/// A batch: one row for each earlier task, in their order.
pub type Many = Batch<About, Row>;

/// What is the same for all of a batch.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct About {
    task_id_to: u64,
    link_type: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    note: Option<&'static str>,
    link: String,
}

/// What an old link leaves open.
const OLD_TYPE: &str = "where `already` is set the old link stays as it is; its type cannot be read, so to be sure of it remove \
                        the link and add it again";

impl Tool for DependencyAdd {
    const SPEC: Spec = Spec {
        name: "b24_task_dependency_add",
        title: "Make tasks depend on others",
        description: "Makes a task wait for another, or for several: \"B after A\" is taskIdFrom A, taskIdTo B, linkType 2.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[dependence::ADD.facts(), task::GET.facts(), task::LIST.facts()],
        core: false,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Ends;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Ends>, Refusal> {
        check(ask.task_id_to, &ask.task_id_from.ids(), ask.force == Some(true))?;
        if ask.link_type > 3 {
            return Err(Refusal::invalid("`linkType` is from 0 to 3: 2 is \"after\""));
        }
        let found = ends(ask.task_id_to, &ask.task_id_from, false, reader).await?;
        let key = |id: &TaskId| (format!("{id}→{}", ask.task_id_to), Value::Null);
        Ok(Plan {
            targets: found.targets(ask.task_id_to),
            before: found.from.keys().map(key).collect(),
            found,
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Ends>, permit: Permit<Write>) -> Result<Answer, Refusal> {
        let (to, found) = (ask.task_id_to, plan.found);
        let calls = |from| json!({ "taskIdFrom": from, "taskIdTo": to, "linkType": ask.link_type });
        let judge = |from, error, is_shown| judge((from, to), error, is_shown, &found);
        let tried = Tried::each(&permit, &dependence::ADD, calls, (to, &found), judge).await;
        let link = link::task(&permit, to);
        match &ask.task_id_from {
            OneOrMany::One(id) => {
                let already = !tried.of(*id)?;
                Ok(Answer::One(One {
                    linked: true,
                    task_id_to: to.get(),
                    title_to: found.to_title(),
                    task_id_from: id.get(),
                    title_from: found.title(*id),
                    link_type: ask.link_type,
                    already,
                    note: already.then_some(OLD_TYPE),
                    link,
                }))
            }
            OneOrMany::Many(ids) => {
                let rows = tried.rows(ids, &found);
                let note = rows.iter().any(|row| row.already).then_some(OLD_TYPE);
                let about = About { task_id_to: to.get(), link_type: ask.link_type, note, link };
                Ok(Answer::Many(Batch::of("linked", about, rows)))
            }
        }
    }
}

/// What became of one link whose call went wrong.
fn judge((from, to): (TaskId, TaskId), error: CallError, is_shown: bool, found: &Ends) -> Linked {
    if settle::is_open(&error) {
        return if is_shown {
            Ok(true)
        } else {
            Err(Refusal::from(error).hint("calling again is safe: a link that exists is told as `already`"))
        };
    }
    // The same code means "no such link" where one is removed.
    if says(&error, ILLEGAL) {
        return Ok(false);
    }
    let named = says(&error, "ACTION_NOT_ALLOWED") || says(&error, "INVALID_CREDENTIALS");
    Err(match found.may_edit() {
        _ if !named => error.into(),
        Some(true) => Refusal::new(
            Code::ACTION_NOT_ALLOWED,
            format!("the portal does not let task {to} wait for task {from}: most likely task {from} waits for task {to} already, directly or through others"),
        )
        .hint("`b24_task_dependency_list` shows what waits for what"),
        _ => Refusal::new(
            Code::ACTION_NOT_ALLOWED,
            format!("the acting person may not change what task {to} waits for"),
        )
        .hint("its creator or an administrator can; `b24_task_get` shows what is allowed"),
    })
}
