//! `tasks.task.getaccess`: what people may do with a task.

use serde_json::{Map, Value, json};

use super::nested::action_map;
use super::reach;
use crate::methods::Call;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::rights::{self, Actions};

pub(super) fn access(call: &mut Call<'_>) -> Outcome {
    let id = reach::task_id(call, "taskId")?;
    let users = match call.params.get("users") {
        None | Some(Value::Null) => vec![call.caller],
        Some(value @ (Value::Array(_) | Value::Object(_))) => lenient::ids(value),
        Some(value) => return Err(Refusal::wrong_type(value, "users")),
    };
    let task = call.world.tasks.get(&id).filter(|_| reach::actions(call, id).is_some());
    let Some(task) = task else {
        return Ok(json!({ "allowedActions": [] }).into());
    };
    let allowed = users.into_iter().map(|user| {
        let known = call.world.users.contains_key(&user);
        let actions = if known { rights::actions(call.world, task, user) } else { Actions::default() };
        let favorite = task.favorite_of.contains(&user);
        let map: Map<String, Value> =
            action_map(&actions, favorite).into_iter().map(|(name, yes)| (shout(&name), yes)).collect();
        (user.to_string(), Value::Object(map))
    });
    Ok(json!({ "allowedActions": allowed.collect::<Map<_, _>>() }).into())
}

/// `changeDeadline` is `CHANGE_DEADLINE` here, and `edit.plan` is `EDIT.PLAN`.
fn shout(name: &str) -> String {
    if name.contains('.') { name.to_ascii_uppercase() } else { super::names::upper(name) }
}
