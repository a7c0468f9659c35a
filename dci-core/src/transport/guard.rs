//! Which addresses are connected to: decided when the connection is made, on the addresses the name leads to then.

use crate::network::Networks;
use async_trait::async_trait;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};

/// Finds the addresses of a name. For sites with a name service of their own, and for tests.
#[async_trait]
pub trait Resolver: fmt::Debug + Send + Sync {
    /// The addresses of `host`.
    async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}

/// The name service of the operating system.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct SystemResolver;

#[async_trait]
impl Resolver for SystemResolver {
    async fn addresses(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        Ok(tokio::net::lookup_host((host, 0)).await?.map(|address| address.ip()).collect())
    }
}

/// A host leads to no address that may be connected to.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the host leads to no address that is registered or public")]
pub(super) struct NotReachable;

/// Whom may be connected to, by host.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    resolver: Arc<dyn Resolver>,
    permits: Arc<RwLock<BTreeMap<String, Networks>>>,
}

impl Guard {
    pub(super) fn new(resolver: Arc<dyn Resolver>) -> Self {
        Self { resolver, permits: Arc::default() }
    }

    /// Lets `host` lead to `networks` too.
    pub(super) fn permit(&self, host: &str, networks: &Networks) {
        let mut permits = self.permits.write().unwrap_or_else(PoisonError::into_inner);
        let known = permits.entry(host.to_ascii_lowercase()).or_default();
        *known = std::mem::take(known).and(networks);
    }

    pub(super) fn allows(&self, host: &str, address: IpAddr) -> bool {
        let permits = self.permits.read().unwrap_or_else(PoisonError::into_inner);
        permits
            .get(&host.to_ascii_lowercase())
            .map_or_else(|| Networks::public().allow(address), |it| it.allow(address))
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let host = name.as_str();
            let found = guard.resolver.addresses(host).await?;
            let allowed = found.into_iter().filter(|address| guard.allows(host, *address));
            let allowed: Vec<_> = allowed.map(|address| SocketAddr::new(address, 0)).collect();
            if allowed.is_empty() {
                return Err(NotReachable.into());
            }
            let addresses: Addrs = Box::new(allowed.into_iter());
            Ok(addresses)
        })
    }
}
