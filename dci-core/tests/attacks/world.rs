//! A caller and a registry that know each other, and the tools of somebody between them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as B64;
use dci_core::action::{Registry, Search};
use dci_core::carrier::Carrier;
use dci_core::code::ErrorCode;
use dci_core::envelope::{Envelope, Received};
use dci_core::gate::{Fault, Gate, Keyring, Rejection, Seal};
use dci_core::header::RequestHeader;
use dci_core::id::{KeyId, SystemId};
use dci_core::jose::{
    Algorithm, AwsLc, DecryptionKey, KeyManagement, KeySet, PrivateKey, Provider as _, SigningKey, VerificationKey,
};
use dci_core::message::SearchRequest;
use dci_core::peer::{Peer, Peers};
use dci_core::query::{Attribute, SearchCriteria};
use dci_core::signature::SignatureScheme;
use dci_core::wire::{Json, Limits};
use serde_json::Value;
use std::sync::Arc;

/// A registry of anything.
#[derive(Debug)]
pub(crate) struct Plain;

dci_core::open_enum! {
    /// What it could notify of.
    pub(crate) enum Change {
        /// Anything.
        Any = "any",
    }
}

impl Registry for Plain {
    const NAME: &'static str = "plain";
    const REG_TYPE: &'static str = "ns:org:RegistryType:Plain";
    const RECORD_TYPE: &'static str = "Plain";
    const ATTRIBUTES: &'static [Attribute] = &[];
    const IDENTIFIER_PATHS: &'static [&'static str] = &["identifier"];
    type Record = Json;
    type Event = Change;
}

pub(crate) type PlainSearch = Search<Plain>;

pub(crate) fn id(text: &str) -> SystemId {
    SystemId::new(text).unwrap()
}

pub(crate) fn key_id(text: &str) -> KeyId {
    KeyId::new(text).unwrap()
}

/// One system: what it signs and opens with, and what others know of it.
#[derive(Clone)]
pub(crate) struct System {
    pub(crate) name: &'static str,
    pub(crate) private: Vec<(Algorithm, PrivateKey)>,
    pub(crate) seal: Seal,
    pub(crate) keyring: Keyring,
    pub(crate) keys: KeySet,
}

impl System {
    /// With an Ed25519, an RSA and a P-256 key: `key-EdDSA`, `key-RS256`, `key-ES256`.
    pub(crate) fn new(name: &'static str) -> Self {
        let provider = AwsLc::new();
        let algorithms = [Algorithm::EdDsa, Algorithm::Rs256, Algorithm::Es256];
        let private = algorithms.map(|algorithm| (algorithm, provider.generate(algorithm).unwrap()));
        let signing = |(algorithm, key): &(Algorithm, PrivateKey)| {
            SigningKey::new(key_id(&format!("key-{algorithm}")), *algorithm, key, &provider).unwrap()
        };
        let verification: Vec<VerificationKey> =
            private.iter().map(|pair| signing(pair).verification_key(&provider).unwrap()).collect();
        let open = provider.generate(Algorithm::Es256).unwrap();
        let open = DecryptionKey::new(key_id("open"), KeyManagement::EcdhEsA256Kw, &open, &provider).unwrap();
        let keys = KeySet::new(verification).with_encryption_key(open.encryption_key(&provider).unwrap());
        let seal = Seal::new(id(name), private.iter().map(signing));
        Self { name, private: private.to_vec(), seal, keyring: Keyring::new([open]), keys }
    }

    pub(crate) fn key(&self, algorithm: Algorithm) -> SigningKey {
        let (_, private) = self.private.iter().find(|(other, _)| *other == algorithm).unwrap();
        SigningKey::new(key_id(&format!("key-{algorithm}")), algorithm, private, &AwsLc::new()).unwrap()
    }

    pub(crate) fn peer(&self) -> Peer {
        Peer::new(id(self.name), self.keys.clone())
    }
}

pub(crate) struct World {
    pub(crate) caller: System,
    pub(crate) other: System,
    pub(crate) registry: System,
}

impl World {
    pub(crate) fn new() -> Self {
        let [caller, other, registry] = ["caller", "other", "registry"].map(System::new);
        Self { caller, other, registry }
    }

    /// The registry's gate, as callers with every scheme know it.
    pub(crate) fn gate(&self) -> Gate {
        self.gate_for(|peer| peer)
    }

    pub(crate) fn gate_for(&self, change: impl Fn(Peer) -> Peer) -> Gate {
        let peers = Peers::new([change(self.caller.peer()), change(self.other.peer())]);
        Gate::new(id("registry"), Arc::new(peers)).opening_with(self.registry.keyring.clone())
    }

    pub(crate) fn header() -> RequestHeader {
        RequestHeader::new("search", id("caller"), id("registry"), 1)
    }

    /// A good request of the caller, for `peer`: how it reads and is spoken to.
    pub(crate) async fn request_for(&self, peer: &Peer, header: RequestHeader) -> Value {
        let message = SearchRequest::one(SearchCriteria::identifier("UIN", "1"));
        let sealed = self.caller.seal.seal(&Envelope::new(header, message), peer, &Carrier::default()).await.unwrap();
        serde_json::from_slice(&sealed.body).unwrap()
    }

    pub(crate) async fn request(&self) -> Value {
        self.request_for(&self.registry.peer(), Self::header()).await
    }

    /// A good request whose signature is a detached JWS.
    pub(crate) async fn jws_request(&self) -> Value {
        self.request_for(&self.registry.peer().with_detached_jws(), Self::header()).await
    }
}

/// What the detached JWS of `body` covers.
pub(crate) fn content(body: &Value) -> Vec<u8> {
    received(body).as_received()
}

pub(crate) fn received(body: &Value) -> Received {
    // Sorted, so that the received bytes are the canonical ones whatever order this build's maps have.
    let text = Json::parse(body.to_string().as_bytes()).unwrap().print(dci_core::wire::Form::SortedUtf8);
    Received::parse(text, &Limits::default()).unwrap()
}

/// A detached JWS with `header` over `body`, signed with `key` whatever the header says.
pub(crate) fn forge(header: &str, body: &Value, key: &SigningKey) -> String {
    let protected = B64.encode(header);
    let input = format!("{protected}.{}", B64.encode(content(body)));
    format!("{protected}..{}", B64.encode(key.sign(input.as_bytes()).unwrap()))
}

pub(crate) async fn judge(gate: &Gate, body: &Value) -> Result<(), Rejection> {
    gate.admit::<PlainSearch>(&received(body), None).await.map(drop)
}

/// Refused for its signature, in the one text there is for that.
pub(crate) async fn refused_signature(gate: &Gate, body: &Value, what: &str) {
    let rejection = judge(gate, body).await.expect_err(what);
    let signature = [Fault::Envelope(ErrorCode::SignatureInvalid), Fault::Envelope(ErrorCode::SignatureMissing)];
    assert!(signature.contains(&rejection.fault), "{what}: {rejection}");
    let invalid = rejection.fault == signature[0];
    let text = if invalid {
        "/signature does not hold for this message and sender"
    } else {
        "/signature is required from this sender"
    };
    assert_eq!(rejection.message, text, "{what}");
}

/// Every scheme there is, one after the other.
pub(crate) fn every_scheme() -> Vec<Arc<dyn SignatureScheme>> {
    dci_core::signature::SCHEMES.iter().map(dci_core::signature::SchemeInfo::make).collect()
}
