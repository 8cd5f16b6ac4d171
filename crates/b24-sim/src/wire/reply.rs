//! An answer before it becomes HTTP.

use std::io::Write;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;
use flate2::{Compression, write::GzEncoder};
use serde_json::Value;

use super::{php, xml};

/// Status, body and the few headers the portal sets.
pub(super) struct Reply {
    pub(super) status: u16,
    content_type: &'static str,
    pub(super) body: String,
    /// The idempotency key to echo, and whether the answer is a replay.
    keyed: Option<(String, bool)>,
    transfer: Transfer,
}

/// How the body travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Transfer {
    /// At once, with its length.
    Whole,
    /// Compressed, whether the client asked for it or not.
    Gzip,
    /// In small pieces, without a length.
    Chunked,
}

/// Pages show text and nothing else: no script, no form, no frame around them.
const PAGE_POLICY: &str =
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

impl Reply {
    pub(super) fn json(status: u16, body: Value) -> Self {
        Self::written(status, php::write(body))
    }

    /// JSON that is text already.
    pub(super) fn written(status: u16, body: String) -> Self {
        Self::of(status, "application/json; charset=utf-8", body)
    }

    pub(super) fn xml(status: u16, body: Value) -> Self {
        Self::of(status, "text/xml; charset=utf-8", xml::write(body))
    }

    pub(super) fn html(status: u16, body: String) -> Self {
        Self::of(status, "text/html; charset=utf-8", body)
    }

    pub(super) fn css(body: &str) -> Self {
        Self::of(200, "text/css; charset=utf-8", body.to_owned())
    }

    /// Stands in for an answer that never leaves; status 0 says so in the traffic.
    pub(super) fn dropped() -> Self {
        Self::of(0, "text/plain", String::new())
    }

    fn of(status: u16, content_type: &'static str, body: String) -> Self {
        Self { status, content_type, body, keyed: None, transfer: Transfer::Whole }
    }

    /// Echoes an idempotency key.
    pub(super) fn keyed(mut self, key: &str, replayed: bool) -> Self {
        self.keyed = Some((key.to_owned(), replayed));
        self
    }

    /// Lets the body travel in another way.
    pub(super) fn by(mut self, transfer: Transfer) -> Self {
        self.transfer = transfer;
        self
    }

    pub(super) fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.content_type));
        if self.content_type.starts_with("text/html") {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(PAGE_POLICY));
            headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
            headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        }
        if self.status == 405 {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, POST"));
        }
        if let Some((key, replayed)) = &self.keyed
            && let Ok(key) = HeaderValue::from_str(key)
        {
            headers.insert("idempotency-key", key);
            if *replayed {
                headers.insert("idempotent-replayed", HeaderValue::from_static("true"));
            }
        }
        let body = match self.transfer {
            Transfer::Whole => Body::from(self.body),
            Transfer::Gzip => {
                headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
                Body::from(gzip(self.body.as_bytes()))
            }
            Transfer::Chunked => chunked(&self.body),
        };
        let mut response = Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        response
    }
}

fn gzip(body: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(body).and_then(|()| encoder.finish()).expect("writing to memory does not fail")
}

/// Seven bytes a piece, so that letters of several bytes and escapes are torn apart.
fn chunked(body: &str) -> Body {
    let pieces: Vec<Result<Bytes, std::convert::Infallible>> =
        body.as_bytes().chunks(7).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    Body::from_stream(futures_util::stream::iter(pieces))
}
