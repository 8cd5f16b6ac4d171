//! The one loop that sends, waits and repeats. It asks the pacer when, and the verdict whether; everything that
//! decides is elsewhere, and every wait is here.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use b24_model::{Effect, method::MethodFacts};
use bytes::Bytes;
use tokio::time::Instant;

use crate::{
    Brake, CallError, Deadline, Options, Patience, Reply,
    credential::Credential,
    dialect::{self, Raw},
    failure::Failure,
    file,
    pacer::{Held, Pacer},
    redirect,
    send::{Incoming, Outgoing, Sender},
    signals::Signals,
    verdict::{Repeat, Verdict, verdict},
};

/// What is sent: one call, or a batch of them.
pub(crate) struct Request<'a> {
    /// The method of the envelope.
    pub(crate) facts: &'a MethodFacts,
    /// Whether all of it may run twice.
    pub(crate) repeat: Repeat,
    pub(crate) body: Bytes,
    pub(crate) idempotency_key: Option<&'a str>,
    /// The methods whose running time it uses.
    pub(crate) charged: &'a [&'static str],
    /// Who may hold it back.
    pub(crate) brake: Option<&'a dyn Brake>,
}

/// The way to one portal with one credential.
pub(crate) struct Line {
    pub(crate) credential: Credential,
    pub(crate) signals: Signals,
    pub(crate) sender: Sender,
    pub(crate) timeout: Duration,
    pacer: Mutex<Pacer>,
    patience: Patience,
    since: Instant,
}

/// What the tries of one request have come to so far.
#[derive(Default)]
struct Tries {
    failed: u32,
    turned_away: u32,
    may_have_run: bool,
    last: Option<Failure>,
}

impl Line {
    pub(crate) fn new(credential: Credential, options: &Options) -> Result<Self, crate::ConnectError> {
        let webhook = credential.current();
        let sender = Sender::new(options, webhook.is_plain_http())?;
        Ok(Self {
            signals: Signals::of(webhook.host().as_str()),
            credential,
            sender,
            pacer: Mutex::new(Pacer::new(options.limits)),
            patience: options.patience,
            timeout: options.timeout,
            since: Instant::now(),
        })
    }

    /// The time, as the pacer is told it.
    pub(crate) fn now(&self) -> Duration {
        self.since.elapsed()
    }

    pub(crate) fn pacer(&self) -> MutexGuard<'_, Pacer> {
        self.pacer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sends `request` until it is answered, refused, or no longer worth it; never past `deadline`.
    ///
    /// The answer holds no link that opens something by itself.
    pub(crate) async fn exchange(
        &self,
        request: &Request<'_>,
        deadline: Deadline,
    ) -> Result<Reply, CallError> {
        let mut reply = self.exchange_openly(request, deadline).await?;
        file::withhold(&mut reply.result);
        Ok(reply)
    }

    /// [`Line::exchange`] with the links still in the answer, for whoever follows them here.
    pub(crate) async fn exchange_openly(
        &self,
        request: &Request<'_>,
        deadline: Deadline,
    ) -> Result<Reply, CallError> {
        let attempt = || async {
            let reply = self.once(request, deadline).await?;
            self.learn(request.facts.name, &reply);
            Ok(reply)
        };
        self.persist(request, deadline, attempt).await
    }

    /// Makes attempts until one succeeds, or none is worth it any more; never past `deadline`.
    pub(crate) async fn persist<T, F>(
        &self,
        request: &Request<'_>,
        deadline: Deadline,
        attempt: impl Fn() -> F,
    ) -> Result<T, CallError>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        let mut tries = Tries::default();
        let mut pause = Duration::ZERO;
        loop {
            let wait = match self.wait(request, pause, deadline) {
                Ok(wait) => wait,
                Err(held) => return Err(tries.end(request, Some(held))),
            };
            let waiting = self.signals.waits(wait);
            if !wait.is_zero() {
                tracing::debug!(
                    wait_ms = wait.as_millis(),
                    tries = tries.failed + tries.turned_away,
                    "Waiting for the portal"
                );
                tokio::time::sleep(wait).await;
                // Whoever sleeps may oversleep. What is not begun is known not to have run.
                if deadline.has_passed() {
                    let late = CallError::Deadline { method: request.facts.name };
                    return Err(tries.end(request, Some(late)));
                }
            }
            drop(waiting);
            if let Err(stop) = request.brake.map_or(Ok(()), |brake| brake.check(request.facts.effect)) {
                let stopped = CallError::Stopped { method: request.facts.name, stop };
                return Err(tries.end(request, Some(stopped)));
            }
            let sent = Instant::now();
            let answer = attempt().await;
            self.signals.took(sent.elapsed());
            self.signals.answered(request.facts.name, answer.as_ref().err());
            let failure = match answer {
                Ok(answer) => return Ok(answer),
                Err(failure) => self.feed_back(request, failure),
            };
            let verdict = verdict(&failure, request.repeat);
            self.signals.judged(&verdict);
            match tries.after(failure, verdict, &self.patience) {
                Some(next) => pause = next,
                None => return Err(tries.end(request, None)),
            }
        }
    }

    /// How long to wait before the next try, the wait `pause` included. Books the request.
    fn wait(
        &self,
        request: &Request<'_>,
        pause: Duration,
        deadline: Deadline,
    ) -> Result<Duration, CallError> {
        let method = request.facts.name;
        let remaining = deadline.remaining();
        let patience = remaining.checked_sub(pause).filter(|left| !left.is_zero());
        let Some(patience) = patience else {
            return Err(CallError::Deadline { method });
        };
        let mut pacer = self.pacer();
        let admitted = pacer.admit(self.now() + pause, request.charged, patience);
        self.signals.room(pacer.room(self.now()));
        drop(pacer);
        match admitted {
            Ok(wait) => Ok(pause + wait),
            Err(Held::Requests(wait)) => Err(CallError::Limited { method, wait }),
            Err(Held::RunningTime(wait)) => Err(CallError::Overtime { method, wait }),
        }
    }

    /// One try, with at most one step to where the portal has moved.
    async fn once(&self, request: &Request<'_>, deadline: Deadline) -> Result<Reply, Failure> {
        let method = request.facts.name;
        let here = self.credential.current();
        let address = here.expose(request.facts.dialect, method);
        let incoming = self.post(&address, request, deadline).await?;
        if !incoming.is_redirect() {
            return dialect::read(method, &self.raw(incoming));
        }
        let location = incoming.location.as_deref().unwrap_or_default();
        let host = redirect::judge(&address, location)?;
        let moved = |why| Failure::Moved { to: format!("`{host}`"), why };
        let there = self.credential.on(host.clone()).map_err(|_| moved("it cannot hold this webhook"))?;
        let incoming = self.post(&there.expose(request.facts.dialect, method), request, deadline).await?;
        if incoming.is_redirect() {
            return Err(moved("it redirects once more"));
        }
        let answer = dialect::read(method, &self.raw(incoming));
        // Only a place that speaks the protocol is where the portal lives now.
        if !matches!(answer, Err(Failure::Garbled { .. })) {
            tracing::warn!(from = %here.host(), to = %there.host(), "The portal has moved; its address should be changed in the configuration");
            self.credential.settle(there);
        }
        answer
    }

    async fn post(
        &self,
        address: &str,
        request: &Request<'_>,
        deadline: Deadline,
    ) -> Result<Incoming, Failure> {
        let outgoing = Outgoing {
            body: request.body.clone(),
            idempotency_key: request.idempotency_key,
            timeout: (self.timeout + sending_time(request.body.len())).min(deadline.remaining()),
        };
        self.sender.post(address, outgoing, &|text| self.credential.mask_text(text)).await
    }

    fn raw(&self, incoming: Incoming) -> Raw {
        let Incoming { status, retry_after, body, .. } = incoming;
        Raw { status, retry_after, body: self.credential.mask(body) }
    }

    /// Remembers what an answer says about the budgets.
    pub(crate) fn learn(&self, method: &'static str, reply: &Reply) {
        if let Some(timing) = &reply.time {
            let now = self.now();
            let mut pacer = self.pacer();
            pacer.learn(now, method, timing);
            self.tell_share(&pacer, now, method);
        }
    }

    /// The portal refused `method` for its running time. Says how long that lasts, if it is known.
    pub(crate) fn overtime(&self, method: &'static str) -> Option<Duration> {
        let now = self.now();
        let mut pacer = self.pacer();
        let wait = pacer.overtime(now, method);
        self.tell_share(&pacer, now, method);
        wait
    }

    /// Tells the budgets as they are now: they change while nobody calls.
    pub(crate) fn tell_budgets(&self) {
        let now = self.now();
        let pacer = self.pacer();
        self.signals.room(pacer.room(now));
        pacer.shares(now).for_each(|(method, share)| self.signals.operating(method, share));
    }

    fn tell_share(&self, pacer: &Pacer, now: Duration, method: &'static str) {
        let share = pacer.shares(now).find(|(name, _)| *name == method);
        share.into_iter().for_each(|(method, share)| self.signals.operating(method, share));
    }

    /// Tells the pacer what a failure says about the budgets, and takes from it what the portal left out.
    fn feed_back(&self, request: &Request<'_>, failure: Failure) -> Failure {
        if matches!(failure, Failure::TurnedAway { .. }) {
            let now = self.now();
            self.pacer().turned_away(now);
        }
        failure.with_wait(|| self.overtime(request.facts.name))
    }
}

impl Incoming {
    fn is_redirect(&self) -> bool {
        matches!(self.status, 301 | 302 | 307 | 308)
    }
}

impl Tries {
    /// Counts a failed try. Says how long to pause before the next one, or that there is none.
    fn after(&mut self, failure: Failure, verdict: Verdict, patience: &Patience) -> Option<Duration> {
        self.may_have_run |= failure.may_have_run();
        let turned_away = matches!(failure, Failure::TurnedAway { .. } | Failure::Overtime { .. });
        self.last = Some(failure);
        let counted = if turned_away { &mut self.turned_away } else { &mut self.failed };
        *counted += 1;
        if self.failed >= patience.tries || self.turned_away >= patience.turned_away {
            return None;
        }
        match verdict {
            Verdict::Wait(wait) => Some(wait),
            Verdict::BackOff => Some(patience.pause(self.failed + self.turned_away, chance())),
            // A webhook has nothing to renew. An OAuth grant will be renewed here, once.
            Verdict::RenewOnce | Verdict::Unsettled | Verdict::GiveUp => None,
        }
    }

    /// The error of a request that is not tried again; `held` is what keeps it from another try, if not the last one.
    fn end(self, request: &Request<'_>, held: Option<CallError>) -> CallError {
        let method = request.facts.name;
        let reads = request.facts.effect == Effect::Read;
        match (self.last, held) {
            // The answer to a read was waited for until the deadline: that says more than "no answer".
            (Some(Failure::Silent { late: true, .. }), Some(held @ CallError::Deadline { .. })) if reads => {
                held
            }
            // Whoever stopped it says more than the portal that turned it away before.
            (_, Some(stopped @ CallError::Stopped { .. })) if !self.may_have_run || reads => stopped,
            (Some(last), _) => last.into_error(request.facts, self.may_have_run && !reads),
            (None, held) => held.unwrap_or(CallError::Deadline { method }),
        }
    }
}

/// What a long body is allowed to take on its way, at 256 KiB a second.
fn sending_time(bytes: usize) -> Duration {
    Duration::from_secs(u64::try_from(bytes / (256 * 1024)).unwrap_or(u64::MAX).min(3600))
}

/// Any number. Without a source of chance the pauses are merely less spread.
fn chance() -> u64 {
    getrandom::u64().unwrap_or_default()
}
