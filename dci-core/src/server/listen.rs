//! Listening: HTTP/1.1 with a time for the head, a time for readers that stall, a bound on connections, and a graceful
//! end.

use super::limits::ServerLimits;
use super::patience::Patience;
use axum::Router;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

/// A listener that accepts connections until it is stopped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Running {
    /// The address it listens at.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops accepting, lets open requests finish within the drain time, and ends.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        let _ = self.task.await;
    }
}

/// Serves `router` on `listener`.
///
/// A plain `axum::serve` keeps connections that never finish their head open for ever; here the head has its time, and
/// so has the idle connection after it.
pub fn listen(listener: TcpListener, router: Router, limits: &ServerLimits) -> std::io::Result<Running> {
    let address = listener.local_addr()?;
    let (stop, stopped) = watch::channel(false);
    let task = tokio::spawn(accept(listener, router, limits.clone(), stopped));
    Ok(Running { address, stop, task })
}

async fn accept(listener: TcpListener, router: Router, limits: ServerLimits, mut stop: watch::Receiver<bool>) {
    let room = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut http = hyper::server::conn::http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_time).max_headers(64).max_buf_size(16 << 10);
    loop {
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { break };
        let socket = tokio::select! {
            socket = listener.accept() => socket,
            _ = stop.changed() => break,
        };
        let Ok((socket, _)) = socket else {
            // Out of descriptors, most likely: wait for some to be returned.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let _ = socket.set_nodelay(true);
        let service = TowerToHyperService::new(router.clone());
        let connection =
            graceful.watch(http.serve_connection(TokioIo::new(Patience::new(socket, limits.stall_time)), service));
        tokio::spawn(async move {
            // Errors here are those of the network: the caller is gone.
            let _ = connection.await;
            drop(permit);
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.drain, graceful.shutdown()).await.is_err() {
        tracing::warn!("connections were cut at the end of the time to drain");
    }
}
