//! One HTTP exchange: an address and a body go out, a status and a body come back, or a reason why not.
//!
//! It follows no redirect, repeats nothing, and believes nobody who is not in the list of [`crate::tls`]. It keeps
//! to its settings alone: no proxy and no certificate comes from the environment.

mod arriving;

pub(crate) use arriving::Arriving;

use std::{error::Error, time::Duration};

use bytes::Bytes;
use reqwest::{
    Client, RequestBuilder, Response,
    header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, HeaderMap, LOCATION, RETRY_AFTER},
};

use crate::{Cause, ConnectError, Options, failure::Failure, tls};

/// The longest wait for a connection. Shorter than any sensible timeout, so that "not sent" is told from "no answer".
const CONNECT_TIMEOUT: Duration = Duration::from_secs(8);
/// Connections idle for longer are not used again: a portal that closes one at the wrong moment leaves a write unsettled.
const IDLE_CONNECTION: Duration = Duration::from_secs(10);

/// Takes secrets out of a text.
pub(crate) type Mask<'a> = dyn Fn(String) -> String + Sync + 'a;

/// What goes out, besides the address.
pub(crate) struct Outgoing<'a> {
    pub(crate) body: Bytes,
    pub(crate) idempotency_key: Option<&'a str>,
    pub(crate) timeout: Duration,
}

/// What came back.
pub(crate) struct Incoming {
    pub(crate) status: u16,
    pub(crate) location: Option<String>,
    pub(crate) retry_after: Option<Duration>,
    pub(crate) body: Vec<u8>,
}

/// The HTTP client of one portal, with its connections.
pub(crate) struct Sender {
    client: Client,
    largest: usize,
}

impl Sender {
    /// Sets up a client. Sends nothing.
    pub(crate) fn new(options: &Options, plain_http: bool) -> Result<Self, ConnectError> {
        let tls = if plain_http { tls::trusting_nobody() } else { tls::trusting(options.ca_pem.as_deref()) }?;
        #[expect(clippy::disallowed_methods, reason = "this is the one way to portals")]
        let client = Client::builder()
            .tls_backend_preconfigured(tls)
            .https_only(!plain_http)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .connect_timeout(CONNECT_TIMEOUT.min(options.timeout))
            .pool_idle_timeout(IDLE_CONNECTION)
            .user_agent(&options.user_agent)
            .build()
            .map_err(|error| ConnectError::Client(cause(error, &|text| text)))?;
        Ok(Self { client, largest: options.largest_answer })
    }

    /// Sends once. `mask` takes the secret out of whatever an error repeats.
    pub(crate) async fn post(
        &self,
        address: &str,
        outgoing: Outgoing<'_>,
        mask: &Mask<'_>,
    ) -> Result<Incoming, Failure> {
        let response =
            self.request(address, outgoing).send().await.map_err(|error| told_apart(error, None, mask))?;
        let status = response.status().as_u16();
        let text =
            |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let location = text(LOCATION);
        let retry_after = retry_after(response.headers());
        let body = self.body(response, mask).await?;
        Ok(Incoming { status, location, retry_after, body })
    }

    /// Asks for a file. The head of the answer has to be here within `timeout`; the body has time of its own.
    pub(crate) async fn get(
        &self,
        address: &str,
        timeout: Duration,
        mask: &Mask<'_>,
    ) -> Result<Arriving, Failure> {
        // Compressed on its way, a file would have another length than the portal says.
        let asking =
            self.client.get(address).header(ACCEPT, "*/*").header(ACCEPT_ENCODING, "identity").send();
        match tokio::time::timeout(timeout, asking).await {
            Ok(answered) => answered.map(Arriving::new).map_err(|error| told_apart(error, None, mask)),
            Err(_) => {
                let cause = Cause::new("no answer came in time");
                Err(Failure::Silent { status: None, late: true, cause })
            }
        }
    }

    fn request(&self, address: &str, outgoing: Outgoing<'_>) -> RequestBuilder {
        let request = self
            .client
            .post(address)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/json")
            .timeout(outgoing.timeout)
            .body(outgoing.body);
        match outgoing.idempotency_key {
            Some(key) => request.header("idempotency-key", key),
            None => request,
        }
    }

    async fn body(&self, mut response: Response, mask: &Mask<'_>) -> Result<Vec<u8>, Failure> {
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(chunk) =
            response.chunk().await.map_err(|error| told_apart(error, Some(status), mask))?
        {
            if body.len() + chunk.len() > self.largest {
                return Err(Failure::TooLarge { status, largest: self.largest });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }
}

/// Was it sent? Only a failed connection, or a request that could not be made, proves that it was not.
fn told_apart(error: reqwest::Error, status: Option<u16>, mask: &Mask<'_>) -> Failure {
    if status.is_none() && (error.is_connect() || error.is_builder()) {
        let distrusted = is_distrust(&error);
        let cause = cause(error, mask);
        return if distrusted { Failure::Distrusted(cause) } else { Failure::NotSent(cause) };
    }
    Failure::Silent { status, late: error.is_timeout(), cause: cause(error, mask) }
}

/// Whether a certificate was not believed. It will not be believed the next time either.
fn is_distrust(error: &(dyn Error + 'static)) -> bool {
    let is_certificate = |error: &(dyn Error + 'static)| {
        matches!(error.downcast_ref(), Some(rustls::Error::InvalidCertificate(_)))
    };
    // An I/O error hides what it wraps from `source`.
    let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    is_certificate(error)
        || wrapped.is_some_and(|inner| is_distrust(inner))
        || error.source().is_some_and(is_distrust)
}

fn cause(error: reqwest::Error, mask: &dyn Fn(String) -> String) -> Cause {
    let error = error.without_url();
    // The outer sentence ("error sending request") says less than the one below it.
    Cause::of(error.source().unwrap_or(&error), mask)
}

/// Seconds only: the form with a date would need a clock. A proxy that asks for more than an hour is not believed.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse::<u64>().ok()?;
    Some(Duration::from_secs(seconds.min(3600)))
}
