//! An answer whose body is taken piece by piece, because it is a file.

use std::time::Duration;

use bytes::Bytes;
use reqwest::{
    Response,
    header::{CONTENT_DISPOSITION, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderName, LOCATION},
};

use super::{Mask, retry_after, told_apart};
use crate::{Cause, failure::Failure};

/// An answer whose head is here.
pub(crate) struct Arriving(Response);

impl Arriving {
    pub(super) fn new(response: Response) -> Self {
        Self(response)
    }

    pub(crate) fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    pub(crate) fn is_redirect(&self) -> bool {
        matches!(self.status(), 301 | 302 | 303 | 307 | 308)
    }

    pub(crate) fn location(&self) -> &str {
        self.header(LOCATION).unwrap_or_default()
    }

    pub(crate) fn retry_after(&self) -> Option<Duration> {
        retry_after(self.0.headers())
    }

    /// How many bytes the body has. Of a body that is decoded on its way nobody knows.
    pub(crate) fn length(&self) -> Option<u64> {
        if self.header(CONTENT_ENCODING).is_some() {
            return None;
        }
        self.header(CONTENT_LENGTH)?.trim().parse().ok()
    }

    /// The media type: lower-case, without parameters.
    pub(crate) fn content_type(&self) -> Option<String> {
        let essence = self.header(CONTENT_TYPE)?.split(';').next()?.trim().to_ascii_lowercase();
        (!essence.is_empty()).then_some(essence)
    }

    /// Whether it is a file. A page or a JSON document is one only when it comes as an attachment: a portal that does
    /// not know the visitor shows a page to sign in at, with status 200.
    pub(crate) fn is_file(&self) -> bool {
        let kind = self.content_type().unwrap_or_default();
        let is_shown = ["text/html", "application/xhtml+xml", "application/json"].contains(&kind.as_str());
        self.status() == 200 && (!is_shown || self.header(CONTENT_DISPOSITION).is_some())
    }

    /// The next piece; `None` at the end.
    pub(crate) async fn chunk(&mut self, wait: Duration, mask: &Mask<'_>) -> Result<Option<Bytes>, Failure> {
        let status = Some(self.status());
        match tokio::time::timeout(wait, self.0.chunk()).await {
            Ok(chunk) => chunk.map_err(|error| told_apart(error, status, mask)),
            Err(_) => {
                let cause = Cause::new("nothing more came in time");
                Err(Failure::Silent { status, late: true, cause })
            }
        }
    }

    /// The beginning of the body, at most `most` bytes and a piece.
    pub(crate) async fn start(
        mut self,
        most: usize,
        wait: Duration,
        mask: &Mask<'_>,
    ) -> Result<Vec<u8>, Failure> {
        let mut body = Vec::new();
        while body.len() < most
            && let Some(piece) = self.chunk(wait, mask).await?
        {
            body.extend_from_slice(&piece);
        }
        Ok(body)
    }

    fn header(&self, name: HeaderName) -> Option<&str> {
        self.0.headers().get(name)?.to_str().ok()
    }
}
