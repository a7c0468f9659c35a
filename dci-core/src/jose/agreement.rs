//! From an agreed secret to a key: the Concat KDF of RFC 7518 section 4.6.2, without party information.

use super::cipher::Secret;
use sha2::{Digest as _, Sha256};

/// A key of `length` bytes for the algorithm called `name`. `length` is at most that of one hash.
pub(super) fn derive_key(secret: &[u8], name: &str, length: usize) -> Secret {
    let counted = |bytes: &[u8]| [&length_of(bytes.len())[..], bytes].concat();
    let mut hash = Sha256::new();
    hash.update(1_u32.to_be_bytes());
    hash.update(secret);
    hash.update(counted(name.as_bytes()));
    // No information on either party.
    hash.update(counted(b""));
    hash.update(counted(b""));
    hash.update(length_of(length * 8));
    let mut out = Secret::new(hash.finalize().to_vec());
    out.truncate(length);
    out
}

fn length_of(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_be_bytes()
}
