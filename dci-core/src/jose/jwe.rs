//! Encrypted messages (`EncryptedMessage`): flattened JWE (RFC 7516 section 7.2.2) with an unprotected header, read and
//! judged. Nothing is decrypted here; a message that fails a rule never comes near a key.

use super::base64url::decode;
use super::public_key::PublicKey;
use crate::id::KeyId;
use crate::wire::{Json, Object};

/// Not an acceptable encrypted message. One value for every cause: a sender learns nothing from the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an acceptable encrypted message")]
#[allow(clippy::exhaustive_structs)] // it says all it will ever say
pub struct JweRefused;

/// How the content key reaches the receiver. `RSA1_5`, PBES2, direct keys and AES key wrap with shared keys are not in the
/// list and cannot be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum KeyManagement {
    /// RSAES-OAEP with SHA-256.
    RsaOaep256,
    /// ECDH-ES, the agreed key used directly.
    EcdhEs,
    /// ECDH-ES, the agreed key wrapping the content key.
    EcdhEsA256Kw,
}

/// How the content is encrypted: authenticated modes only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContentEncryption {
    /// AES-GCM with a key of 128 bits.
    A128Gcm,
    /// AES-GCM with a key of 256 bits.
    A256Gcm,
}

impl ContentEncryption {
    fn key_len(self) -> usize {
        match self {
            Self::A128Gcm => 16,
            Self::A256Gcm => 32,
        }
    }
}

/// An encrypted message that passed every rule that needs no key.
#[derive(Clone)]
pub struct Jwe {
    key_management: KeyManagement,
    content_encryption: ContentEncryption,
    key_id: KeyId,
    encrypted_key: Vec<u8>,
}

/// What the header may hold. `zip`, `crit`, `jwk`, `jku`, `x5u`, `x5c` and everything else is refused.
const HEADER: [&str; 4] = ["alg", "enc", "kid", "epk"];
/// What the message may hold.
const MEMBERS: [&str; 5] = ["header", "encrypted_key", "iv", "ciphertext", "tag"];

impl Jwe {
    /// Reads the `message` of an encrypted envelope.
    pub fn parse(message: &Object) -> Result<Self, JweRefused> {
        if message.iter().any(|(name, _)| !MEMBERS.contains(&name)) {
            return Err(JweRefused);
        }
        let header = message.get("header").and_then(Json::as_object).ok_or(JweRefused)?;
        if header.iter().any(|(name, _)| !HEADER.contains(&name)) {
            return Err(JweRefused);
        }
        let text = |name: &str| header.get(name).and_then(Json::as_str).ok_or(JweRefused);
        let bytes = |name: &str| message.get(name).and_then(Json::as_str).and_then(decode).ok_or(JweRefused);
        let key_management = match text("alg")? {
            "RSA-OAEP-256" => KeyManagement::RsaOaep256,
            "ECDH-ES" => KeyManagement::EcdhEs,
            "ECDH-ES+A256KW" => KeyManagement::EcdhEsA256Kw,
            _ => return Err(JweRefused),
        };
        let content_encryption = match text("enc")? {
            "A128GCM" => ContentEncryption::A128Gcm,
            "A256GCM" => ContentEncryption::A256Gcm,
            _ => return Err(JweRefused),
        };
        let agreed = key_management != KeyManagement::RsaOaep256;
        if agreed != header.get("epk").is_some() {
            return Err(JweRefused);
        }
        let key_id = KeyId::new(text("kid")?).map_err(|_| JweRefused)?;
        let encrypted_key = bytes("encrypted_key")?;
        let fits = match key_management {
            KeyManagement::RsaOaep256 => (256..=1_024).contains(&encrypted_key.len()),
            KeyManagement::EcdhEs => encrypted_key.is_empty(),
            KeyManagement::EcdhEsA256Kw => encrypted_key.len() == content_encryption.key_len() + 8,
        };
        let ciphertext = bytes("ciphertext")?;
        if !fits || bytes("iv")?.len() != 12 || bytes("tag")?.len() != 16 || ciphertext.is_empty() {
            return Err(JweRefused);
        }
        Ok(Self { key_management, content_encryption, key_id, encrypted_key })
    }

    /// How the content key reaches the receiver.
    pub fn key_management(&self) -> KeyManagement {
        self.key_management
    }

    /// How the content is encrypted.
    pub fn content_encryption(&self) -> ContentEncryption {
        self.content_encryption
    }

    /// The key of the receiver it was encrypted for.
    pub fn key_id(&self) -> &KeyId {
        &self.key_id
    }

    /// Whether the encrypted key has exactly the length and kind that belongs to the receiver's key.
    pub fn fits(&self, key: &PublicKey) -> bool {
        match (key, self.key_management) {
            (PublicKey::Rsa { n, .. }, KeyManagement::RsaOaep256) => n.len() == self.encrypted_key.len(),
            (PublicKey::Ec { .. }, KeyManagement::EcdhEs | KeyManagement::EcdhEsA256Kw) => true,
            _ => false,
        }
    }
}

impl std::fmt::Debug for Jwe {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Jwe").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}
