//! Whether an answer was taken, as far as a server can know: the body of the response that carries it was read to its
//! end, and the connection still stood then.
//!
//! The call leaves here which answer is on its way; the response's body says what became of it.

use std::{
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll},
};

use axum::{
    body::{Body, HttpBody},
    response::Response,
};
use bytes::Bytes;
use hyper::body::{Frame, SizeHint};

use super::{in_flight::Listening, replay::Delivery};

/// What one request is answered with, and whether that was taken.
#[derive(Clone, Default)]
pub(crate) struct Receipt(Arc<Mutex<Option<Delivery>>>);

impl Receipt {
    /// The answer is on its way.
    pub(crate) fn expect(&self, delivery: Delivery) {
        *self.lock() = Some(delivery);
    }

    fn taken(&self) {
        if let Some(delivery) = self.lock().take() {
            delivery.taken();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Delivery>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Watches what becomes of a response. `listening` lasts as long as its body.
pub(super) fn watch(response: Response, receipt: Receipt, listening: Option<Listening>) -> Response {
    response.map(|body| Body::new(Watched { body, receipt, _listening: listening }))
}

struct Watched {
    body: Body,
    receipt: Receipt,
    _listening: Option<Listening>,
}

impl HttpBody for Watched {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(context);
        let is_over = match &polled {
            Poll::Ready(None) => true,
            // A body of known length is not asked again after its last part.
            Poll::Ready(Some(Ok(_))) => self.body.is_end_stream(),
            _ => false,
        };
        if is_over {
            self.receipt.taken();
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
