//! `task.stages.*`: columns of a group's Kanban board and of one's own plan. `entityId` 0 is the caller's plan.

mod change;
mod moves;

use serde_json::{Map, Value, json};

use super::query::number;
use super::{Call, Method};
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::world::group::Role;
use crate::world::rights::is_admin;
use crate::world::stage::{Board, Stage};

const SCOPES: &[&str] = &["task"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "task.stages.get", scopes: SCOPES, run: get },
    Method { name: "task.stages.canmovetask", scopes: SCOPES, run: moves::can_move },
    Method { name: "task.stages.movetask", scopes: SCOPES, run: moves::move_task },
    Method { name: "task.stages.add", scopes: SCOPES, run: change::add },
    Method { name: "task.stages.update", scopes: SCOPES, run: change::update },
    Method { name: "task.stages.delete", scopes: SCOPES, run: change::delete },
];

/// A map by id, in the order of the columns.
fn get(call: &mut Call<'_>) -> Outcome {
    let board = board(call, number::required(call, "entityId")?);
    if !enters(call, board) {
        return Err(Refusal::new(400, "ACCESS_DENIED", "You cannot view stages in this group."));
    }
    let rows: Map<String, Value> =
        call.world.stages_of(board).into_iter().map(|stage| (stage.id.to_string(), row(stage))).collect();
    Ok(Value::Object(rows).into())
}

fn board(call: &Call<'_>, entity: i64) -> Board {
    match u64::try_from(entity) {
        Ok(group) if group > 0 => Board::Group(group),
        _ => Board::Plan(call.caller),
    }
}

/// Whether the caller sees the board. An administrator outside of the group must say `isAdmin`.
fn enters(call: &Call<'_>, board: Board) -> bool {
    seat(call, board).is_some()
}

/// Whether the caller may add, change and remove columns: in a group, its owner and moderators.
fn manages(call: &Call<'_>, board: Board) -> bool {
    seat(call, board).is_some_and(Role::leads)
}

fn seat(call: &Call<'_>, board: Board) -> Option<Role> {
    match board {
        Board::Plan(user) => (user == call.caller).then_some(Role::Owner),
        Board::Group(group) => {
            let group = call.world.groups.get(&group)?;
            let lifted = call.params.yes("isAdmin") && is_admin(call.world, call.caller);
            if lifted { Some(Role::Owner) } else { group.role(call.caller) }
        }
    }
}

fn row(stage: &Stage) -> Value {
    let (kind, entity) = match stage.board {
        Board::Group(group) => ("G", group),
        Board::Plan(user) => ("U", user),
    };
    json!({
        "ID": stage.id.to_string(),
        "TITLE": stage.title,
        "SORT": stage.sort.to_string(),
        "COLOR": stage.color,
        "SYSTEM_TYPE": Some(&stage.system).filter(|system| !system.is_empty()),
        "ENTITY_ID": entity.to_string(),
        "ENTITY_TYPE": kind,
        "ADDITIONAL_FILTER": [],
        "TO_UPDATE": [],
        "TO_UPDATE_ACCESS": null,
    })
}

fn not_found() -> Refusal {
    Refusal::new(400, "NOT_FOUND", "Stage not found")
}
