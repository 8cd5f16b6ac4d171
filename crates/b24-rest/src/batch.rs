//! Many calls in one request: the classic `batch`, with chunks of 50 commands and an answer for each.
//!
//! It decides which calls ride together and hands every one of them its own answer. Joining calls of different
//! callers is the coalescer's work, which will sit above this.

mod chunk;
mod decode;
mod encode;

use b24_model::{
    Effect, Method, Scope,
    effect::{Read, Write},
    method::MethodFacts,
};
use bytes::Bytes;

use crate::{Call, CallError, Deadline, Portal, Reply, exchange::Request, verdict::Repeat};
use chunk::Rider;
use decode::Row;

/// A batch of reads.
static READS: Method<Read> = Method::classic("batch", Scope::BASIC);
/// A batch with at least one write.
static WRITES: Method<Write> = Method::classic("batch", Scope::BASIC);

type Answer = Result<Reply, CallError>;

/// Answers for `calls`, one for each, in the same order. `tell` learns after each request how many there are by then.
pub(crate) async fn run(
    portal: &Portal,
    calls: &[Call],
    deadline: Deadline,
    tell: &(dyn Fn(usize) + Sync),
) -> Vec<Answer> {
    let mut answers: Vec<Option<Answer>> = vec![None; calls.len()];
    let mut plan = chunk::plan(calls);
    for (place, error) in plan.refused {
        answers[place] = Some(Err(error));
    }
    let mut hopeless = None;
    for riders in plan.riders.chunks(chunk::SIZE) {
        if let Some(error) = &hopeless {
            refuse(riders, calls, error, &mut answers);
        } else if let [only] = riders {
            plan.alone.push(only.place);
        } else {
            hopeless = ride(portal, riders, calls, deadline, &mut answers, &mut plan.alone).await;
            tell(settled(&answers));
        }
    }
    for place in plan.alone {
        let answer = match &hopeless {
            Some(error) => Err(error.for_method(calls[place].facts().name)),
            None => portal.call_quietly(&calls[place], deadline).await,
        };
        // Whoever stopped one of them stopped the rest, even if they would let the next one go.
        if let Err(stopped @ CallError::Stopped { .. }) = &answer {
            hopeless = Some(stopped.clone());
        }
        answers[place] = Some(answer);
        tell(settled(&answers));
    }
    let lost = |place: usize| Err(lost(calls[place].facts()));
    answers.into_iter().enumerate().map(|(place, answer)| answer.unwrap_or_else(|| lost(place))).collect()
}

fn settled(answers: &[Option<Answer>]) -> usize {
    answers.iter().flatten().count()
}

/// Sends one chunk and hands out its answers. Calls that turn out not to be allowed are added to `alone`.
///
/// Says what makes further chunks hopeless, if something does.
async fn ride(
    portal: &Portal,
    riders: &[Rider],
    calls: &[Call],
    deadline: Deadline,
    answers: &mut [Option<Answer>],
    alone: &mut Vec<usize>,
) -> Option<CallError> {
    let (riders, blocked) = within_running_time(portal, riders, calls, deadline);
    for (place, error) in blocked {
        answers[place] = Some(Err(error));
    }
    let keys = if riders.len() > 1 { encode::keys(riders.len()) } else { None };
    let Some(keys) = keys else {
        alone.extend(riders.iter().map(|rider| rider.place));
        return None;
    };
    let reply = match send(portal, &riders, &keys, calls, deadline).await {
        Ok(reply) => reply,
        Err(error) => {
            riders.iter().for_each(|rider| {
                answers[rider.place] = Some(Err(befallen(&error, calls[rider.place].facts())));
            });
            let hopeless = matches!(
                error,
                CallError::Credential(_) | CallError::Unreachable { .. } | CallError::Stopped { .. }
            );
            return hopeless.then_some(error);
        }
    };
    let results = decode::Results::new(&reply.result, riders.len());
    for (place, (rider, key)) in riders.iter().zip(&keys).enumerate() {
        let call = &calls[rider.place];
        match results.row(place, key, call.facts().name) {
            Row::NotAllowed => alone.push(rider.place),
            row => answers[rider.place] = Some(settle(portal, call, row)),
        }
    }
    None
}

async fn send(
    portal: &Portal,
    riders: &[&Rider],
    keys: &[String],
    calls: &[Call],
    deadline: Deadline,
) -> Answer {
    let inside = || riders.iter().map(|rider| &calls[rider.place]);
    let reads = inside().all(|call| call.effect() == Effect::Read);
    let facts = if reads { READS.facts() } else { WRITES.facts() };
    let mut charged: Vec<_> = inside().map(|call| call.facts().name).chain([facts.name]).collect();
    charged.sort_unstable();
    charged.dedup();
    let request = Request {
        facts,
        repeat: if reads { Repeat::Safe } else { Repeat::Unsafe },
        body: Bytes::from(encode::envelope(keys, riders)),
        idempotency_key: None,
        charged: &charged,
        brake: portal.brake(),
    };
    tracing::debug!(commands = riders.len(), "Sending a batch");
    portal.line().signals.batch(riders.len());
    portal.line().exchange(&request, deadline).await
}

/// What a row means for its call.
fn settle(portal: &Portal, call: &Call, row: Row) -> Answer {
    let (line, facts) = (portal.line(), call.facts());
    match row {
        Row::Done(reply) => {
            line.signals.answered(facts.name, None);
            line.learn(facts.name, &reply);
            Ok(reply)
        }
        Row::Failed(failure) => {
            line.signals.answered(facts.name, Some(&failure));
            let failure = failure.with_wait(|| line.overtime(facts.name));
            let unsettled = failure.may_have_run() && facts.effect != Effect::Read;
            Err(failure.into_error(facts, unsettled))
        }
        Row::Lost | Row::NotAllowed => Err(lost(facts)),
    }
}

/// Riders whose methods have running time left before the deadline, and the others with their error.
fn within_running_time<'a>(
    portal: &Portal,
    riders: &'a [Rider],
    calls: &[Call],
    deadline: Deadline,
) -> (Vec<&'a Rider>, Vec<(usize, CallError)>) {
    let (line, remaining) = (portal.line(), deadline.remaining());
    let (now, pacer) = (line.now(), line.pacer());
    let mut blocked = Vec::new();
    let mut free = Vec::with_capacity(riders.len());
    for rider in riders {
        let method = calls[rider.place].facts().name;
        let wait = pacer.running_time(now, method);
        if wait > remaining {
            blocked.push((rider.place, CallError::Overtime { method, wait }));
        } else {
            free.push(rider);
        }
    }
    (free, blocked)
}

fn refuse(riders: &[Rider], calls: &[Call], error: &CallError, answers: &mut [Option<Answer>]) {
    for rider in riders {
        answers[rider.place] = Some(Err(error.for_method(calls[rider.place].facts().name)));
    }
}

/// What became of one command when the whole batch failed.
fn befallen(error: &CallError, facts: &MethodFacts) -> CallError {
    match error {
        // The batch held a write, which is why it was not repeated; this command is a read and changed nothing.
        CallError::Unsettled { status, cause, .. } if facts.effect == Effect::Read => {
            CallError::NoAnswer { method: facts.name, status: *status, cause: cause.clone() }
        }
        error => error.for_method(facts.name),
    }
}

/// A command of which the answer says nothing at all.
fn lost(facts: &MethodFacts) -> CallError {
    let (method, status) = (facts.name, Some(200));
    let cause = crate::Cause::new("the answer to the batch has no row for it");
    match facts.effect {
        Effect::Read => CallError::NoAnswer { method, status, cause },
        Effect::Write | Effect::Destroy => CallError::Unsettled { method, status, cause },
    }
}
