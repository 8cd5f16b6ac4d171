//! Tasks, read before they are changed: so that the plan can name them, and "not there" is told apart
//! from "not allowed" by state and not by the portal's wording.

use std::collections::{BTreeMap, BTreeSet};

use b24_model::{Method, TaskId, effect::Read};
use b24_rest::{CallError, Reply, methods::task};
use serde_json::{Map, Value, json};

use crate::{
    Code, Reader, Refusal, Target,
    input::OneOrMany,
    record::{params, task::Task},
};

/// One task's record, by the fields asked for.
pub(super) async fn one(
    id: TaskId,
    select: &[String],
    reader: &Reader,
) -> Result<Map<String, Value>, Refusal> {
    let (method, asked) = call(id, select);
    found(id, &reader.call(method, asked).await?)
}

/// The call that reads a task, to be answered with [`found`]; for batches of several reads.
pub(super) fn call(id: TaskId, select: &[String]) -> (&'static Method<Read>, Map<String, Value>) {
    (&task::GET, params(json!({ "taskId": id, "select": select })))
}

/// The tasks of a call together with the answer to something else, all in as few requests as possible. A task that is
/// asked for alone has to be there.
pub(super) async fn all_and(
    asked: &OneOrMany<TaskId>,
    select: &[String],
    other: (&'static Method<Read>, Map<String, Value>),
    reader: &Reader,
) -> Result<(BTreeMap<TaskId, Result<Map<String, Value>, Refusal>>, Result<Reply, CallError>), Refusal> {
    let ids: BTreeSet<TaskId> = asked.ids().into_iter().collect();
    let calls = ids.iter().map(|id| call(*id, select)).chain([other]).collect();
    let mut replies = reader.all(calls).await;
    let other = replies.pop().ok_or_else(|| Refusal::internal(&"a batch lost a command"))?;
    let read = |(id, reply): (TaskId, Result<Reply, _>)| {
        (id, reply.map_err(Refusal::from).and_then(|reply| found(id, &reply)))
    };
    let tasks: BTreeMap<_, _> = ids.into_iter().zip(replies).map(read).collect();
    match (asked, tasks.first_key_value()) {
        (OneOrMany::One(_), Some((_, Err(refusal)))) => Err(refusal.clone()),
        _ => Ok((tasks, other)),
    }
}

/// Several tasks' records, each with its own failure. Each task is read once, however often it is named.
pub(super) async fn many(
    ids: &[TaskId],
    select: &[String],
    reader: &Reader,
) -> BTreeMap<TaskId, Result<Map<String, Value>, Refusal>> {
    let ids: Vec<TaskId> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let asked = ids.iter().map(|id| params(json!({ "taskId": id, "select": select }))).collect();
    let replies = reader.each(&task::GET, asked).await;
    let read = |(id, reply): (TaskId, Result<Reply, _>)| {
        (id, reply.map_err(Refusal::from).and_then(|reply| found(id, &reply)))
    };
    ids.into_iter().zip(replies).map(read).collect()
}

/// The record of an answer. The portal says "there is none" and "you may not see it" alike, by `[]`.
pub(super) fn found(id: TaskId, reply: &Reply) -> Result<Map<String, Value>, Refusal> {
    Task::body(&reply.result).filter(|body| body.contains_key("id")).cloned().ok_or_else(|| {
        Refusal::new(
            Code::NOT_FOUND,
            format!("task {id} does not exist, or the acting person may not see it"),
        )
        .hint("look for it with `b24_task_list`")
    })
}

/// How a task is named in a plan.
pub(super) fn target(id: TaskId, row: &Map<String, Value>) -> Target {
    Target { kind: "task", id: id.get(), name: crate::record::text(row, "title") }
}

/// Field names for `select`.
pub(super) fn fields(names: &[&str]) -> Vec<String> {
    names.iter().map(ToString::to_string).collect()
}

/// Refuses more ids than a call takes.
pub(super) fn check_count(count: usize, cap: usize, most: usize, force: bool) -> Result<(), Refusal> {
    if count > most {
        return Err(Refusal::new(
            Code::BATCH_TOO_LARGE,
            format!("{count} records in one call; at most {most} are taken"),
        )
        .hint("split the list"));
    }
    if count > cap && !force {
        return Err(Refusal::new(
            Code::BATCH_TOO_LARGE,
            format!("{count} records in one call; at most {cap} without `force`"),
        )
        .hint("split the list, or, when the person means all of them, call again with `force: true`"));
    }
    Ok(())
}
