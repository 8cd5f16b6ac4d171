//! One decoded call to its answer, in either dialect. Knows nothing of HTTP but the status.

use serde_json::Value;

use super::answer_v2::{self, Refusal};
use super::answer_v3::{self, RefusalV3};
use super::execute::{self, Barred, Caller};
use super::params::Params;
use super::reply::Reply;
use super::route::{Form, Target};
use super::time::Span;
use super::{batch, batch_v3, php};
use crate::methods;
use crate::portal::State;
use crate::traffic::SeenCommand;

/// A request taken apart.
pub(super) struct Incoming {
    pub(super) target: Target,
    pub(super) params: Decoded,
    pub(super) size: usize,
}

/// The parameters, by dialect.
pub(super) enum Decoded {
    Classic(Params),
    V3(Result<Value, RefusalV3>, Option<Keyed>),
}

/// The `Idempotency-Key` header and the body it stands for.
pub(super) struct Keyed {
    pub(super) key: Result<String, RefusalV3>,
    pub(super) body: Vec<u8>,
}

/// What came of running a call.
pub(super) struct Done {
    pub(super) reply: Reply,
    pub(super) ran: bool,
    pub(super) user: u64,
    pub(super) commands: Vec<SeenCommand>,
}

impl Done {
    fn new(reply: Reply, ran: bool, caller: Option<&Caller>) -> Self {
        Self { reply, ran, user: caller.map_or(0, |caller| caller.hook.user), commands: Vec::new() }
    }
}

pub(super) fn answer(state: &State, incoming: &Incoming) -> Done {
    let caller = Caller::of(state, incoming.target.webhook.as_ref());
    match &incoming.params {
        Decoded::Classic(params) => classic(state, &incoming.target, caller.as_ref(), params),
        Decoded::V3(params, keyed) => v3(state, &incoming.target, caller.as_ref(), params, keyed.as_ref()),
    }
}

fn classic(state: &State, target: &Target, caller: Result<&Caller, &Barred>, params: &Params) -> Done {
    let mut commands = Vec::new();
    let mut ran = false;
    let outcome = (|| {
        let caller = caller.map_err(|barred| barred.classic())?;
        let found = execute::admitted(caller, &target.method)?;
        if caller.over_rate {
            return Err(Refusal::query_limit());
        }
        if found.name == "batch" {
            let (answer, span, seen) = batch::answer(state, caller, params)?;
            commands = seen;
            ran = true;
            return Ok((answer, span));
        }
        let outcome = execute::run(state, caller, found, params, found.name);
        ran = outcome.as_ref().err().is_none_or(|refusal| refusal.code != "OPERATION_TIME_LIMIT");
        outcome
    })();
    let (status, body) = match outcome {
        Ok((answer, span)) => (200, answer_v2::success(answer, span.block(&state.zone))),
        Err(refusal) => (refusal.status, refusal.body(state.language)),
    };
    let reply = match target.form {
        Form::Json => Reply::json(status, body),
        Form::Xml => Reply::xml(status, body),
    };
    Done { commands, ..Done::new(reply, ran, caller.ok()) }
}

fn v3(
    state: &State,
    target: &Target,
    caller: Result<&Caller, &Barred>,
    params: &Result<Value, RefusalV3>,
    keyed: Option<&Keyed>,
) -> Done {
    let mut commands = Vec::new();
    let outcome = v3_outcome(state, target, caller, params, keyed, &mut commands);
    let (reply, ran) = outcome.unwrap_or_else(|refusal| {
        // A refused call has written nothing, so it counts as not run; a refused batch may have.
        let ran = commands.iter().any(|command| command.ran);
        (Reply::json(refusal.status, refusal.body(state.language)), ran)
    });
    Done { commands, ..Done::new(reply, ran, caller.ok()) }
}

fn v3_outcome(
    state: &State,
    target: &Target,
    caller: Result<&Caller, &Barred>,
    params: &Result<Value, RefusalV3>,
    keyed: Option<&Keyed>,
    commands: &mut Vec<SeenCommand>,
) -> Result<(Reply, bool), RefusalV3> {
    let caller = caller.map_err(|_| RefusalV3::bad_credential())?;
    let params = params.as_ref().map_err(Clone::clone)?;
    let written = |(result, span): (Value, Span)| {
        php::write(match methods::is_bare(&target.method) {
            true => result,
            false => answer_v3::success(result, span.block(&state.zone)),
        })
    };
    // No document names the key for a batch, which is no method that creates, modifies or deletes.
    if target.method == "batch" {
        if caller.over_rate {
            return Err(RefusalV3::query_limit());
        }
        let played = batch_v3::play(state, caller, params);
        *commands = played.commands;
        return Ok((Reply::written(200, written(played.outcome?)), true));
    }
    let method = execute::admitted_v3(caller, &target.method)?;
    // Reads ignore the key.
    let key = match keyed.filter(|_| method.writes) {
        Some(keyed) => Some((keyed.key.clone()?, &keyed.body)),
        None => None,
    };
    if caller.over_rate {
        return Err(RefusalV3::query_limit());
    }
    let run = || {
        let params = params.as_object().ok_or_else(RefusalV3::invalid_json)?;
        let (result, span) = execute::run_v3(state, caller, method, params, method.name)?;
        // A document of its own comes without the envelope.
        Ok(if crate::methods::is_bare(method.name) { php::write(result) } else { written((result, span)) })
    };
    let Some((key, body)) = key else {
        return Ok((Reply::written(200, run()?), true));
    };
    let place = (caller.index, target.method.clone(), key.clone());
    let now = state.clock.now();
    if let Some(answer) = state.replays().find(&place, body, now)? {
        return Ok((Reply::written(200, answer).keyed(&key, true), false));
    }
    let answer = run()?;
    state.replays().keep(place, body.clone(), answer.clone(), now);
    Ok((Reply::written(200, answer).keyed(&key, false), true))
}
