//! What the tools have in common that do one thing to every task of a call: read them, leave alone those that are so
//! already, change the others in as few requests as possible, look once more where the answer leaves it open.
//!
//! Verbs of a task's life have states, and are at home in `transition`.

use std::collections::BTreeMap;

use b24_model::{Method, TaskId, effect::Write};
use b24_rest::CallError;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use super::{lookup, settle};
use crate::{
    Code, Permit, Reader, Refusal, Target,
    batch::{Batch, Outcome, Told},
    input::OneOrMany,
    link,
    record::{
        task::{Task, status_word},
        text,
    },
};

/// More tasks than this need `force`.
const CAP: usize = 25;
/// More than this are never taken.
const MOST: usize = 500;

/// A task's record.
pub(super) type Record = Map<String, Value>;
/// The tasks as they were, each with its own failure.
pub(super) type Before = BTreeMap<TaskId, Result<Record, Refusal>>;
/// What became of the tasks: what is told of each, and whether it was so before.
pub(super) type Became<T> = BTreeMap<TaskId, Result<(T, bool), Refusal>>;

/// Reads the tasks of a call. One that is not there fails the call; one of a list fails alone.
pub(super) async fn read(
    asked: &OneOrMany<TaskId>,
    force: Option<bool>,
    select: &[&str],
    reader: &Reader,
) -> Result<Before, Refusal> {
    let ids = asked.ids();
    check_count(ids.len(), force)?;
    let select = lookup::fields(select);
    Ok(match asked {
        OneOrMany::One(id) => BTreeMap::from([(*id, Ok(lookup::one(*id, &select, reader).await?))]),
        OneOrMany::Many(_) => lookup::many(&ids, &select, reader).await,
    })
}

/// Refuses more tasks than a call takes.
pub(super) fn check_count(count: usize, force: Option<bool>) -> Result<(), Refusal> {
    lookup::check_count(count, CAP, MOST, force == Some(true))
}

/// The tasks that `is_so` does not hold for: the ones that would be changed, with the values of `field` before.
pub(super) fn open(
    before: &Before,
    field: &str,
    is_so: impl Fn(&Record) -> bool,
) -> (Vec<Target>, Map<String, Value>) {
    let open =
        before.iter().filter_map(|(id, row)| Some((*id, row.as_ref().ok().filter(|row| !is_so(row))?)));
    let old = |row: &Record| row.get(&crate::filter::camel(field)).cloned().unwrap_or(Value::Null);
    let values = open.clone().map(|(id, row)| (id.to_string(), serde_json::json!({ field: old(row) })));
    (open.clone().map(|(id, row)| lookup::target(id, row)).collect(), values.collect())
}

/// One thing to do to every task.
pub(super) struct Deed<'a> {
    /// The method, and what it is told about a task.
    pub(super) method: &'static Method<Write>,
    pub(super) params: &'a (dyn Fn(TaskId) -> Record + Sync),
    /// How it looks when it is done, and the fields that show it.
    pub(super) is_so: &'a (dyn Fn(&Record) -> bool + Sync),
    pub(super) select: &'a [&'a str],
    /// The participle for a refusal, and what to do then: `delegated`.
    pub(super) past: &'static str,
    pub(super) otherwise: &'static str,
}

impl Deed<'_> {
    /// Does it to those that are not so yet. Answers each task's record as it is then, and whether it was so before.
    pub(super) async fn run(
        &self,
        asked: &OneOrMany<TaskId>,
        before: &Before,
        permit: &Permit<Write>,
    ) -> Became<Record> {
        let mut became = Became::new();
        let mut open = Vec::new();
        for (id, row) in before {
            match row {
                Ok(row) if !(self.is_so)(row) => open.push((*id, row)),
                Ok(row) => drop(became.insert(*id, Ok((row.clone(), true)))),
                Err(refusal) => drop(became.insert(*id, Err(refusal.clone()))),
            }
        }
        let replies = match (asked, open.as_slice()) {
            (_, []) => Vec::new(),
            (OneOrMany::One(_), [(id, _)]) => vec![permit.call(self.method, (self.params)(*id)).await],
            _ => permit.each(self.method, open.iter().map(|(id, _)| (self.params)(*id)).collect()).await,
        };
        let mut doubtful = Vec::new();
        for ((id, row), reply) in open.into_iter().zip(replies) {
            let shown = reply.as_ref().ok().and_then(|reply| match &reply.result {
                // Some methods answer "yes" and no more.
                Value::Bool(true) => Some(row.clone()),
                result => Task::body(result).filter(|now| (self.is_so)(now)).cloned(),
            });
            match (shown, reply) {
                (Some(now), _) => drop(became.insert(id, Ok((now, false)))),
                (None, Err(error)) if !settle::is_open(&error) => {
                    became.insert(id, Err(self.refused(id, error, row)));
                }
                (None, reply) => doubtful.push((id, reply.err())),
            }
        }
        let ids: Vec<TaskId> = doubtful.iter().map(|(id, _)| *id).collect();
        let mut seen = settle::look(&ids, self.select, &permit.reader()).await;
        for (id, error) in doubtful {
            became.insert(id, self.seen(id, error, seen.remove(&id)));
        }
        became
    }

    /// What a look at the task says, when the answer did not.
    fn seen(
        &self,
        id: TaskId,
        error: Option<CallError>,
        now: Option<Result<Record, Refusal>>,
    ) -> Result<(Record, bool), Refusal> {
        match (now, error) {
            (Some(Ok(now)), _) if (self.is_so)(&now) => Ok((now, false)),
            (Some(Ok(_)), Some(_)) => Err(settle::not_there(id)),
            (_, Some(error)) => Err(error.into()),
            (_, None) => Err(Refusal::new(
                Code::ACTION_NOT_ALLOWED,
                format!("the portal took the call, but task {id} does not show that it was {}", self.past),
            )
            .hint(self.otherwise)),
        }
    }

    /// The portal has one sentence for every reason.
    fn refused(&self, id: TaskId, error: CallError, row: &Record) -> Refusal {
        let CallError::Refused(said) = &error else { return error.into() };
        if !matches!(said.code.as_str(), "0" | "1" | "1048582" | "1048584") {
            return error.into();
        }
        let state = row.get("status").and_then(b24_rest::wire::int).map(status_word);
        let state = state.map(|word| format!(", which is {word},")).unwrap_or_default();
        let sentence = format!("task {id}{state} cannot be {} by the acting person", self.past);
        Refusal::new(Code::ACTION_NOT_ALLOWED, sentence).hint(self.otherwise)
    }
}

/// What became of the tasks.
pub(super) type Answer<T> = Told<One<T>, Batch<Where, Row<T>>>;

/// One task.
#[derive(Serialize, JsonSchema)]
pub struct One<T> {
    #[serde(flatten)]
    told: T,
    id: u64,
    title: Option<String>,
    /// It was so before; nothing was changed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
    link: String,
}

/// Where to look at the tasks of a batch.
#[derive(Serialize, JsonSchema)]
pub struct Where {
    /// Address of a task; put the id in.
    link: String,
}

/// One of a batch.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row<T> {
    task_id: u64,
    ok: bool,
    #[serde(flatten)]
    told: Option<T>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    error: Option<String>,
}

impl<T> Outcome for Row<T> {
    fn is_ok(&self) -> bool {
        self.ok
    }
}

/// Tells it: one record, or a row for each id in the order of the question.
pub(super) fn answer<T: Clone>(
    asked: &OneOrMany<TaskId>,
    past: &'static str,
    before: &Before,
    mut became: Became<T>,
    permit: &Permit<Write>,
) -> Result<Answer<T>, Refusal> {
    let missing = |id: TaskId| Refusal::internal(&format!("task {id} was not looked at"));
    match asked {
        OneOrMany::One(id) => {
            let (told, already) = became.remove(id).unwrap_or_else(|| Err(missing(*id)))?;
            let title = before.get(id).and_then(|row| text(row.as_ref().ok()?, "title"));
            Ok(Told::One(One { told, id: id.get(), title, already, link: link::task(permit, *id) }))
        }
        OneOrMany::Many(ids) => {
            let row = |id: &TaskId| match became.get(id).cloned().unwrap_or_else(|| Err(missing(*id))) {
                Ok((told, already)) => {
                    Row { task_id: id.get(), ok: true, told: Some(told), already, error: None }
                }
                Err(refusal) => {
                    let error = Some(refusal.to_string());
                    Row { task_id: id.get(), ok: false, told: None, already: false, error }
                }
            };
            let rows = ids.iter().map(row).collect();
            Ok(Told::Many(Batch::of(past, Where { link: link::task_pattern(permit) }, rows)))
        }
    }
}
