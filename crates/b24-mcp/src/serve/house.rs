//! What every way in shares: the catalogue, the policy, the portal, and the one way to make a call.
//!
//! Knows nothing of HTTP and MCP. A call made here is answered whatever its tool does: hang, panic, or work on
//! after its caller has gone.

use std::{
    collections::BTreeMap,
    panic::AssertUnwindSafe,
    sync::{Arc, OnceLock},
    time::{Duration, Instant},
};

use b24_model::Effect;
use b24_rest::Deadline;
use futures_util::FutureExt;
use serde_json::{Map, Value};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::{Instrument, Span, field};

use b24_tools::{
    self, Answer, Brake, Caller, Catalogue, Code, Course, Form, Freeze, LinkDesk, Listing, Policy, Progress,
    Recorder, Refusal, Tenant, Unbraked, UnknownTool, Untold, View, Visit,
    complete::{self, Completion, Of},
    prompts::Language,
};

use super::{
    file::desk::{Desk, Tickets},
    reach::{Asked, Reach},
    receipt::Receipt,
    replay::{self, Again, Delivery, Joined, Key, Replays, Ticket},
};
use crate::{
    clock,
    config::Settings,
    door::visitor::Visitor,
    freeze::FreezeFile,
    redact,
    signals::Running,
    telemetry::trace::{self, Remote},
    tenant::Tenants,
};

/// How long after the deadline a tool is waited for: it should have answered by itself.
pub(super) const GRACE: Duration = Duration::from_secs(2);

/// How long somebody who types waits for what is offered.
const TYPING: Duration = Duration::from_secs(3);

/// The house.
pub(crate) struct House {
    pub(crate) catalogue: Catalogue,
    pub(crate) view: View,
    pub(crate) policy: Policy,
    pub(crate) tenants: Tenants,
    pub(crate) recorder: Box<dyn Recorder>,
    /// In which language prompts are said when nobody says one.
    pub(crate) language: Language,
    brake: Arc<dyn Brake>,
    /// How long a call may take.
    pub(crate) deadline: Duration,
    /// Calls that are running, with or without somebody waiting.
    pub(crate) running: TaskTracker,
    replays: Replays,
    /// Links that open a file once, when people can reach this server by a link.
    tickets: OnceLock<Arc<Tickets>>,
}

/// One call, as it came in.
pub(crate) struct Incoming {
    pub(crate) visitor: Visitor,
    /// What the request that brought it may reach.
    pub(crate) reach: Reach,
    /// What may stop it, and who is told how far it is.
    pub(crate) course: Course,
    pub(crate) request_id: String,
    pub(crate) name: String,
    pub(crate) arguments: Map<String, Value>,
    /// The client's own span, under which the call stands.
    pub(crate) trace: Option<Remote>,
    /// Who tells whether the answer was taken. `None`: whoever gets it here has taken it.
    pub(crate) receipt: Option<Receipt>,
    /// Cancelled when nobody waits for the answer any more.
    pub(crate) gone: CancellationToken,
}

impl House {
    /// A house with all tools.
    pub(crate) fn new(settings: &Settings, tenants: Tenants) -> Self {
        let freeze = settings.data.path.as_deref().map(FreezeFile::in_folder);
        Self {
            catalogue: Catalogue::standard(),
            view: settings.view.clone(),
            policy: settings.policy.clone(),
            tenants,
            recorder: Box::new(b24_tools::Unrecorded),
            language: settings.language,
            brake: freeze.map_or_else(|| Arc::new(Unbraked) as Arc<dyn Brake>, |file| Arc::new(file)),
            deadline: settings.deadline,
            running: TaskTracker::new(),
            replays: Replays::default(),
            tickets: OnceLock::new(),
        }
    }

    /// From now on links that open a file once may be given out; they begin with `base`.
    pub(crate) fn give_out_links(&self, base: String) {
        let _ = self.tickets.set(Tickets::new(base));
    }

    /// The links that nobody has opened yet.
    pub(super) fn tickets(&self) -> Option<&Arc<Tickets>> {
        self.tickets.get()
    }

    /// The portal that a visitor works in, with a desk for links to files when there is one. A link may reach what the
    /// request may that asks for it.
    pub(super) fn tenant(&self, visitor: &Visitor, reach: &Reach) -> Result<Tenant, Refusal> {
        let mut tenant = self.tenants.of(visitor)?;
        tenant.links = self.tickets().map(|tickets| {
            let (tickets, portal) = (Arc::clone(tickets), tenant.portal.host().clone());
            let desk = Desk { tickets, visitor: visitor.clone(), reach: reach.clone(), portal };
            Arc::new(desk) as Arc<dyn LinkDesk>
        });
        Ok(tenant)
    }

    /// The tools that are shown to whoever may do all that the server allows.
    pub(crate) fn listed(&self) -> Vec<Listing> {
        self.catalogue.list(&self.view, &self.policy)
    }

    /// What a visitor may reach who asks for no more than this.
    pub(crate) fn reach(&self, visitor: &Visitor, asked: &Asked) -> Reach {
        Reach::of(&self.policy, &self.view, &visitor.narrowing, asked)
    }

    /// Who stopped all writes, if somebody did.
    pub(crate) fn frozen(&self) -> Option<Freeze> {
        self.brake.frozen()
    }

    /// The course of a call that begins now.
    pub(crate) fn course(&self, progress: Arc<dyn Progress>) -> Course {
        Course::new(Arc::clone(&self.brake), progress)
    }

    /// Offers values for an argument that somebody is typing. `None`: nothing has such an argument.
    pub(crate) async fn complete(
        &self,
        visitor: &Visitor,
        reach: &Reach,
        of: Of<'_>,
        argument: (&str, &str),
        given: &BTreeMap<String, String>,
    ) -> Option<Completion> {
        let tenant = self.tenants.of(visitor).ok()?;
        let visit = Visit {
            caller: &visitor.caller,
            tenant: &tenant,
            policy: &reach.policy,
            form: Form::of(&reach.view),
            course: &self.course(Arc::new(Untold)),
            recorder: self.recorder.as_ref(),
            now: clock::now(),
            deadline: Deadline::after(TYPING.min(self.deadline)),
            request_id: "",
        };
        let (name, typed) = argument;
        complete::complete(&self.catalogue, &visit, of, name, typed, given).await
    }

    /// Makes a call and answers it, by the deadline at the latest.
    ///
    /// A name that no tool has is told before the portal is looked for: it is wrong in front of any portal.
    pub(crate) async fn call(self: &Arc<Self>, call: Incoming) -> Result<Answer, UnknownTool> {
        let started = Instant::now();
        let running = Running::begin();
        let span = span_of(&call.request_id, &call.visitor.caller, call.trace.as_ref());
        let (name, effect) = match self.catalogue.look_up(&call.name) {
            Ok(found) => found,
            Err(unknown) => {
                running.end_unknown();
                tracing::info!(parent: &span, tool.name = %unknown.name, outcome = "unknown-tool", "Tool called");
                return Err(unknown);
            }
        };
        span.record("tool.name", name);
        // The canonical name from here on: an alias is the same call.
        let call = Incoming { name: name.to_owned(), ..call };
        let answer = redact::answer(self.answer(call, effect).instrument(span.clone()).await?);
        running.end(name, effect, answer.code.as_deref(), started.elapsed());
        tracing::info!(
            parent: &span,
            tool.effect = effect.word(),
            outcome = answer.code.as_deref().unwrap_or("ok"),
            took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX),
            rest.calls = answer.calls,
            "Tool called"
        );
        Ok(answer)
    }

    async fn answer(self: &Arc<Self>, call: Incoming, effect: Effect) -> Result<Answer, UnknownTool> {
        let limit = self.deadline + GRACE;
        if effect == Effect::Read {
            let (house, gone) = (Arc::clone(self), call.gone.clone());
            let work = async move { house.visit(call).await };
            return match supervise(&self.running, work, limit, gone, true).await {
                End::Done(answered) => answered,
                End::Stopped(refusal) => Ok(Answer::refused(&refusal, 0)),
            };
        }
        let key = Key::of(&call.visitor.caller, &call.reach.policy, &call.name, &call.arguments);
        loop {
            let waiting = match self.replays.join(key, Instant::now()) {
                Joined::First(ticket) => return self.write(call, ticket, limit).await,
                Joined::Again(waiting) => waiting,
            };
            tracing::info!(tool.name = %call.name, "The same write is under way, or its answer was not taken");
            let gone = call.gone.clone();
            let told = supervise(&self.running, replay::again(waiting), limit, gone, false).await;
            return match told {
                End::Done(Again::Told(answer, delivery)) => {
                    hand_over(call.receipt.as_ref(), delivery);
                    Ok(answer)
                }
                End::Done(Again::NeverWas) => continue,
                End::Done(Again::Lost) => Ok(Answer::refused(&broken(), 0)),
                End::Stopped(refusal) => Ok(Answer::refused(&refusal, 0)),
            };
        }
    }

    /// Makes a write, and keeps its answer for the same call made again until somebody takes it.
    async fn write(
        self: &Arc<Self>,
        call: Incoming,
        ticket: Ticket,
        limit: Duration,
    ) -> Result<Answer, UnknownTool> {
        let (house, delivery) = (Arc::clone(self), ticket.delivery());
        let (receipt, gone, course) = (call.receipt.clone(), call.gone.clone(), call.course.clone());
        let work = async move {
            let answered = house.visit(call).await;
            if let Ok(answer) = &answered {
                // What was cancelled before it changed anything is as if it had not been called. What has changed
                // something tells that to the same call made again.
                let was_cancelled = answer.code.as_deref() == Some(Code::CANCELLED);
                if was_cancelled && !course.has_written() {
                    ticket.never_was();
                } else {
                    ticket.end(answer.clone(), Instant::now());
                }
            }
            answered
        };
        match supervise(&self.running, work, limit, gone, false).await {
            End::Done(answered) => {
                hand_over(receipt.as_ref(), delivery);
                answered
            }
            End::Stopped(refusal) => Ok(Answer::refused(&refusal, 0)),
        }
    }

    async fn visit(&self, call: Incoming) -> Result<Answer, UnknownTool> {
        let Incoming { visitor, reach, course, request_id, name, arguments, .. } = call;
        #[cfg(feature = "probe")]
        if let Some(answer) = super::probe::answer(&arguments) {
            return Ok(answer);
        }
        let tenant = match self.tenant(&visitor, &reach) {
            Ok(tenant) => tenant,
            Err(refusal) => return Ok(Answer::refused(&refusal, 0)),
        };
        let visit = Visit {
            caller: &visitor.caller,
            tenant: &tenant,
            policy: &reach.policy,
            form: Form::of(&reach.view),
            course: &course,
            recorder: self.recorder.as_ref(),
            now: clock::now(),
            deadline: Deadline::after(self.deadline),
            request_id: &request_id,
        };
        b24_tools::serve(&self.catalogue, visit, &name, arguments).await
    }
}

/// What stands on every line of a call, whoever writes it. Of the highest level, so that no line goes without it.
pub(super) fn span_of(request_id: &str, caller: &Caller, trace: Option<&Remote>) -> Span {
    let span = tracing::error_span!(
        parent: None,
        "call",
        request.id = %request_id,
        caller = %caller.label,
        tool.name = field::Empty,
        trace.id = field::Empty,
    );
    trace::follow(&span, trace);
    span
}

/// The answer is on its way, or with nobody to tell whether it arrives, taken.
fn hand_over(receipt: Option<&Receipt>, delivery: Delivery) {
    match receipt {
        Some(receipt) => receipt.expect(delivery),
        None => delivery.taken(),
    }
}

/// How supervised work ended.
pub(super) enum End<T> {
    Done(T),
    Stopped(Refusal),
}

/// Runs work so that it cannot take its caller down with it.
///
/// A read is dropped when nobody waits for it. A write is not: it runs to its own end, so that what it did is
/// recorded, and only its answer is lost.
pub(super) async fn supervise<T: Send + 'static>(
    running: &TaskTracker,
    work: impl Future<Output = T> + Send + 'static,
    limit: Duration,
    gone: CancellationToken,
    is_read: bool,
) -> End<T> {
    let mut task = running.spawn(AssertUnwindSafe(work).catch_unwind().in_current_span());
    let refusal = tokio::select! {
        joined = &mut task => match joined {
            Ok(Ok(done)) => return End::Done(done),
            Ok(Err(_)) | Err(_) => broken(),
        },
        () = gone.cancelled() => Refusal::new("CANCELLED", "the call was cancelled by its caller"),
        () = tokio::time::sleep(limit) => late(is_read),
    };
    if is_read {
        task.abort();
    }
    End::Stopped(refusal)
}

fn broken() -> Refusal {
    Refusal::new("INTERNAL", "the tool failed in a way it should not")
        .hint("read the record before trying again; if it stays, tell the admin")
}

fn late(is_read: bool) -> Refusal {
    if is_read {
        Refusal::new("DEADLINE_EXCEEDED", "the portal did not answer in time")
            .hint("ask for less, or try again later")
    } else {
        Refusal::new("WRITE_UNSETTLED", "the portal did not answer in time, and the change may still happen")
            .hint("read the record before trying again: the change may have been made")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn end(work: impl Future<Output = ()> + Send + 'static, limit: Duration, is_read: bool) -> String {
        match supervise(&TaskTracker::new(), work, limit, CancellationToken::new(), is_read).await {
            End::Done(_) => "done".into(),
            End::Stopped(refusal) => refusal.code().to_owned(),
        }
    }

    #[tokio::test]
    async fn a_tool_that_panics_or_hangs_is_answered() {
        let hour = Duration::from_secs(3600);
        assert_eq!(end(async { panic!("a test panics on purpose") }, hour, true).await, "INTERNAL");
        assert_eq!(end(std::future::pending(), Duration::ZERO, true).await, "DEADLINE_EXCEEDED");
        assert_eq!(end(std::future::pending(), Duration::ZERO, false).await, "WRITE_UNSETTLED");
        assert_eq!(end(async {}, hour, true).await, "done");
    }

    #[tokio::test]
    async fn a_cancelled_read_is_dropped_and_a_cancelled_write_runs_to_its_end() {
        for (is_read, runs_on) in [(true, false), (false, true)] {
            let (running, gone) = (TaskTracker::new(), CancellationToken::new());
            gone.cancel();
            let (release, wait) = tokio::sync::oneshot::channel::<()>();
            let (done, ran) = tokio::sync::oneshot::channel();
            let work = async move {
                wait.await.ok();
                done.send(()).ok();
            };
            let end = supervise(&running, work, Duration::from_secs(60), gone, is_read).await;
            assert!(matches!(end, End::Stopped(refusal) if refusal.code() == "CANCELLED"));
            release.send(()).ok();
            assert_eq!(ran.await.is_ok(), runs_on);
        }
    }
}
