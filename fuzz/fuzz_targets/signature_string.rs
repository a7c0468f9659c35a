//! Any text as a signature string.
#![no_main]

use dci_core::signature::{DciString, DetachedJws, SignatureScheme};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = DciString::new().claims(text);
    let _ = DetachedJws::new().claims(text);
});
