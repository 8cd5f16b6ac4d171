//! `task.dependence.add`, `.delete` and the older `task.item.getdependson`. Success is `[]`.

use serde_json::json;

use super::query::number;
use super::{Call, Method};
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::positional::{Signature, bind, integer};
use crate::world::link::Link;
use crate::world::rights;

const SCOPES: &[&str] = &["task"];

pub(super) const METHODS: &[Method] = &[
    Method { name: "task.dependence.add", scopes: SCOPES, run: add },
    Method { name: "task.dependence.delete", scopes: SCOPES, run: delete },
    Method { name: "task.item.getdependson", scopes: SCOPES, run: depends_on },
];

const DEPENDS_ON: Signature = Signature { name: "ctaskitem::getdependson", slots: &[integer("taskId")] };

fn add(call: &mut Call<'_>) -> Outcome {
    let (from, to) = ends(call)?;
    let kind = number::required(call, "linkType")?;
    let cannot = || Refusal::new(400, "ACTION_NOT_ALLOWED", "Unable to add a link between tasks");
    if call.world.links.iter().any(|link| link.from == from && link.to == to) {
        return Err(Refusal::new(400, "ILLEGAL_NEW_LINK", "A link between tasks already exists"));
    }
    // A chain that comes back to its beginning cannot be planned.
    if !(0..=3).contains(&kind) || !may_link(call, from, to) || call.world.leads(to, from) {
        return Err(cannot());
    }
    change(call, to, |links| links.push(Link { from, to, kind }));
    Ok(json!([]).into())
}

fn delete(call: &mut Call<'_>) -> Outcome {
    let (from, to) = ends(call)?;
    if !may_link(call, from, to) {
        return Err(Refusal::new(
            400,
            "ACTION_NOT_ALLOWED",
            "It is not possible to delete the dependency between tasks",
        ));
    }
    let known = call.world.links.iter().any(|link| link.from == from && link.to == to);
    if !known {
        return Err(Refusal::new(400, "ILLEGAL_NEW_LINK", "The dependency between tasks does not exist"));
    }
    change(call, to, |links| {
        links.retain(|link| !(link.from == from && link.to == to));
    });
    Ok(json!([]).into())
}

fn depends_on(call: &mut Call<'_>) -> Outcome {
    let task = bind(&DEPENDS_ON, call.params)?.id(0);
    let readable = call.world.tasks.get(&task);
    if !readable.is_some_and(|task| rights::role(call.world, task, call.caller).can_read()) {
        return Err(Refusal::core(
            "TASKS_ERROR_EXCEPTION_#1; Task not found or not accessible; \
             1/TE/TASK_NOT_FOUND_OR_NOT_ACCESSIBLE<br>",
        ));
    }
    let ids: Vec<String> = call.world.depends_on(task).iter().map(u64::to_string).collect();
    Ok(json!(ids).into())
}

/// Changes the links and writes what the later task depends on now into its history.
fn change(call: &mut Call<'_>, to: u64, with: impl FnOnce(&mut Vec<Link>)) {
    let shown = |call: &Call<'_>| {
        let ids: Vec<String> = call.world.depends_on(to).iter().map(u64::to_string).collect();
        Some(ids.join(",")).filter(|ids| !ids.is_empty())
    };
    let before = shown(call);
    with(&mut call.world.links);
    let values = (before, shown(call));
    call.world.note(to, call.caller, call.now, "DEPENDS_ON", values);
}

/// Whether the caller sees the one task and edits the other.
fn may_link(call: &Call<'_>, from: u64, to: u64) -> bool {
    let role = |id: u64| {
        let task = call.world.tasks.get(&id);
        task.map(|task| rights::role(call.world, task, call.caller))
    };
    from != to
        && role(from).is_some_and(rights::Role::can_read)
        && role(to).is_some_and(rights::Role::can_edit)
}

fn ends(call: &Call<'_>) -> Result<(u64, u64), Refusal> {
    Ok((number::id(call, "taskIdFrom")?, number::id(call, "taskIdTo")?))
}
