//! A connection that can be cut from inside a request: closed without a byte of an answer, or in the middle of a body.
//! This is how the network misbehaves on cue. With TLS the cut is made above it, where the bytes can be counted.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

/// No cut is planned.
const WHOLE: usize = usize::MAX;

/// The handle that cuts one connection.
#[derive(Clone, Debug)]
pub(crate) struct Knife(Arc<AtomicUsize>);

impl Knife {
    fn new() -> Self {
        Self(Arc::new(AtomicUsize::new(WHOLE)))
    }

    /// Nothing more is written; the connection closes.
    pub(crate) fn drop_now(&self) {
        self.0.store(0, Ordering::Release);
    }

    /// The head of the answer and this many bytes of its body are written, then the connection closes.
    pub(crate) fn cut_body_after(&self, bytes: usize) {
        self.0.store(bytes.max(1), Ordering::Release);
    }
}

/// A connection with a knife at it.
#[derive(Debug)]
pub(crate) struct Cuttable {
    stream: Stream,
    knife: Knife,
    /// Body bytes that may still be written, once a cut has begun.
    left: Option<usize>,
}

#[derive(Debug)]
enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

impl Stream {
    /// Both kinds as the one thing they have in common.
    fn pin(&mut self) -> Pin<&mut (dyn Duplex + Unpin)> {
        match self {
            Self::Plain(stream) => Pin::new(stream),
            Self::Tls(stream) => Pin::new(stream.as_mut()),
        }
    }
}

trait Duplex: AsyncRead + AsyncWrite {}

impl<T: AsyncRead + AsyncWrite> Duplex for T {}

impl Cuttable {
    pub(super) fn plain(stream: TcpStream) -> Self {
        Self::over(Stream::Plain(stream))
    }

    pub(super) fn tls(stream: TlsStream<TcpStream>) -> Self {
        Self::over(Stream::Tls(Box::new(stream)))
    }

    fn over(stream: Stream) -> Self {
        Self { stream, knife: Knife::new(), left: None }
    }

    pub(super) fn knife(&self) -> Knife {
        self.knife.clone()
    }

    /// How much of `data` may be written; an error once the cut is complete.
    fn allowance(&mut self, data: &[u8]) -> io::Result<usize> {
        let planned = self.knife.0.load(Ordering::Acquire);
        if planned == WHOLE {
            return Ok(data.len());
        }
        let left = match self.left {
            Some(left) => left,
            None if planned == 0 => 0,
            None => head_length(data) + planned,
        };
        self.left = Some(left);
        if left == 0 { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(left.min(data.len())) }
    }
}

/// The length of the HTTP head at the start of the first write of an answer.
fn head_length(data: &[u8]) -> usize {
    data.windows(4).position(|four| four == b"\r\n\r\n").map_or(data.len(), |at| at + 4)
}

impl AsyncRead for Cuttable {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream.pin().poll_read(context, buffer)
    }
}

impl AsyncWrite for Cuttable {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        data: &[u8],
    ) -> Poll<io::Result<usize>> {
        let allowed = self.allowance(data)?;
        let written = std::task::ready!(self.stream.pin().poll_write(context, &data[..allowed]))?;
        if let Some(left) = &mut self.left {
            *left -= written;
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.pin().poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.pin().poll_shutdown(context)
    }
}
