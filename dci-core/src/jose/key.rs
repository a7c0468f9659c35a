//! Keys with their id and the one algorithm they are used with.

use super::algorithm::Algorithm;
use super::provider::{PrivateKey, Provider, Refused, Sign, SignError, Verify};
use super::public_key::{KeyRejected, PublicKey};
use crate::id::KeyId;
use crate::wire::Object;
use std::fmt;

/// A public key that signatures are checked with. Its algorithm was fixed when it was taken in: what a message claims is
/// compared with it, never obeyed.
pub struct VerificationKey {
    key_id: KeyId,
    algorithm: Algorithm,
    public_key: PublicKey,
    verifier: Box<dyn Verify>,
}

impl VerificationKey {
    /// Takes in `public_key` under `key_id`, for `algorithm` only.
    pub fn new(
        key_id: KeyId,
        algorithm: Algorithm,
        public_key: PublicKey,
        provider: &dyn Provider,
    ) -> Result<Self, KeyRejected> {
        if !public_key.fits(algorithm) {
            return Err(KeyRejected("the algorithm does not belong to the key type"));
        }
        let verifier = provider.verifier(&public_key, algorithm)?;
        Ok(Self { key_id, algorithm, public_key, verifier })
    }

    /// The id of the key.
    pub fn key_id(&self) -> &KeyId {
        &self.key_id
    }

    /// The algorithm it is used with.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Whether `signature` holds for `message`. The length is checked before any primitive is called.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Refused> {
        if signature.len() != self.public_key.signature_len() {
            return Err(Refused);
        }
        self.verifier.verify(message, signature)
    }
}

impl fmt::Debug for VerificationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerificationKey")
            .field("key_id", &self.key_id)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}

/// A private key with its id and algorithm.
pub struct SigningKey {
    key_id: KeyId,
    algorithm: Algorithm,
    signer: Box<dyn Sign>,
}

impl SigningKey {
    /// Takes in `private_key` under `key_id`, for `algorithm` only.
    pub fn new(
        key_id: KeyId,
        algorithm: Algorithm,
        private_key: &PrivateKey,
        provider: &dyn Provider,
    ) -> Result<Self, KeyRejected> {
        let signer = provider.signer(private_key, algorithm)?;
        if !signer.public_key().fits(algorithm) {
            return Err(KeyRejected("the algorithm does not belong to the key type"));
        }
        Ok(Self { key_id, algorithm, signer })
    }

    /// Makes a new key.
    pub fn generate(key_id: KeyId, algorithm: Algorithm, provider: &dyn Provider) -> Result<Self, KeyRejected> {
        Self::new(key_id, algorithm, &provider.generate(algorithm)?, provider)
    }

    /// The id of the key.
    pub fn key_id(&self) -> &KeyId {
        &self.key_id
    }

    /// The algorithm it is used with.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Signs `message`.
    pub fn sign(&self, message: &[u8]) -> Result<Vec<u8>, SignError> {
        self.signer.sign(message)
    }

    /// The public half, to be given to counterparts.
    pub fn public_key(&self) -> PublicKey {
        self.signer.public_key()
    }

    /// The public half as a JWK with `kid`, `use` and `alg`.
    pub fn public_jwk(&self) -> Object {
        let mut jwk = self.public_key().to_jwk();
        jwk.insert("kid", self.key_id.as_str());
        jwk.insert("use", "sig");
        jwk.insert("alg", self.algorithm.name());
        jwk
    }

    /// The key that checks this one's signatures.
    pub fn verification_key(&self, provider: &dyn Provider) -> Result<VerificationKey, KeyRejected> {
        VerificationKey::new(self.key_id.clone(), self.algorithm, self.public_key(), provider)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("key_id", &self.key_id)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
}
