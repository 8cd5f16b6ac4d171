//! `tasks.task.get` of REST 3.0. A missing task is 400 here, not an empty result.

use serde_json::json;

use super::{dto, strict};
use crate::methods::CallV3;
use crate::wire::answer_v3::{OutcomeV3, RefusalV3};
use crate::world::rights;

pub(super) fn get(call: &mut CallV3<'_>) -> OutcomeV3 {
    let id = strict::id(call)?;
    let select = strict::names(call, "select")?;
    let found = call.world.tasks.get(&id);
    let task = found
        .filter(|task| rights::role(call.world, task, call.caller).can_read())
        .ok_or_else(|| RefusalV3::not_found(id))?;
    Ok(json!({ "item": dto::item(call, task, select.as_deref())? }))
}
