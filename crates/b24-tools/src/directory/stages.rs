//! Stages of a group's board by id or title.

use b24_rest::methods::stage;
use serde_json::{Value, json};

use super::named::{self, Choice, Named};
use crate::{
    Reader, Refusal,
    input::{Stage, StageRef},
    record::{params, text},
};

/// The id of a stage of the group, 0 for the first one. Only titles cost a call.
pub(crate) async fn id_of(said: &StageRef, group: u64, reader: &Reader) -> Result<u64, Refusal> {
    let said = match said {
        StageRef::Id(id, _) => return Ok(*id),
        StageRef::Name(said) => said,
    };
    if group == 0 {
        return Err(Refusal::invalid(format!(
            "a stage belongs to a group, and the task is in none: `{}` cannot be looked up",
            crate::input::shorten(said, 60)
        ))
        .hint("give `groupId` too, or the id of the stage"));
    }
    let all = all(group, reader).await?;
    match named::choose(said, &all) {
        Choice::One(named) => Ok(named.id),
        Choice::Several(several) => Err(named::ambiguous::<Stage>(said, &several)),
        Choice::Nobody => Err(named::nobody::<Stage>(said, &all)),
    }
}

/// The stages of a group's board, in their order.
pub(crate) async fn all(group: u64, reader: &Reader) -> Result<Vec<Named>, Refusal> {
    // An administrator sees boards of groups he is no member of, but only when he says that he is one.
    let reply = reader.call(&stage::GET, params(json!({ "entityId": group, "isAdmin": true }))).await?;
    let read = |row: &&Value| {
        let row = row.as_object()?;
        Some(Named { id: row.get("ID").and_then(b24_rest::wire::id)?, name: text(row, "TITLE")? })
    };
    let rows = b24_rest::wire::rows(&reply.result).unwrap_or_default();
    Ok(rows.iter().filter_map(read).collect())
}
