//! One decoded call to its answer, in either dialect. Knows nothing of HTTP but the status.

use serde_json::Value;

use super::answer_v2::{self, Refusal};
use super::answer_v3::{self, RefusalV3};
use super::execute::{self, Caller};
use super::params::Params;
use super::reply::Reply;
use super::route::{Form, Target};
use super::{batch, php};
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
        Self {
            reply,
            ran,
            user: caller.map_or(0, |caller| caller.hook.user),
            commands: Vec::new(),
        }
    }
}

pub(super) fn answer(state: &State, incoming: &Incoming) -> Done {
    let webhook = incoming.target.webhook.as_ref();
    let caller = webhook.and_then(|(user, secret)| Caller::of(state, *user, secret));
    match &incoming.params {
        Decoded::Classic(params) => classic(state, &incoming.target, caller.as_ref(), params),
        Decoded::V3(params, keyed) => v3(state, &incoming.target, caller.as_ref(), params, keyed.as_ref()),
    }
}

fn classic(state: &State, target: &Target, caller: Option<&Caller>, params: &Params) -> Done {
    let mut commands = Vec::new();
    let mut ran = false;
    let outcome = (|| {
        let caller = caller.ok_or_else(|| match target.webhook {
            Some(_) => Refusal::invalid_credentials(),
            None => Refusal::no_auth(),
        })?;
        // `.xml` wraps the same tree in tags; until it is written, the address names no method.
        if target.form == Form::Xml {
            return Err(Refusal::method_not_found());
        }
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
        ran = outcome
            .as_ref()
            .err()
            .is_none_or(|refusal| refusal.code != "OPERATION_TIME_LIMIT");
        outcome
    })();
    let reply = match outcome {
        Ok((answer, span)) => Reply::json(200, answer_v2::success(answer, span.block(&state.zone))),
        Err(refusal) => Reply::json(refusal.status, refusal.body()),
    };
    Done {
        commands,
        ..Done::new(reply, ran, caller)
    }
}

fn v3(
    state: &State,
    target: &Target,
    caller: Option<&Caller>,
    params: &Result<Value, RefusalV3>,
    keyed: Option<&Keyed>,
) -> Done {
    // Reads ignore the key.
    let keyed = keyed.filter(|_| execute::writes_v3(&target.method));
    match v3_outcome(state, target, caller, params, keyed) {
        Ok((reply, ran)) => Done::new(reply, ran, caller),
        // A refused call has written nothing, so it counts as not run.
        Err(refusal) => Done::new(Reply::json(refusal.status, refusal.body()), false, caller),
    }
}

fn v3_outcome(
    state: &State,
    target: &Target,
    caller: Option<&Caller>,
    params: &Result<Value, RefusalV3>,
    keyed: Option<&Keyed>,
) -> Result<(Reply, bool), RefusalV3> {
    let caller = caller.ok_or_else(RefusalV3::bad_credential)?;
    let params = params.as_ref().map_err(Clone::clone)?;
    let run = || {
        let (result, span) = execute::run_v3(state, caller, &target.method, params)?;
        Ok(php::write(answer_v3::success(result, span.block(&state.zone))))
    };
    let Some(keyed) = keyed else {
        return Ok((Reply::written(200, run()?), true));
    };
    let key = keyed.key.clone()?;
    let place = (caller.index, target.method.clone(), key.clone());
    let now = state.clock.now();
    if let Some(body) = state.replays().find(&place, &keyed.body, now)? {
        return Ok((Reply::written(200, body).keyed(&key, true), false));
    }
    let body = run()?;
    state.replays().keep(place, keyed.body.clone(), body.clone(), now);
    Ok((Reply::written(200, body).keyed(&key, false), true))
}
