//! Private keys from PKCS#12 files (RFC 7292), as Java key stores and identity authorities hand them out.

use super::provider::PrivateKey;
use super::public_key::KeyRejected;
use p12_keystore::{KeyStore, KeyStoreEntry, Pkcs12ImportPolicy};

impl PrivateKey {
    /// From a PKCS#12 file: the key called `alias`, or the only one there is.
    pub fn from_pkcs12(file: &[u8], password: &str, alias: Option<&str>) -> Result<Self, KeyRejected> {
        let store = KeyStore::from_pkcs12(file, password, Pkcs12ImportPolicy::Relaxed)
            .map_err(|_| KeyRejected("the PKCS#12 file is broken, or the password is not the right one"))?;
        let mut keys = store.entries().filter_map(|(name, entry)| match entry {
            KeyStoreEntry::PrivateKeyChain(chain) if alias.is_none_or(|alias| alias == name) => Some(chain),
            _ => None,
        });
        match (keys.next(), keys.next()) {
            (Some(chain), None) => Ok(Self::from_pkcs8_der(chain.key().as_der().to_vec())),
            (None, _) => Err(KeyRejected("the PKCS#12 file holds no private key of that alias")),
            (Some(_), Some(_)) => {
                Err(KeyRejected("the PKCS#12 file holds several private keys: name one by its alias"))
            }
        }
    }
}
