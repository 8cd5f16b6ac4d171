//! Both directions of a task's links, as far as documented methods tell them.
//!
//! What waits for a task is found by the filter `DEPENDS_ON` of the task list. What a task waits for is told by
//! `dependsOn` of REST 3.0, and, where that is out of reach, by a deprecated method that some portals still have. Whether
//! both hold every link of a Gantt chart is not documented; `containsGanttLinks` tells when they do not.

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{
    CallError, Reply,
    methods::{dependence, task_v3},
    wire,
};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::{
    Reader, Refusal,
    filter::WireFilter,
    record::{params, task::Task},
    tools::task::roster,
};

/// What a task waits for.
pub(in crate::tools::task) struct Before {
    pub(in crate::tools::task) ids: Vec<TaskId>,
    /// Whether the task has any links at all, by the portal's own word.
    has_links: Option<bool>,
}

/// Asks what a task waits for: REST 3.0 alone, then the deprecated method.
pub(in crate::tools::task) async fn before(task: TaskId, reader: &Reader) -> Result<Before, Refusal> {
    let asked = params(json!({ "id": task, "select": ["id", "dependsOn", "containsGanttLinks"] }));
    let modern = match reader.call(&task_v3::GET, asked).await {
        Ok(reply) => reply,
        Err(error) => return old_way(task, error, reader).await,
    };
    let item = modern.result.get("item").unwrap_or(&modern.result);
    let ids = item.get("dependsOn").map_or(Some(Vec::new()), ids);
    let ids = ids.ok_or_else(|| Refusal::new(crate::Code::PORTAL_GARBLED, "`dependsOn` cannot be read"))?;
    Ok(Before { ids, has_links: item.get("containsGanttLinks").and_then(wire::yes) })
}

async fn old_way(task: TaskId, error: CallError, reader: &Reader) -> Result<Before, Refusal> {
    let reply = reader.call(&dependence::DEPENDS_ON, params(json!({ "TASKID": task }))).await;
    match reply.ok().and_then(|reply| ids(&reply.result)) {
        Some(ids) => Ok(Before { ids, has_links: None }),
        // The newer method is the one to be put right.
        None => Err(error.into()),
    }
}

/// Ids, as numbers, as text, or as the keys of records.
fn ids(value: &Value) -> Option<Vec<TaskId>> {
    let id = |value: &Value| {
        let number = value.as_object().map_or(Some(value), |record| record.get("id")).and_then(wire::id)?;
        TaskId::new(number).ok()
    };
    match value {
        Value::Null | Value::Bool(false) => Some(Vec::new()),
        rows => wire::rows(rows)?.into_iter().map(id).collect(),
    }
}

/// The call for what waits for a task.
pub(in crate::tools::task) fn successors_call(task: TaskId) -> (&'static Method<Read>, Map<String, Value>) {
    roster::that_pass(WireFilter::of([("DEPENDS_ON", task.into())]))
}

/// Both directions.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub(in crate::tools::task) struct Links {
    /// The ids of the tasks it waits for; null when they cannot be read.
    depends_on: Option<Vec<TaskId>>,
    /// The same as tasks, those that the acting person sees.
    predecessors: Vec<Task>,
    /// The tasks that wait for it; null when they cannot be read.
    successors: Option<Vec<Task>>,
}

impl Links {
    /// Whether there is any.
    pub(in crate::tools::task) fn is_some(&self) -> bool {
        self.depends_on.iter().flatten().next().is_some() || self.successors.iter().flatten().next().is_some()
    }
}

/// Puts together what was answered; the second half says what is missing, and why.
pub(in crate::tools::task) fn told(
    before: Result<Before, Refusal>,
    after: Result<Reply, CallError>,
    named: impl IntoIterator<Item = Result<Reply, CallError>>,
) -> (Links, Vec<String>) {
    let mut missing = Vec::new();
    let mut or_missing =
        |what: &str, refusal: Refusal| missing.push(format!("{what}: {}", refusal.told_whole()));
    let (ids, has_links) = match before {
        Ok(before) => (Some(before.ids), before.has_links),
        Err(refusal) => {
            or_missing("dependsOn", refusal);
            (None, None)
        }
    };
    let named = roster::read(named).unwrap_or_default();
    let after = after.map_err(Refusal::from).and_then(|reply| Ok((roster::page(&reply)?, reply.total)));
    let (successors, total) = match after {
        Ok((tasks, total)) => (Some(tasks), total),
        Err(refusal) => {
            or_missing("successors", refusal);
            (None, None)
        }
    };
    if let Some(total) = total.filter(|total| *total > 50) {
        missing.push(format!(
            "successors: the first 50 of {total}; list the rest with `b24_task_list` and the filter DEPENDS_ON"
        ));
    }
    let predecessors = ids.iter().flatten().filter_map(|id| named.get(id).cloned()).collect();
    let links = Links { depends_on: ids, predecessors, successors };
    if has_links == Some(true) && !links.is_some() {
        missing.push(
            "dependsOn: the task has links of a Gantt chart that the portal does not list over REST".into(),
        );
    }
    (links, missing)
}
