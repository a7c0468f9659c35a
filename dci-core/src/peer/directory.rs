//! Who is registered.

use super::Peer;
use crate::id::SystemId;
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// Finds the peer behind a system id. Implemented by whoever keeps the registrations.
#[async_trait]
pub trait PeerDirectory: fmt::Debug + Send + Sync {
    /// The peer `id`, when it is registered.
    async fn find(&self, id: &SystemId) -> Option<Arc<Peer>>;
}

/// A fixed list of peers.
#[derive(Clone, Debug, Default)]
pub struct Peers(BTreeMap<SystemId, Arc<Peer>>);

impl Peers {
    /// A list of `peers`; of two with one id, the last.
    pub fn new(peers: impl IntoIterator<Item = Peer>) -> Self {
        Self(peers.into_iter().map(|peer| (peer.id().clone(), Arc::new(peer))).collect())
    }
}

#[async_trait]
impl PeerDirectory for Peers {
    async fn find(&self, id: &SystemId) -> Option<Arc<Peer>> {
        self.0.get(id).cloned()
    }
}
