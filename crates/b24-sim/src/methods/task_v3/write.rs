//! `tasks.task.add`, `.update`, `.delete` of REST 3.0.

use serde_json::{Map, Value, json};

use super::dto::{OWN, WRITABLE};
use super::{change, dto, strict};
use crate::methods::CallV3;
use crate::wire::answer_v3::{OutcomeV3, RefusalV3};
use crate::world::rights;
use crate::world::task::{Status, Task};

pub(super) fn add(call: &mut CallV3<'_>) -> OutcomeV3 {
    let fields = strict::fields(call)?;
    known(&fields, true)?;
    strict::check(call, &fields, &["title", "creatorId", "responsibleId"], &WRITABLE)?;
    let mut task = Task::new(0, call.caller, call.caller, call.now);
    change::apply(call, &mut task, &fields)?;
    task.changed_by = call.caller;
    let id = call.world.add_task(task, call.caller, call.now);
    let task = call.world.tasks.get(&id).ok_or_else(|| RefusalV3::not_found(id))?;
    Ok(json!({ "item": dto::item(call, task, None)? }))
}

pub(super) fn update(call: &mut CallV3<'_>) -> OutcomeV3 {
    let id = strict::id(call)?;
    let fields = strict::fields(call)?;
    known(&fields, false)?;
    strict::check(call, &fields, &[], &WRITABLE)?;
    let task = call.world.tasks.get(&id);
    let task = task.filter(|task| rights::actions(call.world, task, call.caller).edit);
    let mut task = task.cloned().ok_or_else(RefusalV3::access_denied)?;
    let before = task.status;
    change::apply(call, &mut task, &fields)?;
    if task.status == Status::Completed && before != task.status && call.world.wants_result(id) {
        return Err(RefusalV3::validation(vec![("status".to_owned(), "Task result is required".to_owned())]));
    }
    task.touch(call.caller, call.now);
    call.world.put_task(task, call.caller, call.now);
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
    if fixed.is_empty() { Ok(()) } else { Err(RefusalV3::validation(fixed)) }
}
