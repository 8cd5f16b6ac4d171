//! One visit: who calls, in front of which portal, under which policy, and when.
//!
//! Everything that a call may know of its surroundings is here, so that the same call can be made by
//! the server, the command line and a test.

use std::{collections::BTreeSet, fmt, sync::Arc};

use b24_model::{Scope, UserId};
use b24_rest::{CallError, Deadline, Portal};
use futures_util::future::BoxFuture;
use jiff::{Timestamp, Zoned, tz::TimeZone};

use crate::{Course, Desk, Form, LinkDesk, Memory, Policy, Recorder};

/// Who opened the door. Made by whoever checked the credentials.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The name under which the caller is recorded: the label of a Bearer, or `local`.
    pub label: String,
    /// The person whom "me" means, when it is not the one under whose rights calls run: a Bearer may stand for somebody.
    pub stands_for: Option<UserId>,
}

impl Caller {
    /// A caller who stands for nobody but the person under whose rights calls run.
    pub fn named(label: impl Into<String>) -> Self {
        Self { label: label.into(), stands_for: None }
    }
}

/// The portal, seen through one credential.
#[derive(Clone)]
pub struct Tenant {
    /// The portal.
    pub portal: Portal,
    /// The zone in which the acting person says and reads times.
    pub zone: Arc<dyn Zone>,
    /// The scopes of the credential, when they are known.
    pub scopes: Option<BTreeSet<Scope>>,
    /// Where feedback about the server is handed in, if anywhere.
    pub desk: Option<Arc<Desk>>,
    /// What is remembered of the portal between calls. Whoever makes a tenant for each call keeps one for the portal.
    pub memory: Arc<Memory>,
    /// Where one-use links to files come from, when the caller can reach this server by such a link.
    pub links: Option<Arc<dyn LinkDesk>>,
}

/// Where the zone of the acting person is known from.
///
/// Asked only by calls that were let in: a refusal at the first gate costs no wire call.
pub trait Zone: Send + Sync {
    /// The zone, asked for if it has to be.
    fn get(&self, deadline: Deadline) -> BoxFuture<'_, Result<TimeZone, CallError>>;
}

impl Zone for TimeZone {
    fn get(&self, _: Deadline) -> BoxFuture<'_, Result<TimeZone, CallError>> {
        let zone = self.clone();
        Box::pin(async { Ok(zone) })
    }
}

impl Tenant {
    /// A portal whose acting person lives in `zone`, with nothing refused beforehand and nothing remembered.
    pub fn new(portal: Portal, zone: Arc<dyn Zone>) -> Self {
        Self { portal, zone, scopes: None, desk: None, links: None, memory: Arc::default() }
    }
}

impl fmt::Debug for Tenant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tenant({})", self.portal.host())
    }
}

/// One call's surroundings.
#[derive(Clone, Copy)]
pub struct Visit<'a> {
    /// Who calls.
    pub caller: &'a Caller,
    /// In front of which portal.
    pub tenant: &'a Tenant,
    /// What may be called, and what has to be agreed to.
    pub policy: &'a Policy,
    /// How answers with many rows are told.
    pub form: Form,
    /// What may stop the call, and who is told how far it is.
    pub course: &'a Course,
    /// Where calls are written down.
    pub recorder: &'a dyn Recorder,
    /// The time at which the call came in.
    pub now: Timestamp,
    /// When the caller stops waiting.
    pub deadline: Deadline,
    /// The id that ties the call's log lines together.
    pub request_id: &'a str,
}

impl Visit<'_> {
    /// The time of the call where no zone matters.
    pub(crate) fn universal_now(&self) -> Zoned {
        self.now.to_zoned(TimeZone::UTC)
    }

    /// The time of the call in the zone of the acting person.
    pub(crate) async fn local_now(&self) -> Result<Zoned, CallError> {
        Ok(self.now.to_zoned(self.tenant.zone.get(self.deadline).await?))
    }
}
