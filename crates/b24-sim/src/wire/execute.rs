//! One call through the documented order of checks: credential, method, scope, rate, operating time, then the
//! method itself (argument binding, rights, business rule).

use std::sync::Arc;

use serde_json::{Map, Value};

use super::answer_v2::{Answer, Outcome, Refusal};
use super::answer_v3::{OutcomeV3, RefusalV3};
use super::params::Params;
use super::time::Span;
use crate::methods::{self, Call, CallV3, Method, MethodV3};
use crate::portal::State;
use crate::webhook::Webhook;

/// Who calls: a webhook and its place in the portal's list, which is what the limits are kept by.
pub(super) struct Caller {
    pub(super) index: usize,
    pub(super) hook: Arc<Webhook>,
    /// Whether the request came after the bucket was full.
    pub(super) over_rate: bool,
    /// Whether the person is from outside the company (extranet).
    outsider: bool,
}

/// Why a credential opens nothing.
#[derive(Clone, Copy, Debug)]
pub(super) enum Barred {
    /// The address carries none.
    Nobody,
    /// No webhook answers to it.
    Unknown,
    /// The webhook's time is over.
    Expired,
    /// The person no longer works here.
    Dismissed,
}

impl Barred {
    /// The documents promise "an authorization error" for an expired webhook; the table has one of this name, "unable
    /// to authorize user", which fits a dismissed person as well.
    pub(super) fn classic(self) -> Refusal {
        match self {
            Self::Nobody => Refusal::no_auth(),
            Self::Unknown => Refusal::invalid_credentials(),
            Self::Expired | Self::Dismissed => Refusal::not_authorized(),
        }
    }
}

/// Parts of a portal that people from outside never see. Tasks, chats and groups are open to them.
const INTRANET_ONLY: [&str; 4] = ["crm", "department", "humanresources", "timeman"];

impl Caller {
    /// The webhook of the address, if it opens the portal. Counts the request when it does.
    pub(super) fn of(state: &State, webhook: Option<&(u64, String)>) -> Result<Self, Barred> {
        let (user, secret) = webhook.ok_or(Barred::Nobody)?;
        let now = state.clock.now();
        let (index, hook) = state.webhook(*user, secret).ok_or(Barred::Unknown)?;
        if hook.has_expired(now) {
            return Err(Barred::Expired);
        }
        let outsider = {
            let world = state.world();
            let person = world.users.get(user).filter(|found| found.active);
            person.ok_or(Barred::Dismissed)?.departments.is_empty()
        };
        Ok(Self { index, hook, over_rate: !state.admit_request(now), outsider })
    }

    fn has_scope(&self, any: &[&str]) -> bool {
        any.is_empty() || any.iter().any(|scope| self.hook.scopes().iter().any(|own| own == scope))
    }

    fn is_shut_out(&self, scopes: &[&str]) -> bool {
        self.outsider && scopes.iter().any(|scope| INTRANET_ONLY.contains(scope))
    }
}

/// A classic method that exists, is in scope, and open to the person.
pub(super) fn admitted(caller: &Caller, method: &str) -> Result<&'static Method, Refusal> {
    let found = methods::find(method).ok_or_else(Refusal::method_not_found)?;
    if !caller.has_scope(found.scopes) {
        return Err(Refusal::insufficient_scope());
    }
    if caller.is_shut_out(found.scopes) {
        return Err(Refusal::intranet_only());
    }
    Ok(found)
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
    let outcome = enter(state, caller.hook.user, caller.hook.scopes(), method, params);
    let spent = state.charge(caller.index, book, start);
    Ok((outcome?, Span { start, finish: state.clock.now(), spent }))
}

/// The method itself, in the name of a person, after whatever there was to check.
pub(super) fn enter(
    state: &State,
    user: u64,
    scopes: &[String],
    method: &Method,
    params: &Params,
) -> Outcome {
    let outcome = {
        let mut world = state.world();
        (method.run)(&mut Call {
            world: &mut world,
            caller: user,
            scopes,
            params,
            now: whole(state.clock.now()),
            zone: &state.zone,
            start_minus_one: state.start_minus_one,
            language: state.language,
        })
    };
    state.touch();
    outcome
}

/// A REST 3.0 method that exists, is in scope, and open to the person.
pub(super) fn admitted_v3(caller: &Caller, method: &str) -> Result<&'static MethodV3, RefusalV3> {
    let found = methods::find_v3(method).ok_or_else(|| RefusalV3::method_not_found(method))?;
    if !caller.has_scope(found.scopes) {
        return Err(RefusalV3::insufficient_scope());
    }
    if caller.is_shut_out(found.scopes) {
        return Err(RefusalV3::access_denied());
    }
    Ok(found)
}

/// Runs an admitted REST 3.0 method and charges its time to `book`, a method name.
pub(super) fn run_v3(
    state: &State,
    caller: &Caller,
    method: &MethodV3,
    params: &Map<String, Value>,
    book: &str,
) -> Result<(Value, Span), RefusalV3> {
    let start = state.clock.now();
    if state.over_operating(caller.index, book, start) {
        return Err(RefusalV3::operation_time_limit());
    }
    let outcome: OutcomeV3 = {
        let mut world = state.world();
        (method.run)(&mut CallV3 {
            world: &mut world,
            caller: caller.hook.user,
            params,
            now: whole(start),
            zone: &state.zone,
        })
    };
    state.touch();
    let spent = state.charge(caller.index, book, start);
    Ok((outcome?, Span { start, finish: state.clock.now(), spent }))
}

/// Records keep whole seconds, as the portal's database does.
fn whole(moment: jiff::Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_second(moment.as_second()).unwrap_or(moment)
}
