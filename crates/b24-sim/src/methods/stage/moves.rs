//! `task.stages.canmovetask` and `.movetask`.

use serde_json::json;

use super::{enters, not_found};
use crate::methods::Call;
use crate::methods::query::number;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::world::rights;
use crate::world::stage::Board;

/// Of plans, only one's own; of boards, those of one's groups.
pub(super) fn can_move(call: &mut Call<'_>) -> Outcome {
    let entity = number::id(call, "entityId")?;
    let kind = call.params.text("entityType").ok_or_else(|| Refusal::missing("entityType"))?;
    let can = match kind.as_str() {
        "U" => entity == call.caller,
        "G" => enters(call, Board::Group(entity)),
        _ => false,
    };
    Ok(json!(can).into())
}

pub(super) fn move_task(call: &mut Call<'_>) -> Outcome {
    let id = number::id(call, "id")?;
    let stage = number::id(call, "stageId")?;
    let task = call.world.tasks.get(&id);
    let task = task.filter(|task| rights::role(call.world, task, call.caller).can_read());
    let mut task = task
        .cloned()
        .ok_or_else(|| Refusal::new(400, "TASK_NOT_FOUND", "Task not found or access to it is denied"))?;
    let board = call.world.stages.get(&stage).ok_or_else(not_found)?.board;
    let fits = match board {
        Board::Plan(user) => user == call.caller,
        Board::Group(group) => task.group == group && enters(call, board),
    };
    if !fits {
        return Err(Refusal::new(400, "ACCESS_DENIED_MOVE", "You cannot move this task"));
    }
    match board {
        Board::Plan(user) => {
            task.planned.insert(user, stage);
        }
        Board::Group(_) => task.stage = stage,
    }
    call.world.put_task(task, call.caller, call.now);
    Ok(json!(true).into())
}
