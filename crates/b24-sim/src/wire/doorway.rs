//! Where connections come in: plain, or through TLS. Every one of them carries its own knife.

use std::io;
use std::net::SocketAddr;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio_rustls::TlsAcceptor;

use super::connection::{Cuttable, Knife};

/// Handshakes that may wait to be served; more wait in the system's own queue.
const WAITING: usize = 64;

/// Accepts connections that can be cut.
#[derive(Debug)]
pub(crate) struct Doorway {
    address: SocketAddr,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Plain(TcpListener),
    /// Connections that have shaken hands already, so that a slow stranger holds nobody up.
    Tls(mpsc::Receiver<(Cuttable, SocketAddr)>),
}

impl Doorway {
    /// Serves plain HTTP.
    pub(crate) fn plain(listener: TcpListener) -> io::Result<Self> {
        Ok(Self { address: listener.local_addr()?, kind: Kind::Plain(listener) })
    }

    /// Serves HTTP within TLS. Must be called within a runtime.
    pub(crate) fn tls(listener: TcpListener, acceptor: TlsAcceptor) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let (ready, connections) = mpsc::channel(WAITING);
        tokio::spawn(shake_hands(listener, acceptor, ready));
        Ok(Self { address, kind: Kind::Tls(connections) })
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }
}

/// Accepts until nobody waits for connections any more.
async fn shake_hands(
    mut listener: TcpListener,
    acceptor: TlsAcceptor,
    ready: mpsc::Sender<(Cuttable, SocketAddr)>,
) {
    loop {
        let (stream, from) = tokio::select! {
            () = ready.closed() => return,
            accepted = Listener::accept(&mut listener) => accepted,
        };
        let (acceptor, ready) = (acceptor.clone(), ready.clone());
        tokio::spawn(async move {
            // A client that does not trust the certificate goes away; that is its right.
            if let Ok(stream) = acceptor.accept(promptly(stream)).await {
                let _ = ready.send((Cuttable::tls(stream), from)).await;
            }
        });
    }
}

/// A lost delayed segment would look like a slow portal.
fn promptly(stream: TcpStream) -> TcpStream {
    let _ = stream.set_nodelay(true);
    stream
}

impl Listener for Doorway {
    type Io = Cuttable;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Cuttable, SocketAddr) {
        match &mut self.kind {
            Kind::Plain(listener) => {
                let (stream, from) = Listener::accept(listener).await;
                (Cuttable::plain(promptly(stream)), from)
            }
            Kind::Tls(connections) => match connections.recv().await {
                Some(connection) => connection,
                // The runtime is going down with the task that shakes hands.
                None => std::future::pending().await,
            },
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

impl Connected<IncomingStream<'_, Doorway>> for Knife {
    fn connect_info(stream: IncomingStream<'_, Doorway>) -> Self {
        stream.io().knife()
    }
}
