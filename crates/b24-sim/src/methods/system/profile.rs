//! `profile` and `user.admin`: the caller, without any scope.

use serde_json::{Value, json};

use crate::methods::Call;
use crate::wire::answer_v2::Outcome;
use crate::world::rights::is_admin;

pub(super) fn profile(call: &mut Call<'_>) -> Outcome {
    let Some(user) = call.world.users.get(&call.caller).filter(|user| user.active) else {
        return Ok(json!({}).into());
    };
    Ok(json!({
        "ID": user.id.to_string(),
        "ADMIN": user.admin,
        "NAME": user.name,
        "LAST_NAME": user.last_name,
        "PERSONAL_GENDER": user.gender,
        "TIME_ZONE": user.time_zone,
    })
    .into())
}

pub(super) fn admin(call: &mut Call<'_>) -> Outcome {
    Ok(Value::Bool(is_admin(call.world, call.caller)).into())
}
