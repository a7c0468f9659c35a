//! Any text as a JWK set.
#![no_main]

use dci_core::jose::{AwsLc, KeySet};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &[u8]| {
    if let Ok(set) = KeySet::parse(text, &AwsLc::new()) {
        for key in set.find(None) {
            assert!(key.verify(b"message", &[0; 64]).is_err());
        }
    }
});
