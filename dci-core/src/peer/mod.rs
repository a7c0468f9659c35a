//! A peer is data: everything that is known about a counterpart system.

mod directory;
mod keys;
#[cfg(feature = "client")]
mod remote_keys;

pub use directory::{PeerDirectory, Peers};
pub use keys::KeySource;
#[cfg(feature = "client")]
pub use remote_keys::RemoteKeySet;

use crate::id::SystemId;
use crate::jose::KeySet;
use crate::signature::{DciString, DetachedJws, SignatureScheme};
use std::fmt;
use std::sync::Arc;
use url::{Host, Origin, Url};

/// What happens to messages without a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Unsigned {
    /// They are refused.
    Refused,
    /// They are taken as they are: nobody can say who sent them.
    Accepted,
}

/// A counterpart system.
#[derive(Clone)]
pub struct Peer {
    id: SystemId,
    keys: Arc<dyn KeySource>,
    schemes: Vec<Arc<dyn SignatureScheme>>,
    unsigned: Unsigned,
    callback_origins: Vec<Origin>,
    callbacks_on_loopback: bool,
}

impl Peer {
    /// The system `id`, speaking the standard's own signature string and reading both schemes; its keys are `keys`.
    pub fn new(id: SystemId, keys: impl KeySource + 'static) -> Self {
        Self {
            id,
            keys: Arc::new(keys),
            schemes: vec![Arc::new(DciString::new()), Arc::new(DetachedJws::new())],
            unsigned: Unsigned::Refused,
            callback_origins: Vec::new(),
            callbacks_on_loopback: false,
        }
    }

    /// A system that does not sign.
    ///
    /// Gives up knowing who sent a message and whether it was altered. For tests, and for systems that cannot sign yet.
    pub fn danger_unsigned(id: SystemId) -> Self {
        Self { unsigned: Unsigned::Accepted, ..Self::new(id, KeySet::default()) }
    }

    /// Sets the schemes the peer may use; the first is the one that is signed with for it.
    pub fn with_schemes(mut self, schemes: impl IntoIterator<Item = Arc<dyn SignatureScheme>>) -> Self {
        let schemes: Vec<_> = schemes.into_iter().collect();
        if !schemes.is_empty() {
            self.schemes = schemes;
        }
        self
    }

    /// Prefers the detached JWS.
    pub fn with_detached_jws(self) -> Self {
        self.with_schemes([Arc::new(DetachedJws::new()) as Arc<dyn SignatureScheme>, Arc::new(DciString::new())])
    }

    /// Takes messages without signature from this peer too. See [`Peer::danger_unsigned`] for what that gives up.
    pub fn danger_accept_unsigned(mut self) -> Self {
        self.unsigned = Unsigned::Accepted;
        self
    }

    /// Registers where callbacks may be posted: scheme, host and port must equal those of `url`.
    pub fn with_callbacks_at(mut self, url: &Url) -> Self {
        self.callback_origins.push(url.origin());
        self
    }

    /// Posts callbacks to any port of this machine.
    ///
    /// Gives up that the peer cannot make this system call its own inner services. For tests and the sandbox.
    pub fn danger_callbacks_on_loopback(mut self) -> Self {
        self.callbacks_on_loopback = true;
        self
    }

    /// The system.
    pub fn id(&self) -> &SystemId {
        &self.id
    }

    /// Its keys.
    pub fn keys(&self) -> &dyn KeySource {
        &*self.keys
    }

    /// The schemes it may use.
    pub fn schemes(&self) -> &[Arc<dyn SignatureScheme>] {
        &self.schemes
    }

    /// The scheme that is signed with for it.
    pub fn signs_with(&self) -> &dyn SignatureScheme {
        self.schemes.first().map_or(&DciString as &dyn SignatureScheme, |scheme| &**scheme)
    }

    /// What happens to its messages without signature.
    pub fn unsigned(&self) -> Unsigned {
        self.unsigned
    }

    /// The address of a callback, where it is one this peer registered.
    pub fn callback_url(&self, sender_uri: &str) -> Option<Url> {
        let url = Url::parse(sender_uri).ok()?;
        let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        let http = matches!(url.scheme(), "http" | "https");
        let registered = self.callback_origins.contains(&url.origin())
            || (self.callbacks_on_loopback && matches!(url.host(), Some(Host::Ipv4(address)) if address.is_loopback()));
        (plain && http && registered).then_some(url)
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peer").field("id", &self.id).field("unsigned", &self.unsigned).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn callbacks_go_to_registered_origins_only() {
        let base = Url::parse("https://spmis.example.org/").unwrap();
        let peer = Peer::danger_unsigned(SystemId::new("spmis").unwrap()).with_callbacks_at(&base);
        assert!(peer.callback_url("https://spmis.example.org/callback/on-search").is_some());
        for bad in [
            "http://spmis.example.org/on-search",
            "https://spmis.example.org:8443/on-search",
            "https://127.0.0.1/on-search",
            "https://user:pass@spmis.example.org/on-search",
            "https://spmis.example.org/on-search#x",
            "https://spmis.example.org.evil.example/on-search",
            "file:///etc/passwd",
            "//spmis.example.org/on-search",
            "",
        ] {
            assert!(peer.callback_url(bad).is_none(), "{bad}");
        }
    }
}
