//! Any object as an encrypted message: read, judged, and tried with a key.
#![no_main]

use dci_core::id::KeyId;
use dci_core::jose::{Algorithm, AwsLc, DecryptionKey, Jwe, KeyManagement, Provider as _};
use dci_core::wire::{Json, Limits};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static KEYS: LazyLock<Vec<DecryptionKey>> = LazyLock::new(|| {
    let provider = AwsLc::new();
    let key = |management, algorithm| {
        let private = provider.generate(algorithm).expect("a key");
        let id = KeyId::new("k").expect("an id");
        DecryptionKey::new(id, management, &private, &provider).expect("a key")
    };
    vec![key(KeyManagement::EcdhEs, Algorithm::Es256), key(KeyManagement::EcdhEsA256Kw, Algorithm::Es256)]
});

fuzz_target!(|text: &[u8]| {
    let Ok(tree) = Json::parse_within(text, &Limits::default()) else { return };
    let Some(object) = tree.as_object() else { return };
    if let Ok(jwe) = Jwe::parse(object) {
        for key in KEYS.iter() {
            assert!(jwe.decrypt(key).is_err(), "nobody encrypted this");
        }
    }
});
