//! Who the suite and the sandbox are: names and published test keys.

use dci_core::gate::Seal;
use dci_core::id::{KeyId, SystemId};
use dci_core::jose::{Algorithm, AwsLc, KeyRejected, KeySet, PrivateKey, SigningKey};
use sha2::{Digest as _, Sha256};

/// The suite as a caller.
pub const SUITE: &str = "suite.dci-conformance.example";
/// The suite's second identity, for checks that need another sender.
pub const OTHER: &str = "other.dci-conformance.example";
/// The sandbox.
pub const SANDBOX: &str = "sandbox.dci-conformance.example";

/// A system with its key.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Signs as this system.
    pub seal: Seal,
    /// What others verify it with.
    pub keys: KeySet,
}

/// The private half of a published test key. Everybody can compute it: it proves nothing about who signs, and no
/// production system may ever accept it.
fn test_key(name: &str) -> PrivateKey {
    let seed: [u8; 32] = Sha256::digest(format!("dci-conformance public test key: {name}")).into();
    PrivateKey::from_ed25519_seed(&seed)
}

impl Identity {
    /// The identity `name` with a test key derived from `secret_name`.
    pub fn test(name: &str, secret_name: &str) -> Result<Self, KeyRejected> {
        Self::with_key(name, "test-key-1", Algorithm::EdDsa, &test_key(secret_name))
    }

    /// The identity `name` with a key of its own.
    pub fn with_key(name: &str, key_id: &str, algorithm: Algorithm, key: &PrivateKey) -> Result<Self, KeyRejected> {
        let provider = AwsLc::new();
        let id = |text: &str| KeyId::new(text).unwrap_or_else(|_| KeyId::random());
        let key = SigningKey::new(id(key_id), algorithm, key, &provider)?;
        let keys = KeySet::new([key.verification_key(&provider)?]);
        let own = SystemId::new(name).unwrap_or_else(|_| SystemId::random());
        Ok(Self { seal: Seal::new(own, [key]), keys })
    }
}
