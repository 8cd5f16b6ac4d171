//! `tasks.task.get` of REST 3.0. A missing task is 400 here, not an empty result.

use serde_json::json;

use super::{dto, strict};
use crate::methods::CallV3;
use crate::wire::answer_v3::{OutcomeV3, RefusalV3};
use crate::world::rights;
use crate::world::task::Task;

pub(super) fn get(call: &mut CallV3<'_>) -> OutcomeV3 {
    let id = strict::id(call)?;
    let select = strict::names(call, "select")?;
    let found = call.world.tasks.get(&id);
    let task = found
        .filter(|task| rights::role(call.world, task, call.caller).can_read())
        .ok_or_else(|| RefusalV3::not_found(id))?;
    Ok(json!({ "item": dto::item(call, task, select.as_deref())? }))
}

/// `tasks.task.access.get`: a bare map. Of a task there is not everything is forbidden; the documents name no refusal.
pub(super) fn access(call: &mut CallV3<'_>) -> OutcomeV3 {
    let id = strict::id(call)?;
    let nobody = Task::new(0, 0, 0, call.now);
    let found = call.world.tasks.get(&id);
    let mut rights = dto::rights_map(call, found.unwrap_or(&nobody));
    if found.is_none() {
        for right in rights.as_object_mut().into_iter().flat_map(serde_json::Map::values_mut) {
            *right = json!(false);
        }
    }
    Ok(rights)
}
