//! The algorithms of encryption that are offered, and the one refusal there is.

use super::public_key::PublicKey;

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

impl KeyManagement {
    /// Every algorithm.
    pub const ALL: [Self; 3] = [Self::RsaOaep256, Self::EcdhEs, Self::EcdhEsA256Kw];

    /// The name in `alg`.
    pub fn name(self) -> &'static str {
        match self {
            Self::RsaOaep256 => "RSA-OAEP-256",
            Self::EcdhEs => "ECDH-ES",
            Self::EcdhEsA256Kw => "ECDH-ES+A256KW",
        }
    }

    /// The algorithm called `name`, letter for letter.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Whether `key` is of its kind.
    pub fn fits(self, key: &PublicKey) -> bool {
        match key {
            PublicKey::Rsa { .. } => self == Self::RsaOaep256,
            PublicKey::Ec { .. } => self != Self::RsaOaep256,
            PublicKey::Ed25519(_) => false,
        }
    }
}

/// How the content is encrypted: authenticated modes only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ContentEncryption {
    /// AES-GCM with a key of 128 bits.
    A128Gcm,
    /// AES-GCM with a key of 256 bits.
    #[default]
    A256Gcm,
}

impl ContentEncryption {
    /// Every algorithm.
    pub const ALL: [Self; 2] = [Self::A128Gcm, Self::A256Gcm];

    /// The name in `enc`.
    pub fn name(self) -> &'static str {
        match self {
            Self::A128Gcm => "A128GCM",
            Self::A256Gcm => "A256GCM",
        }
    }

    /// The algorithm called `name`, letter for letter.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    pub(super) fn key_len(self) -> usize {
        match self {
            Self::A128Gcm => 16,
            Self::A256Gcm => 32,
        }
    }
}
