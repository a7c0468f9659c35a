//! Small runnable integrations over the DCI crates: see the folder `examples`.
//!
//! `social_client` and `social_server` find each other by keys derived from published words ([`example_system`]). The others
//! call the sandbox, as a caller it knows ([`Agency`]). Real systems generate a key each
//! ([`dci_core::jose::SigningKey::generate`]) and exchange the public halves.

mod agency;

pub use agency::Agency;

use dci_core::gate::Seal;
use dci_core::id::KeyId;
use dci_core::jose::{Algorithm, AwsLc, KeyRejected, KeySet, PrivateKey, SigningKey};
use std::error::Error;

/// What ends an example.
pub type Failure = Box<dyn Error + Send + Sync>;

/// The system `name` with a key everybody can derive: its seal, and what others verify it with.
pub fn example_system(name: &str) -> Result<(Seal, KeySet), Failure> {
    let mut seed = [0; 32];
    for (byte, letter) in seed.iter_mut().zip(name.bytes().cycle()) {
        *byte = letter;
    }
    let provider = AwsLc::new();
    let private = PrivateKey::from_ed25519_seed(&seed);
    let key = SigningKey::new(KeyId::new("example-key")?, Algorithm::EdDsa, &private, &provider)?;
    let keys = verification(&key)?;
    Ok((Seal::new(name.parse()?, [key]), keys))
}

fn verification(key: &SigningKey) -> Result<KeySet, KeyRejected> {
    Ok(KeySet::new([key.verification_key(&AwsLc::new())?]))
}
