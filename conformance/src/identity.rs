//! Who the suite and the sandbox are: names and published test keys.

use dci_core::gate::{Keyring, Seal};
use dci_core::id::{KeyId, SystemId};
use dci_core::jose::{
    Algorithm, AwsLc, DecryptionKey, KeyManagement, KeyRejected, KeySet, PrivateKey, Provider, SigningKey,
};
use sha2::{Digest as _, Sha256};

/// The suite as a caller.
pub const SUITE: &str = "suite.dci-conformance.example";
/// The suite's second identity, for checks that need another sender.
pub const OTHER: &str = "other.dci-conformance.example";
/// The suite's third identity: messages to and from it are encrypted.
pub const ENCRYPTING: &str = "encrypting.dci-conformance.example";
/// The sandbox.
pub const SANDBOX: &str = "sandbox.dci-conformance.example";
/// Whose keys nobody registered.
pub const STRANGER: &str = "a stranger's";

/// A system with its keys.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Signs as this system.
    pub seal: Seal,
    /// Opens what was encrypted for it.
    pub keyring: Keyring,
    /// What others verify it with, and encrypt for.
    pub keys: KeySet,
}

/// The private half of a published test key. Everybody can compute it: it proves nothing about who signs, and no
/// production system may ever accept it.
fn test_key(name: &str) -> PrivateKey {
    let seed: [u8; 32] = Sha256::digest(format!("dci-conformance public test key: {name}")).into();
    PrivateKey::from_ed25519_seed(&seed)
}

/// RSA keys cannot be computed from a name; these are published with the source instead, for the same use.
fn rsa_test_keys(name: &str) -> (&'static str, Option<&'static str>) {
    macro_rules! pair {
        ($name:literal) => {
            (
                include_str!(concat!("../keys/", $name, ".sign.pem")),
                Some(include_str!(concat!("../keys/", $name, ".open.pem"))),
            )
        };
    }
    match name {
        SUITE => pair!("suite"),
        OTHER => pair!("other"),
        ENCRYPTING => pair!("encrypting"),
        SANDBOX => pair!("sandbox"),
        _ => (include_str!("../keys/stranger.sign.pem"), None),
    }
}

fn key_id(text: &str) -> KeyId {
    KeyId::new(text).unwrap_or_else(|_| KeyId::random())
}

impl Identity {
    /// The identity `name` with the test keys of `secret_name`: Ed25519 and RSA to sign with, RSA to open with.
    pub fn test(name: &str, secret_name: &str) -> Result<Self, KeyRejected> {
        let provider = AwsLc::new();
        let (sign, open) = rsa_test_keys(secret_name);
        let signing = [
            SigningKey::new(key_id("test-key-1"), Algorithm::EdDsa, &test_key(secret_name), &provider)?,
            SigningKey::new(key_id("test-key-2"), Algorithm::Rs256, &PrivateKey::from_pem(sign)?, &provider)?,
        ];
        let open = open.map(PrivateKey::from_pem).transpose()?;
        Self::of(name, signing, open.map(|key| (key_id("test-key-3"), KeyManagement::RsaOaep256, key)), &provider)
    }

    /// The identity `name` with `signing` keys and, where there is one, a key that opens messages.
    pub fn of(
        name: &str,
        signing: impl IntoIterator<Item = SigningKey>,
        open: Option<(KeyId, KeyManagement, PrivateKey)>,
        provider: &dyn Provider,
    ) -> Result<Self, KeyRejected> {
        let signing: Vec<SigningKey> = signing.into_iter().collect();
        let verification = signing.iter().map(|key| key.verification_key(provider)).collect::<Result<Vec<_>, _>>()?;
        let mut keys = KeySet::new(verification);
        let mut keyring = Keyring::default();
        if let Some((id, key_management, private)) = open {
            let key = DecryptionKey::new(id, key_management, &private, provider)?;
            keys = keys.with_encryption_key(key.encryption_key(provider)?);
            keyring = Keyring::new([key]);
        }
        let own = SystemId::new(name).unwrap_or_else(|_| SystemId::random());
        Ok(Self { seal: Seal::new(own, signing), keyring, keys })
    }
}
