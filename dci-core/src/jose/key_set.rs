//! JWK sets (RFC 7517 section 5; core standard, `/.well-known/jwks.json`): taken as a whole or refused as a whole.

use super::algorithm::Algorithm;
use super::encryption::KeyManagement;
use super::encryption_key::{DecryptionKey, EncryptionKey};
use super::key::{SigningKey, VerificationKey};
use super::provider::Provider;
use super::public_key::{KeyRejected, PublicKey, refuse_private_members};
use crate::id::KeyId;
use crate::wire::{Json, Limits, Object, ParseError};
use std::sync::Arc;

/// The most keys one set may hold.
const KEYS: usize = 100;
/// The most bytes one set may have.
pub(crate) const KEY_SET_BYTES: usize = 256 * 1024;

/// The public keys of one system: those it signs with, and those messages to it are encrypted for.
#[derive(Clone, Debug, Default)]
pub struct KeySet {
    keys: Vec<Arc<VerificationKey>>,
    encryption_keys: Vec<Arc<EncryptionKey>>,
}

/// Why a key set is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeySetError {
    /// It is not JSON, or beyond the limits.
    #[error("the key set is {0}")]
    Json(#[from] ParseError),
    /// It is larger than any real set.
    #[error("the key set has more than {0} {1}")]
    TooLarge(usize, &'static str),
    /// It has no list `keys`.
    #[error("the key set must be an object with a list keys")]
    Shape,
    /// Two keys share one id.
    #[error("two keys of the set have one kid")]
    DuplicateKeyId,
    /// A key is not acceptable.
    #[error("key {index}: {reason}")]
    Key {
        /// Its place in the list.
        index: usize,
        /// Why.
        reason: KeyRejected,
    },
}

impl KeySet {
    /// A set of keys that were taken in before.
    pub fn new(keys: impl IntoIterator<Item = VerificationKey>) -> Self {
        Self { keys: keys.into_iter().map(Arc::new).collect(), encryption_keys: Vec::new() }
    }

    /// Adds a key messages are encrypted for.
    pub fn with_encryption_key(mut self, key: EncryptionKey) -> Self {
        self.encryption_keys.push(Arc::new(key));
        self
    }

    /// Takes in a published set. One unacceptable key refuses the set: a set that mixes private, symmetric or
    /// contradictory keys with good ones is not under its owner's control. Key types and algorithms of encryption that are
    /// not offered are passed over.
    pub fn parse(text: &[u8], provider: &dyn Provider) -> Result<Self, KeySetError> {
        if text.len() > KEY_SET_BYTES {
            return Err(KeySetError::TooLarge(KEY_SET_BYTES, "bytes"));
        }
        let limits = Limits { depth: 6, refuse_unsafe_numbers: false, ..Limits::default() };
        let tree = Json::parse_within(text, &limits)?;
        let list = tree.get("keys").and_then(Json::as_array).ok_or(KeySetError::Shape)?;
        if list.len() > KEYS {
            return Err(KeySetError::TooLarge(KEYS, "keys"));
        }
        let mut ids: Vec<&str> = list.iter().filter_map(|jwk| jwk.get("kid")?.as_str()).collect();
        ids.sort_unstable();
        if ids.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(KeySetError::DuplicateKeyId);
        }
        let mut set = Self::default();
        for (index, jwk) in list.iter().enumerate() {
            let jwk = jwk.as_object().ok_or(KeySetError::Shape)?;
            match take(jwk, provider).map_err(|reason| KeySetError::Key { index, reason })? {
                Some(Taken::Signature(key)) => set.keys.push(Arc::new(key)),
                Some(Taken::Encryption(key)) => set.encryption_keys.push(Arc::new(key)),
                None => {}
            }
        }
        Ok(set)
    }

    /// The keys with `key_id`, or all of them.
    pub fn find(&self, key_id: Option<&KeyId>) -> Vec<Arc<VerificationKey>> {
        let wanted = |key: &&Arc<VerificationKey>| key_id.is_none_or(|key_id| key.key_id() == key_id);
        self.keys.iter().filter(wanted).cloned().collect()
    }

    /// The key messages are encrypted for; of several, the first.
    pub fn encryption_key(&self) -> Option<Arc<EncryptionKey>> {
        self.encryption_keys.first().cloned()
    }

    /// Whether there are no signature keys.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The document other systems read these keys' public halves from.
    pub fn document<'a>(
        keys: impl IntoIterator<Item = &'a SigningKey>,
        decryption_keys: impl IntoIterator<Item = &'a DecryptionKey>,
    ) -> Json {
        let signing = keys.into_iter().map(SigningKey::public_jwk);
        let decryption = decryption_keys.into_iter().map(DecryptionKey::public_jwk);
        let list = signing.chain(decryption).map(Json::Object).collect::<Vec<_>>();
        Json::Object(std::iter::once(("keys".to_owned(), Json::Array(list))).collect())
    }
}

enum Taken {
    Signature(VerificationKey),
    Encryption(EncryptionKey),
}

/// One key of a set; `None` when it is of a type or for a use that is not offered.
fn take(jwk: &Object, provider: &dyn Provider) -> Result<Option<Taken>, KeyRejected> {
    const CONTRADICTION: KeyRejected = KeyRejected("use and key_ops contradict each other");
    let text = |name: &str| jwk.get(name).and_then(Json::as_str);
    let known = match text("kty") {
        Some("oct") => return Err(KeyRejected("a symmetric key must not be published")),
        Some("OKP") => text("crv") == Some("Ed25519"),
        Some("EC") => matches!(text("crv"), Some("P-256" | "P-384")),
        Some("RSA") => true,
        Some(_) => false,
        None => return Err(KeyRejected("kty is required")),
    };
    // Before keys that are passed over: one that leaks refuses the set whatever it is for.
    refuse_private_members(jwk)?;
    let operations: Vec<&str> = match jwk.get("key_ops") {
        None => Vec::new(),
        Some(list) => {
            let list = list.as_array().ok_or(KeyRejected("key_ops must be a list"))?;
            list.iter()
                .map(|item| item.as_str().ok_or(KeyRejected("key_ops must hold texts")))
                .collect::<Result<_, _>>()?
        }
    };
    let verifies = operations.is_empty() || operations.contains(&"verify");
    match text("use") {
        Some("enc") if operations.contains(&"verify") => Err(CONTRADICTION),
        Some("enc") if known => take_encryption(jwk, provider),
        Some("sig") if !verifies => Err(CONTRADICTION),
        Some("enc") => Ok(None),
        _ if !verifies || !known => Ok(None),
        _ => {
            let public_key = PublicKey::from_jwk(jwk)?;
            let algorithm = match text("alg") {
                None => public_key.default_algorithm(),
                Some(name) => Algorithm::from_name(name).ok_or(KeyRejected("alg is not offered"))?,
            };
            let key_id = key_id_of(jwk, &public_key)?;
            VerificationKey::new(key_id, algorithm, public_key, provider).map(|key| Some(Taken::Signature(key)))
        }
    }
}

fn take_encryption(jwk: &Object, provider: &dyn Provider) -> Result<Option<Taken>, KeyRejected> {
    let public_key = PublicKey::from_jwk(jwk)?;
    let key_management = match (jwk.get("alg").and_then(Json::as_str), &public_key) {
        (Some(name), _) => KeyManagement::from_name(name),
        (None, PublicKey::Rsa { .. }) => Some(KeyManagement::RsaOaep256),
        (None, PublicKey::Ec { .. }) => Some(KeyManagement::EcdhEsA256Kw),
        (None, PublicKey::Ed25519(_)) => None,
    };
    let Some(key_management) = key_management else { return Ok(None) };
    let key_id = key_id_of(jwk, &public_key)?;
    EncryptionKey::new(key_id, key_management, public_key, provider).map(|key| Some(Taken::Encryption(key)))
}

fn key_id_of(jwk: &Object, public_key: &PublicKey) -> Result<KeyId, KeyRejected> {
    match jwk.get("kid").and_then(Json::as_str) {
        Some(kid) => KeyId::new(kid).map_err(|_| KeyRejected("kid must have 1 to 99 plain characters")),
        None => KeyId::new(public_key.thumbprint()).map_err(|_| KeyRejected("kid is required")),
    }
}
