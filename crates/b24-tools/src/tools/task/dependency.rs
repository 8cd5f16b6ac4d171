//! Links between tasks: one waits for another. What its tools share.
//!
//! The type of a link can be written and never be read: no documented method tells it.

pub mod add;
pub mod list;
pub mod remove;

mod links; // what a task waits for, and what waits for it

use std::collections::{BTreeMap, BTreeSet};

use b24_model::{
    Method, TaskId,
    effect::{Covers, EffectKind, Read},
};
use b24_rest::{CallError, Reply, methods::task};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value, json};

pub(super) use links::{Before, Links, before, successors_call, told};

use super::{lookup, roster, settle};
use crate::{
    Code, Permit, Reader, Refusal, Target,
    batch::Outcome,
    filter::WireFilter,
    input::{OneOrMany, shorten},
    record::{params, text},
};

/// More links than this need `force`.
const CAP: usize = 50;
/// More than this are never taken.
const MOST: usize = 500;

/// The tasks of a call.
#[derive(Default)]
pub struct Ends {
    /// The later task, as the portal shows it.
    to: Map<String, Value>,
    /// The earlier tasks that are there.
    from: roster::Roster,
    /// Those that the portal shows as linked already.
    linked: BTreeSet<TaskId>,
}

/// Refuses too many links, and a task that would wait for itself.
fn check(to: TaskId, from: &[TaskId], force: bool) -> Result<(), Refusal> {
    lookup::check_count(from.len(), CAP, MOST, force)?;
    if from.contains(&to) {
        return Err(Refusal::invalid(format!("task {to} cannot depend on itself: `taskIdFrom` holds {to}"))
            .hint("leave it out; nothing was done"));
    }
    Ok(())
}

/// Reads both ends, and with `links` which of them are linked now.
async fn ends(to: TaskId, from: &OneOrMany<TaskId>, links: bool, reader: &Reader) -> Result<Ends, Refusal> {
    let mut ids = from.ids();
    ids.sort_unstable();
    ids.dedup();
    let card = (&task::GET, params(json!({ "taskId": to, "select": ["ID", "TITLE"] })));
    let names = roster::calls(ids.iter().copied());
    let count = names.len();
    let shown = ids.iter().filter(|_| links).map(|from| link_call(*from, to));
    let mut replies = reader.all([card].into_iter().chain(names).chain(shown).collect()).await.into_iter();
    let card = replies.next().ok_or_else(|| Refusal::internal(&"an answer is missing"))?;
    let to = lookup::found(to, &card?)?;
    let found = roster::read(replies.by_ref().take(count))?;
    let linked = ids.iter().zip(replies).filter(|(_, reply)| is_shown(reply)).map(|(id, _)| *id).collect();
    if let OneOrMany::One(id) = from
        && !found.contains_key(id)
    {
        return Err(stranger(*id));
    }
    Ok(Ends { to, from: found, linked })
}

/// The call that tells whether `to` is among the tasks that wait for `from`.
fn link_call(from: TaskId, to: TaskId) -> (&'static Method<Read>, Map<String, Value>) {
    roster::that_pass(WireFilter::of([("ID", to.into()), ("DEPENDS_ON", from.into())]))
}

fn is_shown(reply: &Result<Reply, CallError>) -> bool {
    reply.as_ref().ok().and_then(|reply| roster::page(reply).ok()).is_some_and(|page| !page.is_empty())
}

/// Which of these links the portal shows now. Used for links whose call got no answer.
async fn shown_now(from: &[TaskId], to: TaskId, reader: &Reader) -> BTreeSet<TaskId> {
    if from.is_empty() {
        return BTreeSet::new();
    }
    let replies = reader.all(from.iter().map(|from| link_call(*from, to)).collect()).await;
    from.iter().zip(replies).filter(|(_, reply)| is_shown(reply)).map(|(id, _)| *id).collect()
}

impl Ends {
    fn to_title(&self) -> Option<String> {
        text(&self.to, "title")
    }

    fn title(&self, from: TaskId) -> Option<String> {
        self.from.get(&from).map(|task| task.title.clone())
    }

    /// Whether the portal lets the acting person change the later task. `None` when it does not say.
    fn may_edit(&self) -> Option<bool> {
        let action = b24_rest::wire::map(self.to.get("action")?)?;
        action.get("edit").and_then(b24_rest::wire::yes)
    }

    fn targets(&self, to: TaskId) -> Vec<Target> {
        let name = |title: &str| Some(format!("{} → task {to}", shorten(title, 60)));
        let target = |(id, task): (&TaskId, &crate::record::task::Task)| Target {
            kind: "link from task",
            id: id.get(),
            name: name(&task.title),
        };
        self.from.iter().map(target).collect()
    }
}

fn stranger(id: TaskId) -> Refusal {
    Refusal::new(Code::NOT_FOUND, format!("task {id} does not exist, or the acting person may not see it"))
        .hint("look for it with `b24_task_list`")
}

/// What no documented method tells.
pub(super) const NO_TYPES: &str =
    "the types of links (finish-start and so on) cannot be read back by any documented method";

/// The portal's word for a link that is there already (adding), or is not there (removing).
const ILLEGAL: &str = "ILLEGAL_NEW_LINK";

/// Whether the portal refused with this word: as its code, or, on some portals, in its sentence. It is never localised.
fn says(error: &CallError, word: &str) -> bool {
    match error {
        CallError::Refused(refusal) | CallError::Credential(refusal) => {
            refusal.code.as_str().eq_ignore_ascii_case(word) || refusal.message.contains(word)
        }
        _ => false,
    }
}

/// One of a batch.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    task_id_from: u64,
    ok: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    title: Option<String>,
    /// They were linked before; nothing was changed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[schemars(with = "bool")]
    already: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "String")]
    error: Option<String>,
}

impl Outcome for Row {
    fn is_ok(&self) -> bool {
        self.ok
    }
}

/// What became of one link: `Ok(false)` when nothing had to be done.
type Linked = Result<bool, Refusal>;

/// What became of each link that could be tried.
struct Tried(BTreeMap<TaskId, Linked>);

impl Tried {
    /// Calls the portal for every earlier task that is there, once each. What went wrong is judged by the tool, which is
    /// told whether the portal shows the link now where a call got no answer.
    async fn each<E, M>(
        permit: &Permit<E>,
        method: &'static Method<M>,
        calls: impl Fn(TaskId) -> Value,
        (to, found): (TaskId, &Ends),
        judge: impl Fn(TaskId, CallError, bool) -> Linked,
    ) -> Self
    where
        E: EffectKind + Covers<M> + Covers<Read>,
        M: EffectKind,
    {
        let open: Vec<TaskId> = found.from.keys().copied().collect();
        let asked = open.iter().map(|from| params(calls(*from))).collect();
        let replies = permit.each(method, asked).await;
        let silent = |reply: &Result<_, CallError>| reply.as_ref().is_err_and(settle::is_open);
        let doubtful: Vec<TaskId> =
            open.iter().zip(&replies).filter(|(_, reply)| silent(reply)).map(|(id, _)| *id).collect();
        let now = shown_now(&doubtful, to, &permit.reader()).await;
        let judged = |(from, reply): (TaskId, Result<Reply, CallError>)| match reply {
            Ok(_) => (from, Ok(true)),
            Err(error) => (from, judge(from, error, now.contains(&from))),
        };
        Self(open.into_iter().zip(replies).map(judged).collect())
    }

    fn of(&self, from: TaskId) -> Linked {
        self.0.get(&from).cloned().unwrap_or_else(|| Err(stranger(from)))
    }

    fn rows(&self, ids: &[TaskId], found: &Ends) -> Vec<Row> {
        ids.iter().map(|id| row(*id, found.title(*id), &self.of(*id))).collect()
    }
}

fn row(from: TaskId, title: Option<String>, linked: &Linked) -> Row {
    Row {
        task_id_from: from.get(),
        ok: linked.is_ok(),
        title,
        already: linked.as_ref().is_ok_and(|changed| !changed),
        error: linked.as_ref().err().map(ToString::to_string),
    }
}
