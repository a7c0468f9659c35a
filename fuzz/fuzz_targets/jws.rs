//! Any text as a JWS, and any bytes as a key set.
#![no_main]

use dci_core::id::KeyId;
use dci_core::jose::{Algorithm, AwsLc, Jws, KeySet, PrivateKey, SigningKey, VerificationKey};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static KEY: LazyLock<VerificationKey> = LazyLock::new(|| {
    let provider = AwsLc::new();
    let private = PrivateKey::from_ed25519_seed(&[7; 32]);
    let key = SigningKey::new(KeyId::new("k").expect("an id"), Algorithm::EdDsa, &private, &provider).expect("a key");
    key.verification_key(&provider).expect("a key")
});

fuzz_target!(|bytes: &[u8]| {
    let _ = KeySet::parse(bytes, &AwsLc::new());
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(jws) = Jws::parse_detached(text) {
        assert!(jws.verify_detached(b"content", &KEY).is_err());
    }
    if let Ok(jws) = Jws::parse_attached(text) {
        assert!(jws.verify_attached(&KEY).is_err());
    }
});
