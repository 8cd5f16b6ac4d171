//! `tasks.task.history.list`: what was changed in a task, newest first. A task that does not exist has no history, one
//! that may not be seen refuses.

use serde_json::{Value, json};

use super::names::upper_keys;
use super::reach;
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::history::Change;
use crate::world::moment;

pub(super) fn list(call: &mut Call<'_>) -> Outcome {
    let id = reach::task_id(call, "taskId")?;
    if !call.world.tasks.contains_key(&id) {
        return Ok(json!({ "list": [] }).into());
    }
    if reach::actions(call, id).is_none() {
        return Err(Refusal::new(400, "0", "Access denied."));
    }
    let filter = upper_keys(call.params.array("filter")?);
    let order = upper_keys(call.params.array("order")?);
    let field = filter.get("FIELD").and_then(lenient::text);
    let of = |change: &&Change| {
        change.task == id && field.as_deref().is_none_or(|field| change.field.as_ref() == field)
    };
    let mut found: Vec<&Change> = call.world.history.iter().filter(of).collect();
    found.sort_by_key(|change| (change.at, change.id));
    let up = order.values().filter_map(lenient::text).any(|way| way.eq_ignore_ascii_case("asc"));
    if !up {
        found.reverse();
    }
    let rows: Vec<Value> = found.into_iter().map(|change| row(call, change)).collect();
    Ok(json!({ "list": rows }).into())
}

fn row(call: &Call<'_>, change: &Change) -> Value {
    let user = call.world.users.get(&change.by).map(|user| {
        json!({
            "id": user.id,
            "name": user.name,
            "lastName": user.last_name,
            "secondName": user.second_name,
            "login": user.email,
        })
    });
    json!({
        "id": change.id,
        "createdDate": moment::iso(change.at, call.zone),
        "field": change.field,
        "value": { "from": change.from, "to": change.to },
        "user": user,
    })
}
