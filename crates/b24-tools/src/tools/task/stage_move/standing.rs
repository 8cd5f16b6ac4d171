//! In which column tasks stand. On a board the task says so itself; in a planner only a search by column does.
//!
//! Source: `tasks/stages/index.md`.

use std::collections::{BTreeMap, BTreeSet};

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{methods::task, wire};
use serde_json::{Map, Value, json};

use super::{Before, Goal, goal::Boards, group};
use crate::{Reader, filter::WireFilter};

/// Rows on a page.
const PAGE: usize = 50;

/// Where the tasks stand on the board they are to be moved on. A task that nobody planned stands nowhere.
pub(super) async fn before(
    tasks: &Before,
    goals: &BTreeMap<TaskId, Goal>,
    boards: &Boards,
    reader: &Reader,
) -> BTreeMap<TaskId, u64> {
    let mut stood = BTreeMap::new();
    let mut planned = Vec::new();
    for (id, goal) in goals {
        let Some(Ok(row)) = tasks.get(id) else { continue };
        if goal.in_plan {
            planned.push(*id);
        } else {
            let own = row.get("stageId").and_then(wire::id).or_else(|| boards.first_of(group(row)));
            stood.extend(own.map(|stage| (*id, stage)));
        }
    }
    if planned.is_empty() {
        return stood;
    }
    let stages = boards.plan();
    let asked = |ids: &[TaskId], stage: u64| those(ids, vec![stage]);
    let chunks: Vec<(&[TaskId], u64)> =
        stages.iter().flat_map(|stage| planned.chunks(PAGE).map(move |ids| (ids, stage.id))).collect();
    let replies = reader.all(chunks.iter().map(|(ids, stage)| asked(ids, *stage)).collect()).await;
    // What cannot be told is not known to stand there: it is moved, which changes nothing if it did.
    for ((_, stage), reply) in chunks.into_iter().zip(replies) {
        let ids = reply.map(|reply| ids(&reply.result)).unwrap_or_default();
        stood.extend(ids.into_iter().map(|id| (id, stage)));
    }
    stood
}

/// Those that stand in the column they were moved to; `None` when that cannot be told.
pub(super) async fn after(moved: &[(TaskId, &Goal)], reader: &Reader) -> Option<BTreeSet<TaskId>> {
    let mut goals: BTreeMap<(u64, bool), Vec<TaskId>> = BTreeMap::new();
    for (id, goal) in moved {
        goals.entry((goal.stage.id, goal.is_first && !goal.in_plan)).or_default().push(*id);
    }
    let asked = |(stage, is_first): (u64, bool), ids: &[TaskId]| {
        // Tasks that were never moved stand in the first column under no id.
        those(ids, if is_first { vec![0, stage] } else { vec![stage] })
    };
    let calls: Vec<_> =
        goals.iter().flat_map(|(goal, ids)| ids.chunks(PAGE).map(|ids| asked(*goal, ids))).collect();
    if calls.is_empty() {
        return Some(BTreeSet::new());
    }
    let mut there = BTreeSet::new();
    for reply in reader.all(calls).await {
        there.extend(ids(&reply.ok()?.result));
    }
    Some(there)
}

/// How the portal is asked which of these tasks stand in one of these columns.
fn those(ids: &[TaskId], stages: Vec<u64>) -> (&'static Method<Read>, Map<String, Value>) {
    let filter = WireFilter::of([("ID", ids.to_vec().into()), ("STAGE_ID", stages.into())]);
    (&task::LIST, filter.beside(json!({ "order": { "ID": "asc" }, "select": ["ID"] })))
}

fn ids(result: &Value) -> Vec<TaskId> {
    let rows = wire::rows(result.get("tasks").unwrap_or(result)).unwrap_or_default();
    rows.into_iter().filter_map(|row| TaskId::new(wire::id(row.get("id")?)?).ok()).collect()
}
