//! Keys for encryption, with their id and the one algorithm they are used with.

use super::cipher::{Cipher, Decrypt, SharedCipher};
use super::encryption::KeyManagement;
use super::provider::{PrivateKey, Provider};
use super::public_key::{KeyRejected, PublicKey};
use crate::id::KeyId;
use crate::wire::Object;
use std::fmt;

const WRONG_KIND: KeyRejected = KeyRejected("the algorithm does not belong to the key type");

/// A counterpart's public key that messages are encrypted for.
pub struct EncryptionKey {
    key_id: KeyId,
    key_management: KeyManagement,
    public_key: PublicKey,
    cipher: SharedCipher,
}

impl EncryptionKey {
    /// Takes in `public_key` under `key_id`, for `key_management` only.
    pub fn new(
        key_id: KeyId,
        key_management: KeyManagement,
        public_key: PublicKey,
        provider: &dyn Provider,
    ) -> Result<Self, KeyRejected> {
        if !key_management.fits(&public_key) {
            return Err(WRONG_KIND);
        }
        // Takes the key as one for signatures too: that is where points are checked to lie on their curve.
        provider.verifier(&public_key, public_key.default_algorithm())?;
        Ok(Self { key_id, key_management, public_key, cipher: provider.cipher() })
    }

    /// The id of the key.
    pub fn key_id(&self) -> &KeyId {
        &self.key_id
    }

    /// The algorithm it is used with.
    pub fn key_management(&self) -> KeyManagement {
        self.key_management
    }

    pub(super) fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    pub(super) fn cipher(&self) -> &dyn Cipher {
        &*self.cipher
    }
}

impl fmt::Debug for EncryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncryptionKey").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}

/// An own private key that opens messages.
pub struct DecryptionKey {
    key_id: KeyId,
    key_management: KeyManagement,
    public_key: PublicKey,
    decrypter: Box<dyn Decrypt>,
    cipher: SharedCipher,
}

impl DecryptionKey {
    /// Takes in `private_key` under `key_id`, for `key_management` only.
    pub fn new(
        key_id: KeyId,
        key_management: KeyManagement,
        private_key: &PrivateKey,
        provider: &dyn Provider,
    ) -> Result<Self, KeyRejected> {
        let decrypter = provider.decrypter(private_key, key_management)?;
        let public_key = decrypter.public_key();
        if !key_management.fits(&public_key) {
            return Err(WRONG_KIND);
        }
        Ok(Self { key_id, key_management, public_key, decrypter, cipher: provider.cipher() })
    }

    /// The id of the key.
    pub fn key_id(&self) -> &KeyId {
        &self.key_id
    }

    /// The algorithm it is used with.
    pub fn key_management(&self) -> KeyManagement {
        self.key_management
    }

    /// The public half.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }

    /// The public half as a JWK with `kid`, `use` and `alg`.
    pub fn public_jwk(&self) -> Object {
        let mut jwk = self.public_key.to_jwk();
        jwk.insert("kid", self.key_id.as_str());
        jwk.insert("use", "enc");
        jwk.insert("alg", self.key_management.name());
        jwk
    }

    /// The key counterparts encrypt with.
    pub fn encryption_key(&self, provider: &dyn Provider) -> Result<EncryptionKey, KeyRejected> {
        EncryptionKey::new(self.key_id.clone(), self.key_management, self.public_key.clone(), provider)
    }

    pub(super) fn decrypter(&self) -> &dyn Decrypt {
        &*self.decrypter
    }

    pub(super) fn cipher(&self) -> &dyn Cipher {
        &*self.cipher
    }
}

impl fmt::Debug for DecryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecryptionKey").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}
