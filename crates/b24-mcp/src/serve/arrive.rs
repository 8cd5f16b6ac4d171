//! The body of a request, whole and not too large.
//!
//! What is too large is still read for a while: a connection that is closed while its client writes loses the answer
//! that says why.

use std::time::Duration;

use axum::body::Body;
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt;
use http::{HeaderMap, header};

use super::refuse::Refused;

/// How long a body may take to arrive.
const TIME: Duration = Duration::from_secs(30);
/// How much of a body that is too large is read and thrown away.
const DRAINED: usize = 16 * 1024 * 1024;
/// How long.
const DRAINING: Duration = Duration::from_secs(5);

/// Reads a body of at most `limit` bytes.
pub(super) async fn whole(headers: &HeaderMap, body: Body, limit: usize) -> Result<Bytes, Refused> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    let is_announced = announced.is_some_and(|length: usize| length > limit);
    // Who asks first has sent nothing yet.
    if is_announced && headers.contains_key(header::EXPECT) {
        return Err(Refused::TooLarge(limit));
    }
    let mut body = body.into_data_stream();
    let mut whole = BytesMut::new();
    let reading = async {
        while let Some(part) = body.next().await {
            let part = part.map_err(|_| Refused::CutShort)?;
            if is_announced || whole.len() + part.len() > limit {
                return Err(Refused::TooLarge(limit));
            }
            whole.extend_from_slice(&part);
        }
        Ok(())
    };
    match tokio::time::timeout(TIME, reading).await {
        Ok(Ok(())) => Ok(whole.freeze()),
        Ok(Err(refused)) => {
            if matches!(refused, Refused::TooLarge(_)) {
                let _ = tokio::time::timeout(DRAINING, drain(body)).await;
            }
            Err(refused)
        }
        Err(_) => Err(Refused::TooSlow),
    }
}

async fn drain(mut body: axum::body::BodyDataStream) {
    let mut drained = 0;
    while let Some(Ok(part)) = body.next().await {
        drained += part.len();
        if drained > DRAINED {
            return;
        }
    }
}
