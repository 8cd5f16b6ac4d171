//! Files of a task: `tasks.task.files.attach`, its REST 3.0 sister, and `UF_TASK_WEBDAV_FILES`, whose `n123` is a
//! file of the drive and whose `123` is a file that hangs on the task already.

use serde_json::{Map, Value, json};

use super::reach;
use crate::methods::query::number;
use crate::methods::{Call, CallV3};
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::answer_v3::{OutcomeV3, RefusalV3};
use crate::wire::lenient;
use crate::world::rights;

/// A file a request names.
pub(super) enum Wanted {
    Object(u64),
    Attached(u64),
}

/// The files of `UF_TASK_WEBDAV_FILES`, when the request has it. A file that may not be read is refused.
pub(super) fn wanted(call: &Call<'_>, fields: &Map<String, Value>) -> Result<Option<Vec<Wanted>>, Refusal> {
    let Some(value) = fields.get("UF_TASK_WEBDAV_FILES") else {
        return Ok(None);
    };
    let mut all = Vec::new();
    for text in lenient::list(value).into_iter().filter_map(lenient::text) {
        if let Some(id) = text.strip_prefix('n').and_then(|id| id.parse().ok()) {
            if call.world.readable_file(id, call.caller).is_none() {
                return Err(Refusal::core("Insufficient permissions.<br>"));
            }
            all.push(Wanted::Object(id));
        } else if let Ok(id) = text.parse() {
            all.push(Wanted::Attached(id));
        }
    }
    Ok(Some(all))
}

/// Replaces the files of a task as a whole.
pub(super) fn replace(call: &mut Call<'_>, task: u64, files: Option<Vec<Wanted>>) {
    let Some(files) = files else { return };
    let own = |attached: &&crate::world::disk::Attached| attached.task == task;
    let before: Vec<u64> = call.world.attached.values().filter(own).map(|file| file.id).collect();
    let mut after = Vec::new();
    for file in files {
        match file {
            Wanted::Object(id) => after.push(call.world.attach(id, task, call.caller, call.now)),
            Wanted::Attached(id) if before.contains(&id) => after.push(id),
            Wanted::Attached(_) => {}
        }
    }
    call.world.attached.retain(|id, attached| attached.task != task || after.contains(id));
    let shown = |ids: &[u64]| {
        let text: Vec<String> = ids.iter().map(u64::to_string).collect();
        Some(text.join(",")).filter(|text| !text.is_empty())
    };
    if before != after {
        let values = (shown(&before), shown(&after));
        call.world.note(task, call.caller, call.now, "UF_TASK_WEBDAV_FILES", values);
    }
}

pub(super) fn attach(call: &mut Call<'_>) -> Outcome {
    let task = reach::task_id(call, "taskId")?;
    let file = number::id(call, "fileId")?;
    if !reach::actions(call, task).is_some_and(|actions| actions.edit) {
        return Err(Refusal::new(400, "0", "Access denied"));
    }
    if call.world.readable_file(file, call.caller).is_none() {
        return Err(Refusal::core("Insufficient permissions.<br>"));
    }
    let id = call.world.attach(file, task, call.caller, call.now);
    let values = (None, Some(id.to_string()));
    call.world.note(task, call.caller, call.now, "UF_TASK_WEBDAV_FILES", values);
    Ok(json!({ "attachmentId": id }).into())
}

/// `tasks.task.file.attach` of REST 3.0: several files, all or none.
pub(in crate::methods) fn attach_v3(call: &mut CallV3<'_>) -> OutcomeV3 {
    let mut missing = Vec::new();
    for name in ["taskId", "fileIds"] {
        if call.params.get(name).is_none_or(Value::is_null) {
            missing.push(crate::wire::answer_v3::required_text(name));
        }
    }
    if !missing.is_empty() {
        return Err(RefusalV3::validation(missing));
    }
    let task = call.params.get("taskId").and_then(Value::as_u64);
    let task = task.ok_or_else(|| RefusalV3::wrong_type("taskId", "int"))?;
    let files: Option<Vec<u64>> = call
        .params
        .get("fileIds")
        .and_then(Value::as_array)
        .and_then(|ids| ids.iter().map(Value::as_u64).collect());
    let files = files.ok_or_else(|| RefusalV3::wrong_type("fileIds", "array"))?;
    let editable = call.world.tasks.get(&task);
    let editable = editable.is_some_and(|task| rights::actions(call.world, task, call.caller).edit);
    let readable = |id: &u64| call.world.readable_file(*id, call.caller).is_some();
    if !editable || !files.iter().all(readable) {
        return Err(RefusalV3::validation(vec![(
            "fileIds".to_owned(),
            "Insufficient permissions".to_owned(),
        )]));
    }
    for file in files {
        call.world.attach(file, task, call.caller, call.now);
    }
    Ok(json!({ "result": true }))
}
