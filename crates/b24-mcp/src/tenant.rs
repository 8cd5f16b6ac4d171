//! Whose portal a caller works in. In shared mode it is the same one for everybody.
//!
//! Speaks to nobody before the first call. What it learns then, it learns again after a while: people change
//! their time zone.

mod zone;

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError},
    time::{Duration, Instant},
};

use b24_rest::{Call, CallError, ConnectError, Deadline, Limits, Options, Params, Portal, methods::system};
use tokio::sync::Mutex;

use b24_model::UserId;
use b24_tools::{Caller, Desk, Memory, Refusal, Tenant, Zone};

use crate::{config::Settings, door::visitor::Visitor, feedback};
use zone::KnownZone;

/// How long an answer to [`Tenants::probe`] is believed.
const PROBE_TTL: Duration = Duration::from_secs(10);
/// How long the portal is waited for by [`Tenants::probe`].
const PROBE_WAIT: Duration = Duration::from_secs(3);

/// The portals behind this server.
pub(crate) struct Tenants {
    shared: Option<Shared>,
    probed: Mutex<Option<(Result<(), &'static str>, Instant)>>,
}

/// The portal of shared mode.
struct Shared {
    portal: Portal,
    zone: Arc<KnownZone>,
    /// Its working week and its custom fields, for everybody who works in it.
    memory: Arc<Memory>,
    /// Where feedback about the server is handed in.
    desk: Option<Arc<Desk>>,
    /// The zones of people for whom a Bearer stands.
    others: std::sync::Mutex<HashMap<UserId, Arc<KnownZone>>>,
}

impl Shared {
    /// The zone of the person whom the caller stands for; without one, that of the owner of the credential.
    fn zone_of(&self, caller: &Caller) -> Arc<KnownZone> {
        let Some(person) = caller.stands_for.filter(|person| *person != self.portal.user()) else {
            return Arc::clone(&self.zone);
        };
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        // As many as there are Bearers with a `me`.
        let zone = || Arc::new(KnownZone::new(self.portal.clone(), Some(person)));
        Arc::clone(others.entry(person).or_insert_with(zone))
    }
}

impl Tenants {
    /// Takes the webhook out of the settings.
    pub(crate) fn new(settings: &mut Settings, limits: Limits) -> Result<Self, ConnectError> {
        let desk = settings.feedback.take().map(|place| feedback::desk(place, settings.ca_pem.as_deref()));
        let options = Options { ca_pem: settings.ca_pem.take(), limits, ..Options::default() };
        let portal = settings.webhook.take().map(|webhook| Portal::connect(webhook, options)).transpose()?;
        let shared = portal.map(|portal| {
            let zone = Arc::new(KnownZone::new(portal.clone(), None));
            Shared { portal, zone, desk, others: std::sync::Mutex::default(), memory: Arc::default() }
        });
        Ok(Self { shared, probed: Mutex::default() })
    }

    /// The portal of shared mode.
    pub(crate) fn portal(&self) -> Option<&Portal> {
        self.shared.as_ref().map(|shared| &shared.portal)
    }

    /// The portal that a visitor works in, and the zone in which their times are read: the configured one, else that of
    /// the person they act for. Speaks to nobody.
    pub(crate) fn of(&self, visitor: &Visitor) -> Result<Tenant, Refusal> {
        let shared = self.shared.as_ref().ok_or_else(unconfigured)?;
        let zone: Arc<dyn Zone> = match &visitor.zone {
            Some(zone) => Arc::new(zone.clone()),
            None => shared.zone_of(&visitor.caller),
        };
        Ok(Tenant {
            desk: shared.desk.clone(),
            memory: Arc::clone(&shared.memory),
            ..Tenant::new(shared.portal.clone(), zone)
        })
    }

    /// Whether the portal answers, and accepts the credential. Asks it every ten seconds at most.
    pub(crate) async fn probe(&self) -> Result<(), &'static str> {
        let portal = self.portal().ok_or("no portal is configured (B24_WEBHOOK_URL)")?;
        let mut probed = self.probed.lock().await;
        if let Some((answer, when)) = *probed
            && when.elapsed() < PROBE_TTL
        {
            return answer;
        }
        let call = Call::new(&system::PROFILE, Params::new());
        let answer = match portal.call(call, Deadline::after(PROBE_WAIT)).await {
            Ok(_) => Ok(()),
            Err(CallError::Credential(_)) => Err("the portal does not accept the webhook"),
            Err(_) => Err("the portal does not answer"),
        };
        *probed = Some((answer, Instant::now()));
        answer
    }
}

fn unconfigured() -> Refusal {
    Refusal::new("NOT_CONFIGURED", "no Bitrix24 portal is configured: B24_WEBHOOK_URL is not set").hint(
        "tell the admin to set B24_WEBHOOK_URL to the address of an inbound webhook \
         (https://your-portal/rest/1/your-secret/) and to run `b24-mcp doctor`",
    )
}
