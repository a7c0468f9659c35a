//! What encryption needs of a provider.

use super::encryption::JweRefused;
use super::public_key::{Curve, PublicKey};
use std::sync::Arc;
use zeroize::Zeroizing;

/// Bytes that are wiped when they are dropped.
pub type Secret = Zeroizing<Vec<u8>>;

/// The provider could not encrypt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the provider could not encrypt")]
#[allow(clippy::exhaustive_structs)] // it says all it will ever say
pub struct EncryptError;

/// The symmetric primitives and the asymmetric ones that take somebody else's public key.
pub trait Cipher: Send + Sync {
    /// Fills `bytes` with randomness.
    fn random(&self, bytes: &mut [u8]) -> Result<(), EncryptError>;

    /// RSAES-OAEP with SHA-256 for hash and mask.
    fn oaep_encrypt(&self, key: &PublicKey, plain: &[u8]) -> Result<Vec<u8>, EncryptError>;

    /// A new key pair of `curve` and the secret it agrees on with `key`: the ephemeral public key and the secret.
    fn agree_new(&self, curve: Curve, key: &PublicKey) -> Result<(PublicKey, Secret), EncryptError>;

    /// AES key wrap (RFC 3394) with a key of 32 bytes.
    fn wrap(&self, key: &[u8], plain: &[u8]) -> Result<Vec<u8>, EncryptError>;

    /// Undoes [`Cipher::wrap`].
    fn unwrap(&self, key: &[u8], wrapped: &[u8]) -> Result<Secret, JweRefused>;

    /// AES-GCM with a key of 16 or 32 bytes: the ciphertext and a tag of 16 bytes.
    fn gcm_seal(
        &self,
        key: &[u8],
        iv: &[u8; 12],
        aad: &[u8],
        plain: &[u8],
    ) -> Result<(Vec<u8>, [u8; 16]), EncryptError>;

    /// Undoes [`Cipher::gcm_seal`].
    fn gcm_open(
        &self,
        key: &[u8],
        iv: &[u8; 12],
        aad: &[u8],
        ciphertext: &[u8],
        tag: &[u8; 16],
    ) -> Result<Secret, JweRefused>;
}

/// A private key that opens what was encrypted for it.
pub trait Decrypt: Send + Sync {
    /// Opens RSAES-OAEP with SHA-256; refused where the key is no RSA key.
    fn oaep_decrypt(&self, ciphertext: &[u8]) -> Result<Secret, JweRefused>;

    /// The secret agreed on with `key`, which must be a point of this key's curve; refused where the key is no EC key.
    fn agree(&self, key: &PublicKey) -> Result<Secret, JweRefused>;

    /// The public half.
    fn public_key(&self) -> PublicKey;
}

/// A shared cipher.
pub type SharedCipher = Arc<dyn Cipher>;
