//! The seal: encrypting and signing what this system sends.

use super::binding::binding;
use crate::carrier::Carrier;
use crate::envelope::Envelope;
use crate::id::SystemId;
use crate::jose::{EncryptError, JweOptions, SignError, SigningKey, encrypt};
use crate::peer::{EncryptionPolicy, Peer, UnsignedForm};
use crate::signature::{Sealed, Signer, Unsigned as Draft, Validity};
use crate::wire::{Form, Json, Wire};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// Signs for one system.
#[derive(Clone, Debug)]
pub struct Seal {
    own_id: SystemId,
    keys: Vec<Scheduled>,
    life: TimeDelta,
}

#[derive(Clone, Debug)]
struct Scheduled {
    key: Arc<SigningKey>,
    signs_from: Option<DateTime<Utc>>,
}

/// Why an envelope cannot be sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// No key of this system fits the scheme the peer reads.
    #[error("this system has no signing key of an algorithm that the peer's scheme takes")]
    NoKey,
    /// The provider could not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
    /// The peer wants encrypted messages and has no key to encrypt for.
    #[error("the peer has published no key to encrypt for")]
    NoEncryptionKey,
    /// The provider could not encrypt.
    #[error(transparent)]
    Encrypt(#[from] EncryptError),
}

impl Seal {
    /// A seal of the system `own_id`. The first key that a peer's scheme takes is signed with; the others are published,
    /// for peers with other schemes and during a rotation.
    pub fn new(own_id: SystemId, keys: impl IntoIterator<Item = SigningKey>) -> Self {
        let keys = keys.into_iter().map(|key| Scheduled { key: Arc::new(key), signs_from: None }).collect();
        Self { own_id, keys, life: TimeDelta::seconds(300) }
    }

    /// Adds the next key: published at once, so that peers can read it, and signed with from `signs_from`. Leave the old
    /// one in place until its last signature has ended.
    pub fn rotating_to(mut self, key: SigningKey, signs_from: DateTime<Utc>) -> Self {
        self.keys.insert(0, Scheduled { key: Arc::new(key), signs_from: Some(signs_from) });
        self
    }

    /// The system this seal belongs to.
    pub fn own_id(&self) -> &SystemId {
        &self.own_id
    }

    /// The keys, to be published.
    pub fn keys(&self) -> impl Iterator<Item = &SigningKey> {
        self.keys.iter().map(|scheduled| &*scheduled.key)
    }

    /// Encrypts `envelope` where the peer's policy says so, then signs it the way `peer` reads it. Without a key only
    /// envelopes for peers that accept unsigned messages can be sealed.
    pub async fn seal<H: Wire, M: Wire>(
        &self,
        envelope: &Envelope<H, M>,
        peer: &Peer,
        carrier: &Carrier,
    ) -> Result<Sealed, SealError> {
        let profile = peer.profile();
        let mut header = envelope.header.write();
        let mut message = envelope.message.write();
        if let Some(header) = header.as_object_mut() {
            profile.write_header(header);
        }
        if let EncryptionPolicy::Encrypted(form) = profile.encryption {
            if let Some(header) = header.as_object_mut() {
                header.insert("is_msg_encrypted", Json::Bool(true));
            }
            let key = peer.keys().encryption_key().await.ok_or(SealError::NoEncryptionKey)?;
            let options = JweOptions {
                content_encryption: form.content_encryption,
                protected: form.protected,
                aad: form.bound.then(|| binding(&header)),
            };
            message = Json::Object(encrypt(message.print(Form::Compact).as_bytes(), &key, &options)?);
        }
        let draft = Draft::new(header, message, carrier.clone());
        let Some(scheme) = profile.signs_with().filter(|_| !self.keys.is_empty()) else {
            if profile.signs && profile.unsigned == crate::peer::Unsigned::Refused {
                return Err(SealError::NoKey);
            }
            return Ok(unsigned(&draft, &profile.unsigned_form));
        };
        let now = Utc::now();
        let usable = |scheduled: &&Scheduled| {
            scheme.takes(scheduled.key.algorithm()) && scheduled.signs_from.is_none_or(|from| from <= now)
        };
        let key = &self.keys.iter().find(usable).ok_or(SealError::NoKey)?.key;
        let signer = Signer::new(&self.own_id, key, Validity::starting(now, self.life));
        Ok(scheme.sign(&draft, &signer)?)
    }
}

/// A message without signature, its member as the peer wants it.
fn unsigned(draft: &Draft, form: &UnsignedForm) -> Sealed {
    let body = match form {
        UnsignedForm::Absent => draft.body(Form::SortedUtf8, None),
        UnsignedForm::Text(text) => draft.body(Form::SortedUtf8, Some(text)),
        UnsignedForm::Null => {
            let content = draft.content(Form::SortedUtf8);
            [r#"{"signature":null,"#, content.get(1..).unwrap_or_default()].concat()
        }
    };
    Sealed::in_envelope(body, None)
}
