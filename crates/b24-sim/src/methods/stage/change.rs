//! `task.stages.add`, `.update`, `.delete`. The first column and those of the system stay.

use serde_json::json;

use super::{board, manages, not_found};
use crate::methods::Call;
use crate::methods::query::number;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::stage::{Board, Stage};

pub(super) fn add(call: &mut Call<'_>) -> Outcome {
    let fields = call.params.required_array("fields")?;
    let title = fields.get("TITLE").and_then(lenient::text).unwrap_or_default();
    if title.trim().is_empty() {
        return Err(Refusal::new(400, "EMPTY_TITLE", "Stage title is not specified"));
    }
    let board = board(call, fields.get("ENTITY_ID").and_then(lenient::int).unwrap_or(0));
    if !manages(call, board) {
        return Err(denied("You do not have permission to manage stages"));
    }
    let color = fields.get("COLOR").and_then(lenient::text).unwrap_or_default();
    let stage = Stage {
        id: 0,
        board,
        title,
        sort: 0,
        color: Some(bare(&color)).filter(|color| !color.is_empty()).unwrap_or_else(|| "47D1E2".into()),
        system: String::new(),
    };
    let after = fields.get("AFTER_ID").and_then(lenient::id);
    Ok(json!(call.world.put_stage(stage, after)).into())
}

pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    let mut stage = stage(call)?;
    let fields = call.params.required_array("fields")?;
    if !manages(call, stage.board) {
        return Err(denied("You cannot modify stages in this group"));
    }
    if let Some(title) = fields.get("TITLE").and_then(lenient::text).filter(|text| !text.trim().is_empty()) {
        stage.title = title;
    }
    if let Some(color) = fields.get("COLOR").and_then(lenient::text) {
        stage.color = bare(&color);
    }
    match fields.get("AFTER_ID") {
        Some(after) => {
            call.world.put_stage(stage, lenient::id(after));
        }
        None => {
            call.world.stages.insert(stage.id, stage);
        }
    }
    Ok(json!(true).into())
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let stage = stage(call)?;
    if !manages(call, stage.board) {
        return Err(denied("You cannot manage stages"));
    }
    let first = call.world.stages_of(stage.board).first().map(|first| first.id);
    if first == Some(stage.id) {
        let words = "Cannot delete the first stage. Move the stage to delete it";
        return Err(Refusal::new(400, "CANT_DELETE_FIRST", words));
    }
    if !stage.system.is_empty() {
        return Err(Refusal::new(400, "IS_SYSTEM", "The default stage cannot be deleted"));
    }
    let used = call.world.tasks.values().any(|task| match stage.board {
        Board::Group(_) => task.stage == stage.id,
        Board::Plan(user) => task.planned.get(&user) == Some(&stage.id),
    });
    // The documents say that a column must be empty and name no code for one that is not.
    if used {
        return Err(denied("The stage contains tasks"));
    }
    call.world.stages.remove(&stage.id);
    Ok(json!(true).into())
}

fn stage(call: &Call<'_>) -> Result<Stage, Refusal> {
    let id = number::id(call, "id")?;
    call.world.stages.get(&id).cloned().ok_or_else(not_found)
}

fn denied(words: &str) -> Refusal {
    Refusal::new(400, "ACCESS_DENIED", words)
}

/// Six digits, whether or not a `#` stands before them.
fn bare(color: &str) -> String {
    color.trim_start_matches('#').to_ascii_uppercase()
}
