//! Opening encrypted messages, after their signature held.

use super::binding::binding;
use super::rejection::Rejection;
use crate::code::ErrorCode;
use crate::envelope::Received;
use crate::jose::{DecryptionKey, Jwe, JweRefused, Secret};
use crate::peer::{EncryptionForm, EncryptionPolicy};
use crate::wire::{Json, Limits};
use std::sync::Arc;

/// The private keys that open messages to this system. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Keyring(Arc<Vec<DecryptionKey>>);

impl Keyring {
    /// The keys `keys`.
    pub fn new(keys: impl IntoIterator<Item = DecryptionKey>) -> Self {
        Self(Arc::new(keys.into_iter().collect()))
    }

    /// The keys, to be published.
    pub fn keys(&self) -> impl Iterator<Item = &DecryptionKey> {
        self.0.iter()
    }

    /// Opens `jwe` with the key it can have been encrypted for.
    pub fn open(&self, jwe: &Jwe) -> Result<Secret, JweRefused> {
        jwe.decrypt(self.0.iter().find(|key| jwe.fits(key)).ok_or(JweRefused)?)
    }
}

/// The message of `received`: the plain one, or what its ciphertext holds. The peer's policy decides which it must be; what
/// the message says about itself must agree. One answer for every reason.
pub(super) fn open(
    received: &Received,
    flag: bool,
    policy: EncryptionPolicy,
    keyring: &Keyring,
) -> Result<Option<Json>, Rejection> {
    let looks_encrypted = received.message().get("ciphertext").is_some();
    let refuse = |detail: &'static str| {
        let words = "/message is not encrypted as is agreed with this sender";
        Err(Rejection { detail: Some(detail), ..Rejection::envelope(ErrorCode::EncryptionInvalid, words) })
    };
    let form = match (policy, flag, looks_encrypted) {
        (EncryptionPolicy::Plain, false, false) => return Ok(None),
        (EncryptionPolicy::Encrypted(form), true, true) => form,
        (EncryptionPolicy::Plain, ..) => return refuse("messages of this peer are plain"),
        (EncryptionPolicy::Encrypted(_), _, false) => return refuse("messages of this peer are encrypted"),
        (EncryptionPolicy::Encrypted(_), false, true) => return refuse("is_msg_encrypted is not true"),
    };
    match decrypt(received, form, keyring) {
        Ok(message) => Ok(Some(message)),
        Err(detail) => refuse(detail),
    }
}

fn decrypt(received: &Received, form: EncryptionForm, keyring: &Keyring) -> Result<Json, &'static str> {
    const BROKEN: &str = "the ciphertext cannot be opened";
    let jwe = received.message().as_object().map(Jwe::parse).and_then(Result::ok).ok_or("not an acceptable JWE")?;
    if jwe.content_encryption() != form.content_encryption || jwe.is_protected() != form.protected {
        return Err("not the form that is agreed");
    }
    let expected = form.bound.then(|| binding(received.header()));
    if jwe.aad() != expected.as_deref() {
        return Err("bound to another envelope");
    }
    let plain = keyring.open(&jwe).map_err(|_| BROKEN)?;
    // The same strict parser as for everything else that arrives.
    let tree = Json::parse_within(&plain, &Limits::default()).map_err(|_| "the plaintext is not acceptable JSON")?;
    if tree.as_object().is_some() { Ok(tree) } else { Err("the plaintext is no object") }
}
