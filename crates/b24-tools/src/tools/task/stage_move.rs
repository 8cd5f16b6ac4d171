//! `b24_task_stage_move`: one task, or many, put into a column of their board, or of the acting person's planner.
//!
//! A column of another group's board is refused with the columns of the right one: the portal would only say no.

mod goal;
mod standing;

use std::collections::{BTreeMap, BTreeSet};

use b24_model::{Effect, Scope, TaskId, effect::Write};
use b24_rest::{
    CallError, Reply,
    methods::{stage, task},
    wire,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::json;

use self::goal::{Boards, Goal};
use super::{
    deed::{self, Became, Before, Record},
    lookup, settle,
};
use crate::{
    Code, Gate, Permit, Plan, Reader, Refusal, Spec, Tool, Toolset,
    input::{OneOrMany, StageRef},
    record::params,
    tool::Agreement,
    tools::{own, project::stage as columns},
};

const SELECT: [&str; 5] = ["ID", "TITLE", "STATUS", "GROUP_ID", "STAGE_ID"];

/// Moves tasks.
pub struct StageMove;

/// Which tasks, and where to.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Ask {
    task_id: OneOrMany<TaskId>,
    /// The column, by title or id.
    stage: StageRef,
    /// The person's own columns.
    planner: Option<bool>,
    /// Above this task.
    before: Option<TaskId>,
    after: Option<TaskId>,
    force: Option<bool>,
    /// Only after the person agreed.
    confirm_change: Option<bool>,
}

impl Agreement for Ask {
    fn to_change(&self) -> bool {
        self.confirm_change == Some(true)
    }
}

/// The tasks as they were, where each stands, and where it goes.
#[derive(Default)]
pub struct Found {
    before: Before,
    goals: BTreeMap<TaskId, Goal>,
    stood: BTreeMap<TaskId, u64>,
}

/// Where it stands now.
#[derive(Clone, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Moved {
    moved: bool,
    /// `group` or `planner`.
    board: &'static str,
    stage_id: u64,
    stage_title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    former_stage_id: Option<u64>,
}

impl Tool for StageMove {
    const SPEC: Spec = Spec {
        name: "b24_task_stage_move",
        title: "Move tasks to a board column",
        description: "Puts a task, or several, into a Kanban column (stage) of its group or, without a group, of the person's planner. Columns: `b24_stage_list`.",
        toolset: Toolset::Task,
        effect: Effect::Write,
        idempotent: true,
        gate: Gate::Open,
        scope: Scope::TASK,
        methods: &[stage::MOVE_TASK.facts(), stage::GET.facts(), task::GET.facts(), task::LIST.facts()],
        core: true,
    };
    type Effect = Write;
    type Ask = Ask;
    type Found = Found;
    type Answer = deed::Answer<Moved>;

    async fn plan(ask: &Ask, reader: &Reader) -> Result<Plan<Found>, Refusal> {
        let ids = ask.task_id.ids();
        deed::check_count(ids.len(), ask.force)?;
        check_place(ask)?;
        let select = lookup::fields(&SELECT);
        let (mut before, plan) = lookup::all_and(&ask.task_id, &select, columns::question(0), reader).await?;
        let plan = own::check("columns of the planner", reader).and_then(|()| columns::read(0, plan));
        let boards = Boards::read(&before, plan, ask.planner == Some(true), reader).await;
        let mut goals = BTreeMap::new();
        for (id, row) in &mut before {
            let Ok(record) = row else { continue };
            match boards.goal(*id, record, &ask.stage) {
                Ok(goal) => drop(goals.insert(*id, goal)),
                Err(refusal) if matches!(ask.task_id, OneOrMany::One(_)) => return Err(refusal),
                Err(refusal) => *row = Err(refusal),
            }
        }
        let stood = standing::before(&before, &goals, &boards, reader).await;
        let places = ask.before.is_some() || ask.after.is_some();
        let open = |id: &TaskId, goal: &Goal| places || stood.get(id) != Some(&goal.stage.id);
        let moving = goals.iter().filter(|(id, goal)| open(id, goal)).map(|(id, _)| *id);
        let targets: Vec<_> =
            moving.filter_map(|id| Some(lookup::target(id, before.get(&id)?.as_ref().ok()?))).collect();
        let old = targets.iter().map(|target| {
            let stage = TaskId::new(target.id).ok().and_then(|id| stood.get(&id).copied());
            (target.id.to_string(), json!({ "STAGE_ID": stage }))
        });
        Ok(Plan { before: old.collect(), targets, found: Found { before, goals, stood }, ..Plan::default() })
    }

    async fn run(ask: Ask, plan: Plan<Found>, permit: Permit<Write>) -> Result<Self::Answer, Refusal> {
        let Found { before, goals, stood } = plan.found;
        let open: Vec<(TaskId, &Goal)> = plan
            .targets
            .iter()
            .filter_map(|target| TaskId::new(target.id).ok())
            .filter_map(|id| Some((id, goals.get(&id)?)))
            .collect();
        let asked = |(id, goal): &(TaskId, &Goal)| {
            let mut asked = params(json!({ "id": id, "stageId": goal.stage.id }));
            let place = [("before", ask.before), ("after", ask.after)];
            asked.extend(place.into_iter().filter_map(|(key, task)| Some((key.to_owned(), json!(task?)))));
            asked
        };
        let replies = match open.as_slice() {
            [] => Vec::new(),
            [only] => vec![permit.call(&stage::MOVE_TASK, asked(only)).await],
            several => permit.each(&stage::MOVE_TASK, several.iter().map(asked).collect()).await,
        };
        // What the portal refused needs no look; all the others are read back, whatever it answered.
        let looked: Vec<(TaskId, &Goal)> = open
            .iter()
            .zip(&replies)
            .filter(|(_, reply)| reply.as_ref().err().is_none_or(settle::is_open))
            .map(|(open, _)| *open)
            .collect();
        let there = standing::after(&looked, &permit.reader()).await;
        let mut became: Became<Moved> = Became::new();
        for (id, row) in &before {
            if let (Ok(_), Some(goal)) = (row, goals.get(id)) {
                became.insert(*id, Ok((goal.told(None), true)));
            } else if let Err(refusal) = row {
                became.insert(*id, Err(refusal.clone()));
            }
        }
        for ((id, goal), reply) in open.into_iter().zip(replies) {
            let outcome = settled(id, reply, there.as_ref().map(|there| there.contains(&id)));
            let former = stood.get(&id).copied();
            became.insert(id, outcome.map(|()| (goal.told(former), false)));
        }
        deed::answer(&ask.task_id, "moved", &before, became, &permit)
    }
}

/// A place in a column is for one task, and is said in one way.
fn check_place(ask: &Ask) -> Result<(), Refusal> {
    let places = [ask.before, ask.after].into_iter().flatten().count();
    if places > 1 {
        return Err(Refusal::invalid("`before` and `after` exclude each other"));
    }
    if places == 1 && ask.task_id.ids().iter().collect::<BTreeSet<_>>().len() > 1 {
        return Err(
            Refusal::invalid("`before` and `after` are for one task").hint("move the tasks one by one")
        );
    }
    Ok(())
}

/// What became of one, from the answer and from a look at the column. `there` is `None` when the look failed.
fn settled(id: TaskId, reply: Result<Reply, CallError>, there: Option<bool>) -> Result<(), Refusal> {
    match (reply, there) {
        (_, Some(true)) => Ok(()),
        (Ok(reply), None) if wire::yes(&reply.result) == Some(true) => Ok(()),
        (Ok(_), _) => Err(Refusal::new(
            Code::ACTION_NOT_ALLOWED,
            format!("the portal took the call, but task {id} does not stand in that column"),
        )
        .hint("a rule of the board may have moved it on; read it with `b24_task_get`")),
        (Err(error), Some(false)) if settle::is_open(&error) => Err(settle::not_there(id)),
        (Err(error), _) => Err(refused(id, error)),
    }
}

fn refused(id: TaskId, error: CallError) -> Refusal {
    let CallError::Refused(said) = &error else { return error.into() };
    match said.code.as_str() {
        "ACCESS_DENIED_MOVE" => Refusal::new(
            Code::ACTION_NOT_ALLOWED,
            format!("the acting person may not move task {id} on that board"),
        )
        .hint("members of the group can"),
        "TASK_NOT_FOUND" => Refusal::new(
            Code::NOT_FOUND,
            format!("task {id} does not exist, or the acting person may not see it"),
        )
        .hint("look for it with `b24_task_list`"),
        "NOT_FOUND" => {
            Refusal::new(Code::NOT_FOUND, "the column is gone").hint("list them with `b24_stage_list`")
        }
        _ => error.into(),
    }
}

/// The group of a task; 0 for none.
fn group(row: &Record) -> u64 {
    row.get("groupId").and_then(wire::id).unwrap_or(0)
}
