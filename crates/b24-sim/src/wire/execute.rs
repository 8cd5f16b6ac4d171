//! One call through the documented order of checks: credential, method, scope, rate, operating time, then the
//! method itself (argument binding, rights, business rule).

use std::sync::Arc;

use super::answer_v2::{Answer, Outcome, Refusal};
use super::answer_v3::{OutcomeV3, RefusalV3};
use super::params::Params;
use super::time::Span;
use crate::limits::Spent;
use crate::methods::{self, Call, CallV3, Method};
use crate::portal::State;
use crate::webhook::Webhook;

/// Who calls: a webhook and its place in the portal's list, which is what the limits are kept by.
pub(super) struct Caller {
    pub(super) index: usize,
    pub(super) hook: Arc<Webhook>,
    /// Whether the request came after the bucket was full.
    pub(super) over_rate: bool,
}

impl Caller {
    /// The webhook of the address, if it opens the portal. A dismissed person's does not.
    pub(super) fn of(state: &State, user: u64, secret: &str) -> Option<Self> {
        let now = state.clock.now();
        let (index, hook) = state.webhook(user, secret, now)?;
        let active = state.world().users.get(&user).is_some_and(|found| found.active);
        active.then(|| Self {
            index,
            hook,
            over_rate: !state.admit_request(now),
        })
    }

    fn has_scope(&self, any: &[&str]) -> bool {
        any.is_empty()
            || any
                .iter()
                .any(|scope| self.hook.scopes().iter().any(|own| own == scope))
    }
}

/// A classic method that exists and is in scope.
pub(super) fn admitted(caller: &Caller, method: &str) -> Result<&'static Method, Refusal> {
    let found = methods::find(method).ok_or_else(Refusal::method_not_found)?;
    if caller.has_scope(found.scopes) {
        Ok(found)
    } else {
        Err(Refusal::insufficient_scope())
    }
}

/// Runs an admitted classic method and charges its time to `book`, a method name.
pub(super) fn run(
    state: &State,
    caller: &Caller,
    method: &Method,
    params: &Params,
    book: &str,
) -> Result<(Answer, Span), Refusal> {
    let start = state.clock.now();
    if state.over_operating(caller.index, book, start) {
        return Err(Refusal::operation_time_limit());
    }
    let outcome: Outcome = {
        let mut world = state.world();
        (method.run)(&mut Call {
            world: &mut world,
            caller: caller.hook.user,
            scopes: caller.hook.scopes(),
            params,
            now: whole(start),
            zone: &state.zone,
            start_minus_one: state.start_minus_one,
        })
    };
    let spent = state.charge(caller.index, book, start);
    Ok((
        outcome?,
        Span {
            start,
            finish: state.clock.now(),
            spent,
        },
    ))
}

/// Whether a REST 3.0 method changes anything.
pub(super) fn writes_v3(method: &str) -> bool {
    methods::find_v3(method).is_some_and(|found| found.writes)
}

/// Runs a REST 3.0 method.
pub(super) fn run_v3(
    state: &State,
    caller: &Caller,
    method: &str,
    params: &serde_json::Value,
) -> Result<(serde_json::Value, Span), RefusalV3> {
    let found = methods::find_v3(method).ok_or_else(|| RefusalV3::method_not_found(method))?;
    if !caller.has_scope(found.scopes) {
        return Err(RefusalV3::insufficient_scope());
    }
    if caller.over_rate {
        return Err(RefusalV3::limited(503, "Too many requests"));
    }
    let start = state.clock.now();
    if state.over_operating(caller.index, method, start) {
        return Err(RefusalV3::limited(
            429,
            "Method is blocked due to operation time limit.",
        ));
    }
    let Some(params) = params.as_object() else {
        return Err(RefusalV3::invalid_json());
    };
    let outcome: OutcomeV3 = {
        let mut world = state.world();
        (found.run)(&mut CallV3 {
            world: &mut world,
            caller: caller.hook.user,
            params,
            now: whole(start),
            zone: &state.zone,
        })
    };
    let spent: Spent = state.charge(caller.index, method, start);
    Ok((
        outcome?,
        Span {
            start,
            finish: state.clock.now(),
            spent,
        },
    ))
}

/// Records keep whole seconds, as the portal's database does.
fn whole(moment: jiff::Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}
