//! `tasks.flow.Flow.get` and `.isExists`.

use serde_json::{Value, json};

use super::refused;
use crate::methods::Call;
use crate::methods::query::number;
use crate::wire::answer_v2::Outcome;
use crate::wire::lenient;
use crate::world::flow::Flow;

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let id = number::id(call, "flowId")?;
    let flow = call.world.flows.get(&id);
    let flow = flow.ok_or_else(|| refused("Flow not found"))?;
    Ok(row(flow).into())
}

/// Whether another flow has this name; `id` is the flow that may have it.
pub(super) fn exists(call: &mut Call<'_>) -> Outcome {
    let data = call.params.required_array("flowData")?;
    let name = data.get("name").and_then(lenient::text).unwrap_or_default();
    let own = data.get("id").and_then(lenient::id);
    Ok(json!({ "exists": taken(call, &name, own) }).into())
}

/// Whether a flow other than `own` is called `name`.
pub(super) fn taken(call: &Call<'_>, name: &str, own: Option<u64>) -> bool {
    let mut flows = call.world.flows.values();
    flows.any(|flow| flow.name == name && Some(flow.id) != own)
}

pub(super) fn row(flow: &Flow) -> Value {
    json!({
        "id": flow.id,
        "creatorId": flow.creator,
        "ownerId": flow.owner,
        "groupId": flow.group,
        "templateId": flow.template,
        "efficiency": 0,
        "active": flow.active,
        "plannedCompletionTime": flow.planned,
        // Of all dates this one comes in UTC.
        "activity": flow.activity.strftime("%Y-%m-%dT%H:%M:%S+00:00").to_string(),
        "name": flow.name,
        "description": flow.description,
        "distributionType": flow.distribution,
        "responsibleList": flow.responsible,
        "demo": false,
        "responsibleCanChangeDeadline": flow.change_deadline,
        "matchWorkTime": flow.match_work_time,
        "taskControl": flow.task_control,
        "notifyAtHalfTime": flow.notify_half_time,
        "notifyOnQueueOverflow": flow.notify_queue,
        "notifyOnTasksInProgressOverflow": flow.notify_progress,
        "notifyWhenEfficiencyDecreases": flow.notify_efficiency,
        "taskCreators": flow.creators,
        "team": flow.responsible,
        "trialFeatureEnabled": false,
    })
}
