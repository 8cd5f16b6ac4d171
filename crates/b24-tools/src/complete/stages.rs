//! Columns of the board of a group, or of one's own planner (`tasks/stages/task-stages-get.md`).

use b24_rest::{CallError, methods::stage, wire};
use serde_json::{Value, json};

use super::{Completion, groups};
use crate::{
    Reader,
    record::{params, text},
};

/// Names, in the order of the columns.
pub(super) async fn names(
    typed: &str,
    project: Option<&str>,
    reader: &Reader,
) -> Result<Completion, CallError> {
    let group = match project.map(str::trim).filter(|said| !said.is_empty()) {
        Some(said) => match groups::id_of(said, reader).await? {
            Some(id) => id,
            None => return Ok(Completion::default()),
        },
        // The acting person's own planner.
        None => 0,
    };
    // An administrator sees the boards of groups that they are not in; for others the flag means nothing.
    let asked = json!({ "entityId": group, "isAdmin": "Y" });
    let reply = reader.call(&stage::GET, params(asked)).await?;
    let typed = typed.to_lowercase();
    let columns = wire::map(&reply.result).into_iter().flatten().map(|(_, column)| column);
    let title = |column: &Value| text(column.as_object()?, "TITLE");
    let names = columns.filter_map(title).filter(|title| title.to_lowercase().contains(&typed)).collect();
    Ok(Completion::of(names, false))
}
