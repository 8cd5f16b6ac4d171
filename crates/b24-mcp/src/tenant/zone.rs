//! The zone of the acting person: in which times are read that name none.
//!
//! Asks the portal when the first call needs it, and once for all who need it then.

use std::{
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use b24_model::UserId;
use b24_rest::{
    Call, CallError, Deadline, Params, Portal,
    methods::{system, user},
};
use b24_tools::Zone;
use futures_util::{
    FutureExt,
    future::{BoxFuture, Shared},
};
use jiff::tz::TimeZone;
use serde_json::Value;
use tracing::Instrument;

/// How long the zone of a person is believed.
const ZONE_TTL: Duration = Duration::from_secs(60 * 60);
/// How long UTC is taken instead, when nobody said the zone.
const UNKNOWN_TTL: Duration = Duration::from_secs(60);
/// How long the zone is waited for. A call is worth more than the right zone.
const ZONE_WAIT: Duration = Duration::from_secs(10);

/// The zone of the acting person, asked for by the first call that needs it. Calls that come while it is asked for
/// wait for the same answer, each for as long as it has time.
pub(super) struct KnownZone {
    portal: Portal,
    /// Whose zone it is, when it is not that of the owner of the credential.
    person: Option<UserId>,
    known: Arc<Mutex<Known>>,
}

/// What is known of the zone.
#[derive(Default)]
enum Known {
    #[default]
    Nothing,
    Until(TimeZone, Instant),
    Asked(Asked),
}

/// A question that several wait for.
type Asked = Shared<BoxFuture<'static, Result<TimeZone, CallError>>>;

impl KnownZone {
    /// Nothing is known yet, and nobody is asked.
    pub(super) fn new(portal: Portal, person: Option<UserId>) -> Self {
        Self { portal, person, known: Arc::default() }
    }

    /// The zone, or the question that is under way.
    fn known_or_asked(&self, now: Instant) -> Result<TimeZone, Asked> {
        let mut known = lock(&self.known);
        match &*known {
            Known::Until(zone, end) if now < *end => return Ok(zone.clone()),
            Known::Asked(asked) => return Err(asked.clone()),
            _ => {}
        }
        let (portal, person, place) = (self.portal.clone(), self.person, Arc::clone(&self.known));
        let asking = async move {
            let answer =
                AssertUnwindSafe(ask_zone(&portal, person, Deadline::after(ZONE_WAIT))).catch_unwind().await;
            let (learnt, told) = learn(answer.unwrap_or(Ok(None)), Instant::now());
            *lock(&place) = learnt;
            told
        };
        // Whoever asked first may go away; the others still want to know.
        let task = tokio::spawn(asking.in_current_span());
        let asked = async { task.await.unwrap_or(Ok(TimeZone::UTC)) }.boxed().shared();
        *known = Known::Asked(asked.clone());
        Err(asked)
    }
}

impl Zone for KnownZone {
    fn get(&self, deadline: Deadline) -> BoxFuture<'_, Result<TimeZone, CallError>> {
        let asked = match self.known_or_asked(Instant::now()) {
            Ok(zone) => return Box::pin(async { Ok(zone) }),
            Err(asked) => asked,
        };
        Box::pin(async move {
            match tokio::time::timeout(deadline.remaining(), asked).await {
                Ok(answer) => answer,
                // A call that has no time left fails by itself, in whatever zone.
                Err(_) => Ok(TimeZone::UTC),
            }
        })
    }
}

/// What an answer teaches, and what those who wait are told. A portal that could not be reached is asked again by the
/// next call.
fn learn(answer: Result<Option<TimeZone>, CallError>, now: Instant) -> (Known, Result<TimeZone, CallError>) {
    match answer {
        Ok(Some(zone)) => (Known::Until(zone.clone(), now + ZONE_TTL), Ok(zone)),
        Ok(None) => {
            tracing::warn!("The portal did not say its time zone; for a minute, times are read in UTC");
            (Known::Until(TimeZone::UTC, now + UNKNOWN_TTL), Ok(TimeZone::UTC))
        }
        Err(error) => (Known::Nothing, Err(error)),
    }
}

fn lock(known: &Mutex<Known>) -> MutexGuard<'_, Known> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The person's own zone, or else the portal's offset. A portal that cannot be reached is an error, so that the
/// call itself need not find out a second time; anything else is for the call to meet.
async fn ask_zone(
    portal: &Portal,
    person: Option<UserId>,
    deadline: Deadline,
) -> Result<Option<TimeZone>, CallError> {
    let who = match person {
        Some(person) => {
            let filter = serde_json::json!({ "ID": person });
            Call::new(&user::GET, Params::from_iter([("FILTER".to_owned(), filter)]))
        }
        None => Call::new(&system::PROFILE, Params::new()),
    };
    let calls = vec![who, Call::new(&system::SERVER_TIME, Params::new())];
    let mut replies = portal.batch(calls, deadline).await.into_iter();
    let profile = match replies.next() {
        Some(Err(error @ CallError::Unreachable { .. })) => return Err(error),
        other => other.and_then(Result::ok),
    };
    let row = |result: &Value| if person.is_some() { result[0].clone() } else { result.clone() };
    let named = profile.and_then(|reply| TimeZone::get(row(&reply.result)["TIME_ZONE"].as_str()?).ok());
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
    use b24_rest::Options;

    use super::*;

    /// A portal that tells `Europe/Moscow` when it is let, and how often it was asked.
    async fn slow_portal() -> (Portal, Arc<tokio::sync::Semaphore>, Arc<std::sync::atomic::AtomicUsize>) {
        use tokio::io::{AsyncReadExt, AsyncWriteExt};
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let address = listener.local_addr().expect("an address");
        let (leave, asked) = (Arc::new(tokio::sync::Semaphore::new(0)), Arc::default());
        let (let_in, count) = (Arc::clone(&leave), Arc::clone(&asked));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = vec![0; 64 * 1024];
                let _ = stream.read(&mut request).await;
                std::sync::atomic::AtomicUsize::fetch_add(&count, 1, std::sync::atomic::Ordering::SeqCst);
                let_in.acquire().await.expect("open").forget();
                let body =
                    r#"{"result":{"result":[{"TIME_ZONE":"Europe/Moscow"},"2026-11-22T14:40:33+03:00"]}}"#;
                let head =
                    format!("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
                let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
            }
        });
        let webhook = format!("http://{address}/rest/1/not-a-secret/");
        let webhook = b24_model::secret::WebhookUrl::parse(&webhook).expect("well written");
        (Portal::connect(webhook, Options::default()).expect("nothing to go wrong"), leave, asked)
    }

    #[tokio::test]
    async fn the_zone_is_asked_once_for_all_who_wait_and_nobody_waits_longer_than_they_have() {
        let (portal, leave, asked) = slow_portal().await;
        let zone = KnownZone::new(portal, None);
        let name = |zone: Result<TimeZone, CallError>| zone.expect("a zone").iana_name().map(str::to_owned);
        let hurried = zone.get(Deadline::after(Duration::from_millis(20))).await;
        assert_eq!(name(hurried).as_deref(), Some("UTC"));
        let hour = Duration::from_secs(3600);
        let (one, other) = (zone.get(Deadline::after(hour)), zone.get(Deadline::after(hour)));
        leave.add_permits(1);
        let (one, other) = tokio::join!(one, other);
        let later = zone.get(Deadline::after(hour)).await;
        assert_eq!(
            [one, other, later].map(name),
            [const { Some("Europe/Moscow") }; 3].map(|name| name.map(str::to_owned))
        );
        assert_eq!(asked.load(std::sync::atomic::Ordering::SeqCst), 1);
    }

    #[test]
    fn a_zone_that_nobody_said_is_utc_for_a_minute() {
        let now = Instant::now();
        let (Known::Until(zone, end), told) = learn(Ok(None), now) else { panic!("something is known now") };
        assert_eq!((zone, end, told.ok()), (TimeZone::UTC, now + UNKNOWN_TTL, Some(TimeZone::UTC)));
    }

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
