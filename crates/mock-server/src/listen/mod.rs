//! The accept loop: connections in, requests to the [`App`], and nothing that one client does harms another.
//!
//! A connection is opened or idle, sending a head, busy with a request, or having its answer sent (see [`Phase`]). The
//! time for which the server waits for a client is bounded: one that takes too long over its head or its body gets 408,
//! one that is idle, or takes next to nothing of its answer, is closed. The time an answer takes to make is not: all that
//! makes it long is a fault, which was asked for. Where there are as many connections as there may be, the one that has
//! been idle longest makes room, though none that was opened less than a second ago and has sent nothing yet; where there
//! is none such the newcomer gets 503.

mod connection;
mod connections;
mod hangup;
mod late;
mod phase;
mod stall;

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::app::App;
use crate::config::Limits;
use connections::{Admission, Connections};

/// How many connections the system may hold for us before they are accepted.
const BACKLOG: u32 = 1024;

/// How many bytes of an answer the system is asked to hold for a client. Linux takes more only once about a third of what
/// it may hold is gone, which left to itself grows to megabytes: a client that reads slowly would seem to take nothing.
/// Less than one segment of the loopback, 64 KiB, would make every answer of that length slow.
const SEND_BUFFER: u32 = 128 * 1024;

/// How long to wait before accepting again when the system has no more sockets to give.
const BREATHER: Duration = Duration::from_millis(20);

/// A bound socket.
#[derive(Debug)]
pub(crate) struct Listener {
    socket: TcpListener,
}

impl Listener {
    /// Binds. The address may be one that a server just left (`SO_REUSEADDR`), so that a restart does not have to wait
    /// for the system to forget the old connections. Needs a runtime.
    pub(crate) fn bind(addr: SocketAddr) -> io::Result<Self> {
        let socket = if addr.is_ipv4() {
            TcpSocket::new_v4()
        } else {
            TcpSocket::new_v6()
        }?;
        // On Windows the option would let a second server take the port of a running one.
        #[cfg(unix)]
        socket.set_reuseaddr(true)?;
        // Connections have it from the socket that they come by.
        socket.set_send_buffer_size(SEND_BUFFER)?;
        socket.bind(addr)?;
        Ok(Self {
            socket: socket.listen(BACKLOG)?,
        })
    }

    /// The address that was bound, with the port the system chose where port 0 was asked for.
    pub(crate) fn local_addr(&self) -> io::Result<SocketAddr> {
        self.socket.local_addr()
    }

    /// Serves until `stop` is ready. Then nothing new is accepted, idle connections are closed, and requests that
    /// are being answered may take `limits.grace` to finish, or until `hurry` is ready, which is polled for as long as
    /// there are some.
    pub(crate) async fn serve(
        self,
        app: Arc<App>,
        limits: Limits,
        stop: impl Future<Output = ()>,
        hurry: impl Future<Output = ()>,
    ) {
        let connections = Arc::new(Connections::new(limits.connections));
        let mut tasks = JoinSet::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            tokio::select! {
                biased;
                () = &mut stop => break,
                Some(_) = tasks.join_next(), if !tasks.is_empty() => {}
                accepted = self.socket.accept() => match accepted {
                    Ok((stream, _)) => admit(stream, &mut tasks, &connections, &app, limits),
                    Err(error) => refused_by_the_system(&error, &connections).await,
                },
            }
        }
        drop(self.socket);
        connections.close();
        tokio::select! {
            biased;
            () = async { while tasks.join_next().await.is_some() {} } => {}
            () = hurry => {}
            () = sleep(limits.grace) => {}
        }
        if !tasks.is_empty() {
            tracing::warn!(unfinished = tasks.len(), "stopping with requests unanswered");
        }
        tasks.shutdown().await;
    }
}

fn admit(
    stream: TcpStream,
    tasks: &mut JoinSet<()>,
    connections: &Arc<Connections>,
    app: &Arc<App>,
    limits: Limits,
) {
    // Answers are small and written whole, so waiting for more to send would only delay them. A socket that cannot be
    // told is slower, not wrong.
    let _ = stream.set_nodelay(true);
    match connections.admit() {
        Admission::Welcome(seat) => {
            let id = seat.id();
            let abort = tasks.spawn(connection::serve(stream, seat, Arc::clone(app), limits));
            connections.started(id, abort);
        }
        Admission::Refused(Some(usher)) => {
            tasks.spawn(connection::refuse(stream, usher));
        }
        Admission::Refused(None) => {}
    }
}

/// Accepting fails when the process or the system has no sockets left; more will come free.
async fn refused_by_the_system(error: &io::Error, connections: &Connections) {
    tracing::warn!(%error, "a connection could not be accepted");
    connections.evict_idle();
    sleep(BREATHER).await;
}
