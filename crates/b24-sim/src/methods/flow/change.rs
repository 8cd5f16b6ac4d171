//! `tasks.flow.Flow.create`, `.update`, `.delete`, `.activate`, `.pin`. The last two are switches: they turn over.

use serde_json::{Map, Value, json};

use super::describe::{row, taken};
use super::refused;
use super::write::{apply, demand};
use crate::methods::Call;
use crate::methods::group::{blank, found_group};
use crate::methods::query::number;
use crate::wire::answer_v2::{Outcome, Refusal};
use crate::wire::lenient;
use crate::world::flow::Flow;
use crate::world::rights::is_admin;

const DEMANDED: [&str; 3] = ["plannedCompletionTime", "distributionType", "responsibleList"];

pub(super) fn create(call: &mut Call<'_>) -> Outcome {
    let data = call.params.required_array("flowData")?;
    demand(&data, &["name"])?;
    demand(&data, &DEMANDED)?;
    let mut flow = Flow {
        id: 0,
        name: String::new(),
        description: String::new(),
        creator: call.caller,
        owner: call.caller,
        group: 0,
        template: 0,
        active: true,
        planned: 0,
        activity: call.now,
        distribution: String::new(),
        responsible: json!([]),
        creators: json!([["meta-user", "all-users"]]),
        change_deadline: false,
        match_work_time: true,
        task_control: false,
        notify_half_time: false,
        notify_queue: None,
        notify_progress: None,
        notify_efficiency: None,
        pinned_by: Vec::new(),
    };
    apply(&mut flow, &data)?;
    unique(call, &flow)?;
    if flow.group == 0 {
        let group =
            crate::world::group::Group { name: flow.name.clone(), project: true, ..blank(call, flow.owner) };
        flow.group = found_group(call, group);
    }
    flow.id = call.world.next_flow();
    let answer = row(&flow);
    call.world.flows.insert(flow.id, flow);
    Ok(answer.into())
}

pub(super) fn update(call: &mut Call<'_>) -> Outcome {
    let (mut flow, data) = named(call)?;
    apply(&mut flow, &data)?;
    unique(call, &flow)?;
    flow.activity = call.now;
    let answer = row(&flow);
    call.world.flows.insert(flow.id, flow);
    Ok(answer.into())
}

pub(super) fn delete(call: &mut Call<'_>) -> Outcome {
    let (flow, _) = named(call)?;
    call.world.flows.remove(&flow.id);
    for task in call.world.tasks.values_mut().filter(|task| task.flow == flow.id) {
        task.flow = 0;
    }
    Ok(json!({ "deleted": true }).into())
}

pub(super) fn activate(call: &mut Call<'_>) -> Outcome {
    let id = number::id(call, "flowId")?;
    own(call, id)?;
    if let Some(flow) = call.world.flows.get_mut(&id) {
        flow.active = !flow.active;
    }
    Ok(json!(true).into())
}

/// Answers the new state. Of a flow that is not there the portal knows nothing better than "Unknown error".
pub(super) fn pin(call: &mut Call<'_>) -> Outcome {
    let id = number::id(call, "flowId")?;
    let caller = call.caller;
    let flow = call.world.flows.get_mut(&id);
    let flow = flow.ok_or_else(|| refused("Unknown error"))?;
    let pinned = !flow.pinned_by.contains(&caller);
    flow.pinned_by.retain(|user| *user != caller);
    if pinned {
        flow.pinned_by.push(caller);
    }
    Ok(json!(pinned).into())
}

/// The flow of `flowData.id`, and the rest of the data.
fn named(call: &Call<'_>) -> Result<(Flow, Map<String, Value>), Refusal> {
    let data = call.params.required_array("flowData")?;
    let id = data.get("id").and_then(lenient::id).unwrap_or(0);
    Ok((own(call, id)?, data))
}

/// A flow the caller runs: its owner, its creator, or an administrator.
fn own(call: &Call<'_>, id: u64) -> Result<Flow, Refusal> {
    let flow = call.world.flows.get(&id);
    let flow = flow.ok_or_else(|| refused("Flow not found"))?;
    let runs = [flow.owner, flow.creator].contains(&call.caller) || is_admin(call.world, call.caller);
    if runs { Ok(flow.clone()) } else { Err(refused("Access denied or flow not found")) }
}

fn unique(call: &Call<'_>, flow: &Flow) -> Result<(), Refusal> {
    if taken(call, &flow.name, Some(flow.id)) {
        Err(refused("A flow with this name already exists"))
    } else {
        Ok(())
    }
}
