//! Answers to calls that take one id or a list: the record itself, or the envelope of a batch with one row for
//! each id in the order of the question.

use std::collections::BTreeMap;

use b24_model::{
    Method,
    effect::{Covers, EffectKind},
};
use b24_rest::{CallError, Reply};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::{Permit, Refusal, input::OneOrMany};

/// The answer to a call with one id, or with a list of them.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Told<One, Many> {
    /// One record.
    One(One),
    /// A batch.
    Many(Many),
}

/// Whether one of a batch went well.
pub trait Outcome {
    /// It did.
    fn is_ok(&self) -> bool;
}

/// The answer to a call with a list of ids.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Batch<About, Row> {
    batch: bool,
    verb: &'static str,
    #[serde(flatten)]
    about: About,
    total: usize,
    ok: usize,
    failed: usize,
    results: Vec<Row>,
}

impl<About, Row: Outcome> Batch<About, Row> {
    /// Counts the rows.
    pub(crate) fn of(verb: &'static str, about: About, results: Vec<Row>) -> Self {
        let ok = results.iter().filter(|row| row.is_ok()).count();
        Self { batch: true, verb, about, total: results.len(), ok, failed: results.len() - ok, results }
    }
}

/// What became of each id of a call. An id is touched once, however often it is named, and told each time.
pub(crate) type Fates<Id> = BTreeMap<Id, Result<(), Refusal>>;

/// A writing method called once for each id, in as few requests as possible.
pub(crate) struct Sent<Id> {
    replies: Vec<(Id, Result<Reply, CallError>)>,
}

impl<Id: Copy + Ord> Sent<Id> {
    pub(crate) async fn each<E, M>(
        permit: &Permit<E>,
        method: &'static Method<M>,
        ids: &[Id],
        asked: impl Fn(Id) -> Map<String, Value>,
    ) -> Self
    where
        E: EffectKind + Covers<M>,
        M: EffectKind,
    {
        let replies = permit.each(method, ids.iter().map(|id| asked(*id)).collect()).await;
        Self { replies: ids.iter().copied().zip(replies).collect() }
    }

    /// The ids whose calls got no answer: they may have run, and are worth a look at how things are now.
    pub(crate) fn open(&self) -> Vec<Id> {
        let open = |(_, reply): &&(Id, Result<_, CallError>)| reply.as_ref().is_err_and(is_open);
        self.replies.iter().filter(open).map(|(id, _)| *id).collect()
    }

    /// What became of each. `judge` says what the look showed of an open one; what even the look cannot tell stays
    /// unsettled. `refuse` puts the portal's "no" into words.
    pub(crate) fn settle(
        self,
        judge: impl Fn(Id) -> Option<Result<(), Refusal>>,
        refuse: impl Fn(Id, CallError) -> Refusal,
    ) -> Fates<Id> {
        let fate = |(id, reply): (Id, Result<Reply, CallError>)| {
            let fate = match reply {
                Ok(_) => Ok(()),
                Err(error) if is_open(&error) => judge(id).unwrap_or_else(|| Err(error.into())),
                Err(error) => Err(refuse(id, error)),
            };
            (id, fate)
        };
        self.replies.into_iter().map(fate).collect()
    }
}

fn is_open(error: &CallError) -> bool {
    matches!(error, CallError::Unsettled { .. })
}

impl<One, About, Row: Outcome> Told<One, Batch<About, Row>> {
    /// The answer in the form of the question: the one record, or a row for each id in their order.
    pub(crate) fn of<Id: Copy>(
        asked: &OneOrMany<Id>,
        (verb, about): (&'static str, About),
        one: impl FnOnce(Id) -> Result<One, Refusal>,
        row: impl Fn(Id) -> Row,
    ) -> Result<Self, Refusal> {
        match asked {
            OneOrMany::One(id) => one(*id).map(Self::One),
            OneOrMany::Many(ids) => {
                Ok(Self::Many(Batch::of(verb, about, ids.iter().map(|id| row(*id)).collect())))
            }
        }
    }
}
