//! A peer is data: everything that is known about a counterpart system.
//!
//! [`Profile`] is what a kind of system speaks, and a [`Preset`] one of the systems people run; a [`Peer`] is one registered
//! system of that kind, with its id, its keys, and what it may do here.

mod adapt;
#[cfg(feature = "toml")]
mod config;
mod directory;
mod encryption;
mod header;
mod keys;
mod paths;
mod presets;
mod profile;
#[cfg(feature = "client")]
mod remote_keys;

pub use crate::network::{Networks, NotANetwork};
pub use adapt::NotSpoken;
#[cfg(feature = "toml")]
pub use config::{ConfigError, PeerConfig, ProfileConfig, read_peers};
pub use directory::{PeerDirectory, Peers};
pub use encryption::{EncryptionForm, EncryptionPolicy};
pub use keys::KeySource;
pub use paths::Paths;
pub use presets::Preset;
pub use profile::{
    Authorization, Correlation, HeaderForm, LocaleForm, Profile, QueryForm, RecordForm, RegistryName, SubscriptionForm,
    Text, TokenRequest, Unsigned, UnsignedForm,
};
#[cfg(feature = "client")]
pub use remote_keys::RemoteKeySet;

use crate::id::SystemId;
use crate::jose::KeySet;
use crate::network::literal_address;
use crate::signature::{DciString, DetachedJws, SignatureScheme};
use std::fmt;
use std::sync::Arc;
use url::{Host, Origin, Url};

/// A counterpart system.
#[derive(Clone)]
pub struct Peer {
    id: SystemId,
    keys: Arc<dyn KeySource>,
    profile: Profile,
    /// The actions it may ask for; every one when not set.
    actions: Option<Vec<String>>,
    callback_origins: Vec<Origin>,
    networks: Networks,
    callbacks_on_loopback: bool,
    notified_at: Option<Url>,
}

impl Peer {
    /// The system `id`, speaking the standard's own signature string and reading both of the recommended schemes; its keys
    /// are `keys`.
    pub fn new(id: SystemId, keys: impl KeySource + 'static) -> Self {
        Self {
            id,
            keys: Arc::new(keys),
            profile: Profile::standard(),
            actions: None,
            callback_origins: Vec::new(),
            networks: Networks::public(),
            callbacks_on_loopback: false,
            notified_at: None,
        }
    }

    /// A system that does not sign.
    ///
    /// Gives up knowing who sent a message and whether it was altered. For tests, and for systems that cannot sign yet.
    pub fn danger_unsigned(id: SystemId) -> Self {
        Self::new(id, KeySet::default()).danger_accept_unsigned()
    }

    /// Speaks as `profile` says. A [`Preset`] whose system does not sign makes this peer one that does not: see
    /// [`Peer::danger_unsigned`] for what that gives up.
    pub fn speaking(mut self, profile: Profile) -> Self {
        self.profile = profile;
        self
    }

    /// Sets the schemes the peer may use; the first is the one that is signed with for it.
    pub fn with_schemes(mut self, schemes: impl IntoIterator<Item = Arc<dyn SignatureScheme>>) -> Self {
        let schemes: Vec<_> = schemes.into_iter().collect();
        if !schemes.is_empty() {
            self.profile.schemes = schemes;
        }
        self
    }

    /// Prefers the detached JWS.
    pub fn with_detached_jws(self) -> Self {
        self.with_schemes([Arc::new(DetachedJws::new()) as Arc<dyn SignatureScheme>, Arc::new(DciString::new())])
    }

    /// Takes messages without signature from this peer too. See [`Peer::danger_unsigned`] for what that gives up.
    pub fn danger_accept_unsigned(mut self) -> Self {
        self.profile.unsigned = Unsigned::Accepted;
        self
    }

    /// Encrypts messages to this peer and refuses plain ones of it.
    pub fn encrypting(mut self, form: EncryptionForm) -> Self {
        self.profile.encryption = EncryptionPolicy::Encrypted(form);
        self
    }

    /// May ask for these actions only: `search`, `txn-status` and so on.
    pub fn allowed(mut self, actions: &[&str]) -> Self {
        self.actions = Some(actions.iter().map(|action| (*action).to_owned()).collect());
        self
    }

    /// Registers where callbacks may be posted: scheme, host and port must equal those of `url`. A literal address is
    /// registered with it; a name must lead to public addresses, or to networks registered with [`Peer::reaching`].
    pub fn with_callbacks_at(mut self, url: &Url) -> Self {
        self.callback_origins.push(url.origin());
        if let Some(address) = literal_address(url) {
            self.networks = self.networks.with_address(address);
        }
        self
    }

    /// Posts notifications to `url`, and registers its origin as one of callbacks. When not set they go where the subscription
    /// wants its `on-subscribe`, with `notify` as last word: the standard has no other place for the address.
    pub fn with_notifications_at(mut self, url: Url) -> Self {
        self = self.with_callbacks_at(&url);
        self.notified_at = Some(url);
        self
    }

    /// Registers private networks its names may lead to.
    pub fn reaching(mut self, networks: &Networks) -> Self {
        self.networks = self.networks.and(networks);
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

    /// What it speaks.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// The schemes it may use.
    pub fn schemes(&self) -> &[Arc<dyn SignatureScheme>] {
        &self.profile.schemes
    }

    /// What happens to its messages without signature.
    pub fn unsigned(&self) -> Unsigned {
        self.profile.unsigned
    }

    /// Whether it may ask for `action`.
    pub fn may(&self, action: &str) -> bool {
        self.actions.as_ref().is_none_or(|actions| actions.iter().any(|allowed| allowed == action))
    }

    /// Where notifications are posted, when it is registered.
    pub fn notified_at(&self) -> Option<&Url> {
        self.notified_at.as_ref()
    }

    /// The addresses that may be connected to on its behalf.
    pub fn networks(&self) -> Networks {
        let networks = self.networks.clone();
        if self.callbacks_on_loopback {
            return networks.with_address([127, 0, 0, 1].into());
        }
        networks
    }

    /// The address of a callback, where it is one this peer registered.
    pub fn callback_url(&self, sender_uri: &str) -> Option<Url> {
        let url = Url::parse(sender_uri).ok()?;
        // What a parser repairs, another one may read otherwise.
        let odd = sender_uri.chars().any(|letter| letter == '\\' || letter.is_control() || letter.is_whitespace());
        let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none() && !odd;
        let http = matches!(url.scheme(), "http" | "https");
        let registered = self.callback_origins.contains(&url.origin())
            || (self.callbacks_on_loopback && matches!(url.host(), Some(Host::Ipv4(address)) if address.is_loopback()));
        (plain && http && registered).then_some(url)
    }
}

impl fmt::Debug for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Peer").field("id", &self.id).field("profile", &self.profile).finish_non_exhaustive()
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
            "https:\\\\spmis.example.org/on-search",
            " https://spmis.example.org/on-search",
            "file:///etc/passwd",
            "//spmis.example.org/on-search",
            "",
        ] {
            assert!(peer.callback_url(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn a_literal_address_is_registered_with_its_origin() {
        let base = Url::parse("https://10.1.2.3:8443/").unwrap();
        let peer = Peer::danger_unsigned(SystemId::new("spmis").unwrap()).with_callbacks_at(&base);
        assert!(peer.networks().allow([10, 1, 2, 3].into()) && !peer.networks().allow([10, 1, 2, 4].into()));
    }
}
