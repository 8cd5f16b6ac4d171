//! The third gate: what is about to be written is recorded first. No receipt, no write.
//!
//! Where records are kept is the [`Recorder`]'s business; this crate only makes sure that it was asked.

use std::{future::Future, sync::Arc};

use b24_model::{
    Effect,
    effect::{Destroy, EffectKind, Read, Write},
};
use futures_util::future::BoxFuture;
use serde_json::{Map, Value};

use crate::{Caller, Code, Permit, Refusal, Target, gate::confirm::Confirmed, permit::Session};

/// What is about to be done.
#[derive(Clone, Copy, Debug)]
pub struct Intent<'a> {
    /// Who does it.
    pub caller: &'a Caller,
    /// Through which tool, or which part of one, by the name that the policy knows.
    pub tool: &'static str,
    /// With which effect.
    pub effect: Effect,
    /// To which records.
    pub targets: &'a [Target],
    /// What the values were before.
    pub before: &'a Map<String, Value>,
    /// The id that ties the call's lines together.
    pub request_id: &'a str,
}

/// The name under which an intent was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IntentId(pub String);

/// How a call ended.
#[derive(Clone, Copy, Debug)]
pub struct Outcome<'a> {
    /// The intent it belongs to; `None` for reads.
    pub intent: Option<&'a IntentId>,
    /// `ok`, or the code of the refusal.
    pub code: &'a str,
    /// How many REST calls were made.
    pub calls: u32,
}

/// The record could not be written.
#[derive(Debug, thiserror::Error)]
#[error("the record of calls cannot be written: {cause}")]
pub struct NotRecorded {
    /// Why, for the operator.
    pub cause: String,
}

/// Writes down what is done.
pub trait Recorder: Send + Sync {
    /// Records what is about to be done. The call is made only after this returned `Ok`.
    fn intent<'a>(&'a self, intent: Intent<'a>) -> BoxFuture<'a, Result<IntentId, NotRecorded>>;

    /// Records how it ended. A failure to do so is the recorder's to report: the call has been made.
    fn outcome<'a>(&'a self, outcome: Outcome<'a>) -> BoxFuture<'a, ()>;
}

/// Keeps no file: one log line for each write, before and after.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unrecorded;

impl Recorder for Unrecorded {
    fn intent<'a>(&'a self, intent: Intent<'a>) -> BoxFuture<'a, Result<IntentId, NotRecorded>> {
        let targets: Vec<u64> = intent.targets.iter().map(|target| target.id).collect();
        tracing::info!(
            tool.name = intent.tool,
            tool.effect = intent.effect.word(),
            caller = %intent.caller.label,
            targets = ?targets,
            "About to change the portal"
        );
        let id = IntentId(intent.request_id.to_owned());
        Box::pin(async move { Ok(id) })
    }

    fn outcome<'a>(&'a self, outcome: Outcome<'a>) -> BoxFuture<'a, ()> {
        if let Some(intent) = outcome.intent {
            tracing::info!(intent = %intent.0, outcome.code = outcome.code, rest.calls = outcome.calls, "Change settled");
        }
        Box::pin(async {})
    }
}

/// Proof that an intent was recorded. The only thing that a writing permit is made from.
struct Receipt {
    session: Arc<Session>,
    intent: IntentId,
}

impl Receipt {
    async fn take(confirmed: &Confirmed<'_>) -> Result<Self, Refusal> {
        let Confirmed { spec, name, visit, session, summary } = confirmed;
        let intent = Intent {
            caller: visit.caller,
            tool: name,
            effect: spec.effect,
            targets: &summary.targets,
            before: &summary.before,
            request_id: visit.request_id,
        };
        let intent = visit.recorder.intent(intent).await.map_err(|error| {
            tracing::error!(tool.name = name, error = %error, "A write was refused because it could not be recorded");
            Refusal::new(Code::NOT_RECORDED, "the change was not made, because it could not be recorded")
                .hint("tell the admin that the audit folder cannot be written; reading still works")
        })?;
        Ok(Self { session: Arc::clone(session), intent })
    }

    fn permit<E: EffectKind>(&self) -> Permit<E> {
        Permit::to_run(Arc::clone(&self.session))
    }
}

/// What has to be done once the call has ended.
pub struct Closing<'a> {
    recorder: &'a dyn Recorder,
    session: Arc<Session>,
    intent: Option<IntentId>,
}

impl Closing<'_> {
    pub(crate) async fn close(self, refusal: Option<&Refusal>) {
        let code = refusal.map_or("ok", |refusal| refusal.code());
        let calls = self.session.calls();
        self.recorder.outcome(Outcome { intent: self.intent.as_ref(), code, calls }).await;
    }
}

/// How each effect passes this gate: reads walk through, the others leave a record and get a receipt.
///
/// Sealed by [`EffectKind`].
pub trait Passage: EffectKind + Sized {
    /// Passes, or refuses because nothing could be recorded.
    #[doc(hidden)]
    #[expect(private_interfaces, reason = "only this crate calls it")]
    fn pass<'a>(
        confirmed: Confirmed<'a>,
    ) -> impl Future<Output = Result<(Permit<Self>, Closing<'a>), Refusal>> + Send;
}

#[expect(private_interfaces, reason = "only this crate calls it")]
impl Passage for Read {
    async fn pass<'a>(confirmed: Confirmed<'a>) -> Result<(Permit<Self>, Closing<'a>), Refusal> {
        let session = confirmed.session;
        let permit = Permit::to_run(Arc::clone(&session));
        Ok((permit, Closing { recorder: confirmed.visit.recorder, session, intent: None }))
    }
}

async fn with_receipt<'a, E: EffectKind>(
    confirmed: Confirmed<'a>,
) -> Result<(Permit<E>, Closing<'a>), Refusal> {
    let receipt = Receipt::take(&confirmed).await?;
    let permit = receipt.permit();
    let Receipt { session, intent } = receipt;
    Ok((permit, Closing { recorder: confirmed.visit.recorder, session, intent: Some(intent) }))
}

#[expect(private_interfaces, reason = "only this crate calls it")]
impl Passage for Write {
    async fn pass<'a>(confirmed: Confirmed<'a>) -> Result<(Permit<Self>, Closing<'a>), Refusal> {
        with_receipt(confirmed).await
    }
}

#[expect(private_interfaces, reason = "only this crate calls it")]
impl Passage for Destroy {
    async fn pass<'a>(confirmed: Confirmed<'a>) -> Result<(Permit<Self>, Closing<'a>), Refusal> {
        with_receipt(confirmed).await
    }
}
