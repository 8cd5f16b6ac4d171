//! One visit: who calls, in front of which portal, under which policy, and when.
//!
//! Everything that a call may know of its surroundings is here, so that the same call can be made by
//! the server, the command line and a test.

use std::collections::BTreeSet;

use b24_model::Scope;
use b24_rest::{Deadline, Portal};
use jiff::{Timestamp, Zoned, tz::TimeZone};

use crate::{Policy, Recorder};

/// Who opened the door. Made by whoever checked the credentials.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The name under which the caller is recorded: the label of a Bearer, or `local`.
    pub label: String,
}

/// The portal, seen through one credential.
#[derive(Clone, Debug)]
pub struct Tenant {
    /// The portal.
    pub portal: Portal,
    /// The zone in which the acting person says and reads times.
    pub zone: TimeZone,
    /// The scopes of the credential, when they are known.
    pub scopes: Option<BTreeSet<Scope>>,
}

impl Tenant {
    /// A portal whose zone and scopes have not been asked for: UTC, and nothing refused beforehand.
    pub fn new(portal: Portal) -> Self {
        Self { portal, zone: TimeZone::UTC, scopes: None }
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
    /// The time of the call in the zone of the acting person.
    pub(crate) fn local_now(&self) -> Zoned {
        self.now.to_zoned(self.tenant.zone.clone())
    }
}
