//! Putting a client together.

use super::calls::{Client, Inner};
use super::error::ClientError;
use super::token::{ClientCredentials, Token};
use crate::action::Registry;
use crate::gate::{Gate, Keyring, Seal};
use crate::peer::{Peer, Peers};
use crate::transport::Http;
use std::marker::PhantomData;
use std::sync::Arc;
use url::Url;
use zeroize::Zeroizing;

/// Sets up a [`Client`].
pub struct ClientBuilder<I> {
    base: String,
    seal: Option<Seal>,
    peer: Option<Peer>,
    token: Token,
    credentials: Option<(String, Zeroizing<String>)>,
    http: Option<Http>,
    retries: u32,
    keyring: Keyring,
    interface: PhantomData<fn() -> I>,
}

impl<I> std::fmt::Debug for ClientBuilder<I> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ClientBuilder").field("base", &self.base).field("peer", &self.peer).finish_non_exhaustive()
    }
}

impl<I: Registry> ClientBuilder<I> {
    /// Who calls, and with which keys.
    pub fn seal(mut self, seal: Seal) -> Self {
        self.seal = Some(seal);
        self
    }

    /// Whom is called: its id, its keys, how it signs.
    pub fn peer(mut self, peer: Peer) -> Self {
        self.peer = Some(peer);
        self
    }

    /// The bearer token, or where it comes from.
    pub fn token(mut self, token: Token) -> Self {
        self.token = token;
        self
    }

    /// Gets bearer tokens from the peer's own token endpoint, in the form it asks for.
    pub fn credentials(mut self, client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        self.credentials = Some((client_id.into(), Zeroizing::new(client_secret.into())));
        self
    }

    /// Replaces the HTTP client.
    pub fn http(mut self, http: Http) -> Self {
        self.http = Some(http);
        self
    }

    /// Opens answers that were encrypted for this system.
    pub fn opening_with(mut self, keyring: Keyring) -> Self {
        self.keyring = keyring;
        self
    }

    /// How often a call that can safely be repeated is repeated; twice when not set.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The client.
    pub fn build(self) -> Result<Client<I>, ClientError> {
        let mut base = Url::parse(&self.base).map_err(|error| ClientError::Address(self.base.clone(), error))?;
        // A base ends in a slash, so that paths are added to it and do not replace its last part.
        if !base.path().ends_with('/') {
            base.set_path(&format!("{}/", base.path()));
        }
        let seal = self.seal.ok_or(ClientError::Setup("a seal: who calls, and with which keys"))?;
        let peer = self.peer.ok_or(ClientError::Setup("a peer: whom it calls"))?;
        let gate = Gate::new(seal.own_id().clone(), Arc::new(Peers::new([peer.clone()])));
        let gate = gate.opening_with(self.keyring);
        let http = self.http.map_or_else(Http::new, Ok)?;
        http.trust(&base);
        let mut token = self.token;
        if let Some((client_id, client_secret)) = self.credentials {
            let profile = peer.profile();
            let path = profile.token_path.clone();
            let url = base.join(&path).map_err(|error| ClientError::Address(path, error))?;
            let credentials = ClientCredentials::new(url, client_id, client_secret.as_str());
            token = Token::credentials(credentials.request(profile.token_request));
        }
        Ok(Inner { base, http, seal, peer: Arc::new(peer), gate, token, retries: self.retries }.into())
    }
}

impl<I: Registry> Client<I> {
    /// A client for the registry at `base`: what comes before `/registry`.
    pub fn builder(base: impl Into<String>) -> ClientBuilder<I> {
        ClientBuilder {
            base: base.into(),
            seal: None,
            peer: None,
            token: Token::none(),
            credentials: None,
            http: None,
            retries: 2,
            keyring: Keyring::default(),
            interface: PhantomData,
        }
    }
}
