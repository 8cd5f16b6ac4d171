//! What became of the tasks: one record, or a row for each id in the order of the question.

use b24_model::TaskId;
use schemars::JsonSchema;
use serde::Serialize;

use super::{After, Before};
use crate::{
    Permit, Refusal,
    batch::{Batch, Outcome, Told},
    input::OneOrMany,
    link,
    record::task::{Task, status_word},
};

/// What became of the tasks.
pub type Answer = Told<One, Many>;

/// One task. Besides its fields there is one named after the verb, and true: `completed`.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct One {
    #[serde(flatten)]
    #[schemars(skip)]
    done: Done,
    id: u64,
    title: String,
    status: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    status_name: Option<&'static str>,
    responsible_id: Option<u64>,
    /// It was so before; nothing was changed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
    link: String,
}

/// `{"completed": true}`.
struct Done(&'static str);

impl Serialize for Done {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, &true)?;
        map.end()
    }
}

/// A batch: one row for each id, in their order.
pub type Many = Batch<Where, Row>;

/// Where to look at the tasks of a batch.
#[derive(Serialize, JsonSchema)]
pub struct Where {
    /// Address of a task; put the id in.
    link: String,
}

/// One of a batch.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    task_id: u64,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "i64")]
    status: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u64")]
    responsible_id: Option<u64>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    error: Option<String>,
}

/// Tells what became of what was asked for.
pub(super) fn answer<E: b24_model::effect::EffectKind>(
    asked: &OneOrMany<TaskId>,
    past: &'static str,
    before: &Before,
    mut now: After,
    permit: &Permit<E>,
) -> Result<Answer, Refusal> {
    match asked {
        OneOrMany::One(id) => {
            let (already, task) = match now.remove(id) {
                Some(outcome) => (false, outcome?),
                None => {
                    (true, known(before, *id).ok_or_else(|| Refusal::internal(&"a planned task is gone"))?)
                }
            };
            Ok(Answer::One(One {
                done: Done(past),
                id: task.id.get(),
                title: task.title,
                status: task.status,
                status_name: task.status.map(status_word),
                responsible_id: task.responsible_id.map(b24_model::UserId::get),
                already,
                link: link::task(permit, *id),
            }))
        }
        OneOrMany::Many(ids) => {
            let rows = ids.iter().map(|id| row(*id, before, &now)).collect();
            Ok(Answer::Many(Batch::of(past, Where { link: link::task_pattern(permit) }, rows)))
        }
    }
}

impl Outcome for Row {
    fn is_ok(&self) -> bool {
        self.ok
    }
}

fn known(before: &Before, id: TaskId) -> Option<Task> {
    Task::read(before.get(&id)?.as_ref().ok()?)
}

fn row(id: TaskId, before: &Before, now: &After) -> Row {
    let (task, already, error) = match (now.get(&id), before.get(&id)) {
        (Some(Ok(task)), _) => (Some(task.clone()), false, None),
        (Some(Err(refusal)), _) | (None, Some(Err(refusal))) => (None, false, Some(refusal.to_string())),
        (None, Some(Ok(row))) => (Task::read(row), true, None),
        (None, None) => (None, false, Some(format!("task {id} was not looked at"))),
    };
    Row {
        task_id: id.get(),
        ok: error.is_none(),
        status: task.as_ref().and_then(|task| task.status),
        responsible_id: task.and_then(|task| task.responsible_id).map(b24_model::UserId::get),
        already,
        error,
    }
}
