//! Whose portal a caller works in. In shared mode it is the same one for everybody.
//!
//! Speaks to nobody before the first call. What it learns then, it learns again after a while: people change
//! their time zone.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use b24_rest::{Call, CallError, ConnectError, Deadline, Limits, Options, Params, Portal, methods::system};
use futures_util::future::BoxFuture;
use jiff::tz::TimeZone;
use tokio::sync::Mutex;

use b24_tools::{Caller, Refusal, Tenant, Zone};

use crate::config::Settings;

/// How long the zone of a person is believed.
const ZONE_TTL: Duration = Duration::from_secs(60 * 60);
/// How long the zone is waited for. A call is worth more than the right zone.
const ZONE_WAIT: Duration = Duration::from_secs(10);
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
}

/// The zone of the acting person, asked for by the first call that needs it.
struct KnownZone {
    portal: Portal,
    known: Mutex<Option<(TimeZone, Instant)>>,
}

impl Tenants {
    /// Takes the webhook out of the settings.
    pub(crate) fn new(settings: &mut Settings, limits: Limits) -> Result<Self, ConnectError> {
        let options = Options { ca_pem: settings.ca_pem.take(), limits, ..Options::default() };
        let portal = settings.webhook.take().map(|webhook| Portal::connect(webhook, options)).transpose()?;
        let shared = portal.map(|portal| {
            let zone = Arc::new(KnownZone { portal: portal.clone(), known: Mutex::default() });
            Shared { portal, zone }
        });
        Ok(Self { shared, probed: Mutex::default() })
    }

    /// The portal of shared mode.
    pub(crate) fn portal(&self) -> Option<&Portal> {
        self.shared.as_ref().map(|shared| &shared.portal)
    }

    /// The portal that a caller works in, and the zone of the person it acts for. Speaks to nobody.
    pub(crate) fn of(&self, _caller: &Caller) -> Result<Tenant, Refusal> {
        let shared = self.shared.as_ref().ok_or_else(unconfigured)?;
        Ok(Tenant::new(shared.portal.clone(), shared.zone.clone()))
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

impl Zone for KnownZone {
    fn get(&self, deadline: Deadline) -> BoxFuture<'_, Result<TimeZone, CallError>> {
        Box::pin(async move {
            let mut known = self.known.lock().await;
            if let Some((zone, when)) = &*known
                && when.elapsed() < ZONE_TTL
            {
                return Ok(zone.clone());
            }
            let zone = ask_zone(&self.portal, Deadline::after(deadline.remaining().min(ZONE_WAIT))).await?;
            let Some(zone) = zone else {
                tracing::warn!("The portal did not say its time zone; times of this call are read in UTC");
                return Ok(TimeZone::UTC);
            };
            *known = Some((zone.clone(), Instant::now()));
            Ok(zone)
        })
    }
}

fn unconfigured() -> Refusal {
    Refusal::new("NOT_CONFIGURED", "no Bitrix24 portal is configured: B24_WEBHOOK_URL is not set").hint(
        "tell the admin to set B24_WEBHOOK_URL to the address of an inbound webhook \
         (https://your-portal/rest/1/your-secret/) and to run `b24-mcp doctor`",
    )
}

/// The person's own zone, or else the portal's offset. A portal that cannot be reached is an error, so that the
/// call itself need not find out a second time; anything else is for the call to meet.
async fn ask_zone(portal: &Portal, deadline: Deadline) -> Result<Option<TimeZone>, CallError> {
    let calls =
        vec![Call::new(&system::PROFILE, Params::new()), Call::new(&system::SERVER_TIME, Params::new())];
    let mut replies = portal.batch(calls, deadline).await.into_iter();
    let profile = match replies.next() {
        Some(Err(error @ CallError::Unreachable { .. })) => return Err(error),
        other => other.and_then(Result::ok),
    };
    let named = profile.and_then(|reply| TimeZone::get(reply.result["TIME_ZONE"].as_str()?).ok());
    let time = replies.next().and_then(Result::ok);
    Ok(named.or_else(|| offset_of(time?.result.as_str()?)))
}

/// The offset of `2026-11-22T14:40:33+03:00`.
fn offset_of(moment: &str) -> Option<TimeZone> {
    let parsed = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(moment).ok()?;
    let offset = parsed.offset()?;
    match offset {
        jiff::fmt::temporal::PiecesOffset::Numeric(numeric) => Some(TimeZone::fixed(numeric.offset())),
        _ => Some(TimeZone::UTC),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_portal_s_clock_tells_its_offset() {
        let offset =
            |text: &str| offset_of(text).map(|zone| zone.to_offset(jiff::Timestamp::UNIX_EPOCH).to_string());
        assert_eq!(offset("2026-11-22T14:40:33+03:00").as_deref(), Some("+03"));
        assert_eq!(offset("2026-11-22T14:40:33Z").as_deref(), Some("+00"));
        assert_eq!(offset("2026-11-22T14:40:33"), None);
        assert_eq!(offset("soon"), None);
    }
}
