//! `tasks.task.result.add`, `.addfromchatmessage`, `.list`, `.update`, `.delete` of REST 3.0.

use serde_json::{Map, Value, json};

use crate::methods::CallV3;
use crate::methods::query::rows_v3::Shape;
use crate::methods::task_v3::strict::{self, Kind};
use crate::wire::answer_v3::{OutcomeV3, RefusalV3};
use crate::world::card::Card;
use crate::world::moment;
use crate::world::result::TaskResult;
use crate::world::rights;

const SHAPE: Shape = Shape {
    entity: "ResultDto",
    fields: &[
        "id",
        "taskId",
        "text",
        "authorId",
        "author",
        "createdAt",
        "updatedAt",
        "status",
        "fileIds",
        "rights",
        "messageId",
    ],
    filterable: &["taskId", "id", "authorId", "status", "messageId"],
    sortable: &["id", "authorId", "createdAt", "updatedAt", "status", "messageId"],
};

pub(super) fn add(call: &mut CallV3<'_>) -> OutcomeV3 {
    let fields = fields(call, &[("taskId", Kind::Int), ("text", Kind::Text)])?;
    let text = fields["text"].as_str().unwrap_or_default().to_owned();
    let rule = |text: &str| RefusalV3::validation(vec![("taskId".to_owned(), text.to_owned())]);
    let task = fields["taskId"].as_u64().filter(|id| *id > 0);
    let task = task.ok_or_else(|| rule("Task id must be positive"))?;
    if !call.world.tasks.contains_key(&task) {
        return Err(rule("Task not found"));
    }
    readable(call, task)?;
    let author = call.caller;
    Ok(insert(call, task, author, text, None))
}

pub(super) fn add_from_message(call: &mut CallV3<'_>) -> OutcomeV3 {
    let fields = fields(call, &[("messageId", Kind::Int)])?;
    let message = fields["messageId"]
        .as_u64()
        .and_then(|id| call.world.messages.get(&id))
        .filter(|message| message.author != 0 && !message.deleted)
        .cloned();
    let message = message.ok_or_else(|| {
        let text = "Message is not from task chat".to_owned();
        RefusalV3::validation(vec![("messageId".to_owned(), text)])
    })?;
    readable(call, message.task)?;
    Ok(insert(call, message.task, message.author, message.text, Some(message.id)))
}

pub(super) fn list(call: &mut CallV3<'_>) -> OutcomeV3 {
    let filter = match call.params.get("filter") {
        None | Some(Value::Null) => return Err(empty_filter()),
        Some(Value::Array(rows)) if rows.is_empty() => return Err(empty_filter()),
        Some(filter) => filter.clone(),
    };
    let conditions = SHAPE.conditions(&filter)?;
    let task = conditions.iter().find(|condition| condition.field == "taskId");
    let task = task.and_then(|condition| condition.id()).ok_or_else(|| {
        RefusalV3::new(
            400,
            "VALIDATION_REQUESTFILTERVALIDATIONEXCEPTION",
            "A filter for the required field `taskId` must be specified",
        )
    })?;
    readable(call, task)?;
    let rows = call
        .world
        .results_of(task)
        .map(|result| row(call, result))
        .filter(|row| conditions.iter().all(|condition| condition.holds(row)))
        .collect();
    SHAPE.list(call, rows)
}

pub(super) fn update(call: &mut CallV3<'_>) -> OutcomeV3 {
    let id = strict::id(call)?;
    let fields = fields(call, &[("text", Kind::Text)])?;
    own(call, id)?;
    let now = call.now;
    if let Some(result) = call.world.results.get_mut(&id) {
        result.text = fields["text"].as_str().unwrap_or_default().to_owned();
        result.updated = Some(now);
    }
    let result = call.world.results.get(&id).ok_or_else(RefusalV3::access_denied)?;
    Ok(json!({ "item": row(call, result) }))
}

pub(super) fn delete(call: &mut CallV3<'_>) -> OutcomeV3 {
    let id = strict::id(call)?;
    own(call, id)?;
    call.world.results.remove(&id);
    Ok(json!({ "result": true }))
}

fn empty_filter() -> RefusalV3 {
    let text = "The field value cannot be empty".to_owned();
    RefusalV3::validation(vec![("filter".to_owned(), text)])
}

/// The object `fields` with exactly these keys, all of them required.
fn fields(call: &CallV3<'_>, kinds: &[(&str, Kind)]) -> Result<Map<String, Value>, RefusalV3> {
    let fields = strict::fields(call)?;
    for name in fields.keys() {
        if name == "fileIds" {
            return Err(RefusalV3::object_rule("fileIds", "Field `fileIds` is not available for filling"));
        }
        if !kinds.iter().any(|(known, _)| known == name) {
            return Err(RefusalV3::unknown_field(name, SHAPE.entity));
        }
    }
    strict::check(call, &fields, &[], kinds)?;
    for (name, _) in kinds {
        let value = fields.get(*name);
        let blank = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
        if value.is_none_or(|value| value.is_null() || blank(value)) {
            let text = format!("Required field `{name}` is not specified");
            return Err(RefusalV3::object_rule(name, &text));
        }
    }
    Ok(fields)
}

/// Only the author changes a result; an administrator is nobody here.
fn own(call: &CallV3<'_>, id: u64) -> Result<(), RefusalV3> {
    let own = call.world.results.get(&id);
    if own.is_some_and(|result| result.author == call.caller) {
        Ok(())
    } else {
        Err(RefusalV3::access_denied())
    }
}

fn readable(call: &CallV3<'_>, task: u64) -> Result<(), RefusalV3> {
    let found = call.world.tasks.get(&task);
    if found.is_some_and(|task| rights::role(call.world, task, call.caller).can_read()) {
        Ok(())
    } else {
        Err(RefusalV3::access_denied())
    }
}

fn insert(call: &mut CallV3<'_>, task: u64, author: u64, text: String, message: Option<u64>) -> Value {
    let id = call.world.next_result();
    let result = TaskResult {
        id,
        task,
        author,
        text,
        created: call.now,
        updated: None,
        open: true,
        comment: None,
        message,
    };
    let item = row(call, &result);
    call.world.results.insert(id, result);
    let chats = call.world.tasks.get(&task).is_some_and(|task| task.card == Card::New);
    if chats {
        call.world.announce(task, call.caller, "added a result of the task", call.now);
    }
    json!({ "item": item })
}

fn row(call: &CallV3<'_>, result: &TaskResult) -> Map<String, Value> {
    let mine = result.author == call.caller;
    let row = json!({
        "id": result.id,
        "taskId": result.task,
        "text": result.text,
        "authorId": result.author,
        "createdAt": moment::iso(result.created, call.zone),
        "updatedAt": result.updated.map(|at| moment::iso(at, call.zone)),
        "status": if result.open { "open" } else { "closed" },
        "fileIds": [],
        "rights": { "edit": mine, "remove": mine },
        "messageId": result.message,
    });
    row.as_object().cloned().unwrap_or_default()
}
