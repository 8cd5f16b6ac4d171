//! `/files/{ticket}`: a file for whoever has the ticket, in a browser that knows nothing else of us.
//!
//! The bytes were made by somebody of the portal and come from our own host: so they are saved and never shown, run as
//! nothing, and are kept by nobody on the way. One link opens once; whatever is wrong with it, the answer is the same.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use axum::{
    Extension,
    body::Body,
    extract::{Path, State},
    response::Response,
};
use b24_rest::{CallError, Deadline};
use b24_tools::OpenFile;
use bytes::Bytes;
use futures_util::{Stream, stream};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use tokio_util::sync::CancellationToken;

use super::{Onward, Wanted, desk::Ticket, disposition};
use crate::{
    clock,
    serve::{
        http::{Guard, RequestId},
        refuse,
    },
};

/// How long a file may take to go through: ten megabytes over a slow line.
const JOURNEY: Duration = Duration::from_secs(5 * 60);

/// What stands on every answer of this route.
const HARDENED: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Hands out a file, and uses the ticket up.
pub(in crate::serve) async fn give(
    State(guard): State<Arc<Guard>>,
    Extension(RequestId(id)): Extension<RequestId>,
    Path(ticket): Path<String>,
) -> Response {
    let Some(Ticket { visitor, reach, file, .. }) = redeem(&guard, &ticket) else {
        return hardened(nothing_here());
    };
    // The stream of the answer ends with the connection; until then somebody waits.
    let (request_id, gone) = (id.to_string(), CancellationToken::new());
    let wanted = Wanted { visitor, reach, request_id, file, trace: None, gone };
    let opened = guard.house.hand_out(wanted, Onward(Deadline::after(JOURNEY))).await;
    hardened(match opened {
        Ok(file) => saved(file),
        Err(refusal) if refusal.code() == b24_tools::Code::NOT_FOUND => nothing_here(),
        // The reason is in the log: whoever has a link need not be somebody who may know it.
        Err(_) => refuse::plain(
            StatusCode::BAD_GATEWAY,
            "the portal did not hand out the file; ask the assistant for a new link",
        ),
    })
}

/// Says whether there is something, and leaves the ticket unused: mail programs and chats look at links.
pub(in crate::serve) async fn look(State(guard): State<Arc<Guard>>, Path(ticket): Path<String>) -> Response {
    let is_open = guard.house.tickets().is_some_and(|tickets| tickets.is_open(&ticket, Instant::now()));
    if !is_open {
        return hardened(nothing_here());
    }
    let mut response = Response::new(Body::empty());
    response.headers_mut().insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    hardened(response)
}

/// What a ticket opens, if its caller may still come in, and to the same portal.
fn redeem(guard: &Guard, ticket: &str) -> Option<Ticket> {
    let ticket = guard.house.tickets()?.redeem(ticket, Instant::now())?;
    let may_come_in = guard.bearers.holds(&ticket.visitor.caller.label, clock::now());
    let tenant = guard.house.tenant(&ticket.visitor, &ticket.reach).ok()?;
    (may_come_in && *tenant.portal.host() == ticket.portal).then_some(ticket)
}

fn saved(file: OpenFile) -> Response {
    let OpenFile { name, media_type, download, .. } = file;
    let size = download.size();
    let mut response = Response::new(Body::from_stream(pieces(download)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_DISPOSITION, disposition::attachment(&name));
    if let Some(size) = size {
        // So that whoever saves it can tell a whole file from one that broke off.
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    }
    response
}

/// The file, piece by piece. An error ends the connection before its announced end.
fn pieces(download: b24_rest::Download) -> impl Stream<Item = Result<Bytes, CallError>> + Send {
    stream::try_unfold(download, |mut download| async move {
        let piece = download.chunk().await.inspect_err(|error| {
            tracing::warn!(rest.code = error.code(), "A file broke off on its way");
        })?;
        Ok(piece.map(|piece| (piece, download)))
    })
}

/// The same for a link that was used, is too old, or never was.
fn nothing_here() -> Response {
    refuse::plain(
        StatusCode::NOT_FOUND,
        "this link opens nothing: each works once, for five minutes; ask the assistant for a new one",
    )
}

fn hardened(mut response: Response) -> Response {
    let headers: &mut HeaderMap = response.headers_mut();
    for (name, value) in HARDENED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
