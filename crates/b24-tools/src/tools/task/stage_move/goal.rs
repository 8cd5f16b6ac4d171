//! Where a task is to go: the column that is meant, on the board that is meant.

use std::collections::{BTreeMap, BTreeSet};

use b24_model::TaskId;

use super::{Moved, group};
use crate::{
    Reader, Refusal,
    input::StageRef,
    tools::{
        project::stage::{Stage, find, question, read, the_one},
        task::deed::{Before, Record},
    },
};

/// The columns that a call may mean.
pub(super) struct Boards {
    plan: Result<Vec<Stage>, Refusal>,
    groups: BTreeMap<u64, Result<Vec<Stage>, Refusal>>,
}

/// A column to go to.
#[derive(Clone)]
pub(super) struct Goal {
    pub(super) stage: Stage,
    pub(super) in_plan: bool,
    /// The first column of a board: tasks that were never moved stand in it.
    pub(super) is_first: bool,
}

impl Goal {
    pub(super) fn told(&self, former: Option<u64>) -> Moved {
        Moved {
            moved: true,
            board: if self.in_plan { "planner" } else { "group" },
            stage_id: self.stage.id,
            stage_title: self.stage.title.clone(),
            former_stage_id: former,
        }
    }
}

impl Boards {
    /// Reads the boards of the tasks' groups, unless only the planner is meant.
    pub(super) async fn read(
        tasks: &Before,
        plan: Result<Vec<Stage>, Refusal>,
        only_plan: bool,
        reader: &Reader,
    ) -> Self {
        let groups = tasks.values().filter_map(|row| row.as_ref().ok()).map(group);
        let groups: BTreeSet<u64> = groups.filter(|id| *id > 0 && !only_plan).collect();
        let calls = groups.iter().map(|id| question(*id)).collect::<Vec<_>>();
        let replies = if calls.is_empty() { Vec::new() } else { reader.all(calls).await };
        let groups = groups.into_iter().zip(replies).map(|(id, reply)| (id, read(id, reply))).collect();
        Self { plan, groups }
    }

    /// The columns of the planner, from left to right.
    pub(super) fn plan(&self) -> &[Stage] {
        self.plan.as_deref().unwrap_or_default()
    }

    /// The first column of a group's board.
    pub(super) fn first_of(&self, group: u64) -> Option<u64> {
        self.groups.get(&group)?.as_ref().ok()?.first().map(|stage| stage.id)
    }

    /// The column that is meant for a task. An id may be one of the planner whatever group the task is in.
    pub(super) fn goal(&self, id: TaskId, task: &Record, said: &StageRef) -> Result<Goal, Refusal> {
        let in_plan = |stage: &Stage| Goal { stage: stage.clone(), in_plan: true, is_first: false };
        let planned = find(said, self.plan());
        if let (StageRef::Id(..), Some(stage)) = (said, planned) {
            return Ok(in_plan(stage));
        }
        let group = group(task);
        let Some(board) = self.groups.get(&group) else {
            let plan = self.plan.as_ref().map_err(Clone::clone)?;
            let whose = match group {
                0 => format!("task {id} is in no group, and the acting person's planner"),
                _ => "the acting person's planner".to_owned(),
            };
            return the_one(said, plan, &whose).map(in_plan);
        };
        let board = board.as_ref().map_err(Clone::clone)?;
        let whose = format!("the board of group {group}, where task {id} is,");
        match the_one(said, board, &whose) {
            Ok(stage) => {
                let is_first = board.first().is_some_and(|first| first.id == stage.id);
                Ok(Goal { stage: stage.clone(), in_plan: false, is_first })
            }
            Err(refusal) if planned.is_some() => Err(refusal
                .hint("take one of these; or, for the acting person's own planner, add `planner: true`")),
            Err(refusal) => Err(refusal),
        }
    }
}
