//! HTTP to places that are not portals. Each of them is named in the configuration; no address comes from a client.
//!
//! Follows no redirect, repeats nothing, and takes no proxy and no certificate from the environment.

use std::time::Duration;

use b24_rest::ConnectError;
use bytes::Bytes;
use http::{HeaderMap, header::CONTENT_TYPE};

/// How long one message may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How many bytes of an answer are read.
const LONGEST: usize = 256 * 1024;

/// A way out.
#[derive(Clone)]
pub(crate) struct Outbound(reqwest::Client);

/// Why a message did not arrive. Names no address.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SendError {
    #[error("it cannot be reached or did not answer")]
    Lost,
    #[error("it answered HTTP {0}")]
    Refused(u16),
}

/// The body of an answer, or as much of it as is read.
pub(crate) struct Received(pub(crate) Vec<u8>);

impl Outbound {
    /// Sets up a client that believes whom the portal's client believes.
    pub(crate) fn new(ca_pem: Option<&[u8]>) -> Result<Self, ConnectError> {
        #[expect(clippy::disallowed_methods, reason = "this is the one way to places that are not portals")]
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(b24_rest::trusting(ca_pem)?)
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .timeout(TIMEOUT)
            .user_agent(concat!("b24-mcp/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|_| ConnectError::Tls)?;
        Ok(Self(client))
    }

    /// Posts JSON. What comes back is not read.
    pub(crate) async fn post_json(&self, url: &url::Url, body: Bytes) -> Result<(), SendError> {
        let request = self.0.post(url.clone()).header(CONTENT_TYPE, "application/json").body(body);
        let status = request.send().await.map_err(|_| SendError::Lost)?.status();
        if status.is_success() { Ok(()) } else { Err(SendError::Refused(status.as_u16())) }
    }

    /// Posts JSON with these headers, and reads the answer.
    pub(crate) async fn ask_json(
        &self,
        url: &url::Url,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<Received, SendError> {
        let request =
            self.0.post(url.clone()).headers(headers).header(CONTENT_TYPE, "application/json").body(body);
        let mut answer = request.send().await.map_err(|_| SendError::Lost)?;
        if !answer.status().is_success() {
            return Err(SendError::Refused(answer.status().as_u16()));
        }
        let mut received = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|_| SendError::Lost)? {
            received.extend_from_slice(&chunk[..chunk.len().min(LONGEST - received.len())]);
            if received.len() == LONGEST {
                break;
            }
        }
        Ok(Received(received))
    }
}
