//! `tasks.task.add`, `.update`, `.delete` of REST 3.0.

use serde_json::{Map, Value, json};

use super::dto::{OWN, WRITABLE};
use super::{change, dto, strict};
use crate::methods::CallV3;
use crate::wire::answer_v3::{OutcomeV3, RefusalV3};
use crate::world::rights;
use crate::world::task::Task;

pub(super) fn add(call: &mut CallV3<'_>) -> OutcomeV3 {
    let fields = strict::fields(call)?;
    known(&fields, true)?;
    strict::check(call, &fields, &["title", "creatorId", "responsibleId"], &WRITABLE)?;
    let mut task = Task::new(0, call.caller, call.caller, call.now);
    change::apply(call, &mut task, &fields)?;
    task.id = call.world.next_task();
    task.changed_by = call.caller;
    let item = dto::item(call, &task, None)?;
    call.world.tasks.insert(task.id, task);
    Ok(json!({ "item": item }))
}

pub(super) fn update(call: &mut CallV3<'_>) -> OutcomeV3 {
    let id = strict::id(call)?;
    let fields = strict::fields(call)?;
    known(&fields, false)?;
    strict::check(call, &fields, &[], &WRITABLE)?;
    let task = call.world.tasks.get(&id);
    let task = task.filter(|task| rights::actions(call.world, task, call.caller).edit);
    let mut task = task.cloned().ok_or_else(RefusalV3::access_denied)?;
    change::apply(call, &mut task, &fields)?;
    task.touch(call.caller, call.now);
    call.world.tasks.insert(id, task);
    Ok(json!({ "result": true }))
}

pub(super) fn delete(call: &mut CallV3<'_>) -> OutcomeV3 {
    let id = strict::id(call)?;
    let task = call.world.tasks.get(&id);
    if !task.is_some_and(|task| rights::actions(call.world, task, call.caller).remove) {
        return Err(RefusalV3::access_denied());
    }
    call.world.remove_task(id);
    Ok(json!({ "result": true }))
}

/// Refuses fields that do not exist or cannot be written.
fn known(fields: &Map<String, Value>, adding: bool) -> Result<(), RefusalV3> {
    let mut fixed = Vec::new();
    for name in fields.keys() {
        let writable = WRITABLE.iter().any(|(known, _)| known == name) && (adding || name != "creatorId");
        if !writable && !OWN.contains(&name.as_str()) {
            return Err(RefusalV3::unknown_field(name, "TaskDto"));
        }
        if !writable {
            let text = format!(
                "In DTO `TaskDto`, the field `{name}` requires the presence of the `Editable` attribute for such a request"
            );
            fixed.push((name.clone(), text));
        }
    }
    if fixed.is_empty() {
        Ok(())
    } else {
        Err(RefusalV3::validation(fixed))
    }
}
