//! `b24_task_delete`: one task, or many, gone.
//!
//! What becomes of subtasks is not documented. They are named before, and looked for after.

mod subtasks;

use std::collections::BTreeMap;

use b24_model::{Effect, Scope, TaskId, effect::Destroy};
use b24_rest::{CallError, methods::task};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{lookup, settle};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    batch::{Batch, Outcome, Told},
    input::OneOrMany,
    record::{params, text},
    tool::Agreement,
};

/// More tasks than this need `force`.
const CAP: usize = 25;
/// More than this are never taken.
const MOST: usize = 100;

/// Deletes tasks.
pub struct TaskDelete;

/// Which.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: OneOrMany<TaskId>,
    /// Only after the person agreed.
    confirm_delete: Option<bool>,
    /// Only after the person agreed to leave subtasks behind.
    confirm_subtasks: Option<bool>,
    force: Option<bool>,
}

impl Agreement for Ask {
    fn to_delete(&self) -> bool {
        self.confirm_delete == Some(true)
    }

    fn to_change(&self) -> bool {
        self.to_delete()
    }

    fn to_cascade(&self) -> bool {
        self.confirm_subtasks == Some(true)
    }
}

/// The tasks as they were, each with its own failure.
pub type Before = BTreeMap<TaskId, Result<Map<String, Value>, Refusal>>;

/// The tasks, and what hangs on them.
#[derive(Default)]
pub struct Found {
    before: Before,
    subtasks: Vec<subtasks::Subtask>,
}

/// What became of them.
pub type Answer = Told<One, Many>;

/// One task.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct One {
    deleted: bool,
    task_id: u64,
    title: Option<String>,
    #[serde(flatten)]
    left: Left,
}

/// A batch: one row for each id, in their order.
pub type Many = Batch<Left, Row>;

/// What hung on the deleted tasks, and is still there.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Left {
    /// Subtasks that are there without them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Vec<u64>")]
    subtasks_left: Vec<u64>,
}

impl Outcome for Row {
    fn is_ok(&self) -> bool {
        self.ok
    }
}

/// One of a batch.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    task_id: u64,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    error: Option<String>,
}

impl Tool for TaskDelete {
    const SPEC: Spec = Spec {
        name: "b24_task_delete",
        title: "Delete tasks for good",
        description: "Deletes a task, or several, for good, with comments, checklists and time. Needs `confirmDelete: true`, given only after the person agreed. Subtasks stay. To finish a task use `b24_task_transition`.",
        toolset: Toolset::Task,
        effect: Effect::Destroy,
        idempotent: false,
        gate: Gate::Delete,
        scope: Scope::TASK,
        methods: &[task::DELETE.facts(), task::GET.facts(), task::LIST.facts()],
        core: true,
    };
    type Effect = Destroy;
    type Ask = Ask;
    type Found = Found;
    type Answer = Answer;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Found>, Refusal> {
        let ids = ask.task_id.ids();
        lookup::check_count(ids.len(), CAP, MOST, ask.force == Some(true))?;
        let select = lookup::fields(&[
            "ID",
            "TITLE",
            "DESCRIPTION",
            "STATUS",
            "RESPONSIBLE_ID",
            "CREATED_BY",
            "DEADLINE",
        ]);
        let children = subtasks::question(&ids);
        let (found, children) = lookup::all_and(&ask.task_id, &select, children, reader).await?;
        let subtasks = subtasks::read(&ids, &children?)?;
        let seen = found.iter().filter_map(|(id, row)| Some((*id, row.as_ref().ok()?)));
        Ok(Plan {
            targets: seen.clone().map(|(id, row)| lookup::target(id, row)).collect(),
            before: seen.map(|(id, row)| (id.to_string(), Value::Object(row.clone()))).collect(),
            orphans: subtasks::named(&subtasks),
            found: Found { before: found, subtasks },
            ..Plan::default()
        })
    }

    async fn run(ask: Ask, plan: Plan<Found>, permit: Permit<Destroy>) -> Result<Answer, Refusal> {
        let seen: Vec<TaskId> =
            plan.targets.iter().filter_map(|target| TaskId::new(target.id).ok()).collect();
        let asked = |id: &TaskId| params(json!({ "taskId": id }));
        let replies = match (&ask.task_id, seen.as_slice()) {
            (_, []) => Vec::new(),
            (OneOrMany::One(_), [id]) => vec![permit.call(&task::DELETE, asked(id)).await],
            _ => permit.each(&task::DELETE, seen.iter().map(asked).collect()).await,
        };
        let doubtful: Vec<TaskId> = seen
            .iter()
            .zip(&replies)
            .filter(|(_, reply)| reply.as_ref().is_err_and(settle::is_open))
            .map(|(id, _)| *id)
            .collect();
        let now = settle::look(&doubtful, &["ID"], &permit.reader()).await;
        let mut outcomes: BTreeMap<TaskId, Result<(), Refusal>> = BTreeMap::new();
        for (id, reply) in seen.into_iter().zip(replies) {
            let outcome = match reply {
                Ok(_) => Ok(()),
                Err(error) if settle::is_open(&error) => settle::deleted(error, id, &now),
                Err(error) => Err(refused(id, error)),
            };
            outcomes.insert(id, outcome);
        }
        let subtasks_left = subtasks::left(&plan.found.subtasks, &permit.reader()).await;
        let found = plan.found.before;
        let title = |id: &TaskId| found.get(id).and_then(|row| text(row.as_ref().ok()?, "title"));
        let row = |id: &TaskId| {
            let error = match (outcomes.get(id), found.get(id)) {
                (Some(Ok(())), _) => None,
                (Some(Err(refusal)), _) | (None, Some(Err(refusal))) => Some(refusal.to_string()),
                (None, _) => Some(format!("task {id} was not looked at")),
            };
            Row { task_id: id.get(), ok: error.is_none(), title: title(id), error }
        };
        match ask.task_id {
            OneOrMany::One(id) => match outcomes.get(&id) {
                Some(Err(refusal)) => Err(refusal.clone()),
                _ => Ok(Answer::One(One {
                    deleted: true,
                    task_id: id.get(),
                    title: title(&id),
                    left: Left { subtasks_left },
                })),
            },
            OneOrMany::Many(ids) => {
                Ok(Answer::Many(Batch::of("deleted", Left { subtasks_left }, ids.iter().map(row).collect())))
            }
        }
    }
}

fn refused(id: TaskId, error: CallError) -> Refusal {
    match &error {
        CallError::Refused(refusal) if matches!(refusal.code.as_str(), "0" | "1048582") => {
            Refusal::new(Code::ACTION_NOT_ALLOWED, format!("the acting person may not delete task {id}"))
                .hint("its creator or an administrator can")
        }
        _ => error.into(),
    }
}
