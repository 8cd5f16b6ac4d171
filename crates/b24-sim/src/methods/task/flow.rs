//! A task that is added to a flow takes from it what the request leaves out: assignee, group, deadline, control.

use serde_json::{Map, Value, json};

use crate::methods::Call;
use crate::wire::lenient;
use crate::world::flow::Flow;
use crate::world::moment;

/// Fills `fields` from the active flow of `FLOW_ID`; without one they stay as they are.
pub(super) fn fill(call: &Call<'_>, fields: &mut Map<String, Value>) {
    let flow = fields.get("FLOW_ID").and_then(lenient::id).and_then(|id| call.world.flows.get(&id));
    let Some(flow) = flow.filter(|flow| flow.active) else {
        return;
    };
    let deadline = call.now + jiff::SignedDuration::from_secs(flow.planned);
    let given = [
        ("RESPONSIBLE_ID", doer(call, flow).map(|id| json!(id))),
        ("GROUP_ID", Some(json!(flow.group))),
        ("DEADLINE", Some(json!(moment::iso(deadline, call.zone)))),
        ("TASK_CONTROL", Some(json!(flow.task_control))),
        ("ALLOW_CHANGE_DEADLINE", Some(json!(flow.change_deadline))),
    ];
    for (name, value) in given {
        if let Some(value) = value
            && fields.get(name).is_none_or(lenient::is_empty)
        {
            fields.insert(name.to_owned(), value);
        }
    }
}

/// The first person of the list, or the first who works in a department of it.
fn doer(call: &Call<'_>, flow: &Flow) -> Option<u64> {
    flow.responsible.as_array()?.iter().find_map(|pair| {
        let kind = pair.get(0)?.as_str()?;
        let id: u64 = pair.get(1)?.as_str()?.split(':').next()?.parse().ok()?;
        let mut people = call.world.users.values().filter(|user| user.active);
        let found = match kind {
            "user" => people.find(|user| user.id == id),
            "department" => people.find(|user| user.departments.contains(&id)),
            _ => None,
        };
        found.map(|user| user.id)
    })
}
