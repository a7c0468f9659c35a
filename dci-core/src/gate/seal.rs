//! The seal: signing what this system sends.

use crate::envelope::Envelope;
use crate::id::SystemId;
use crate::jose::{SignError, SigningKey};
use crate::peer::{Peer, Unsigned};
use crate::signature::Validity;
use crate::wire::{Json, Wire};
use chrono::{TimeDelta, Utc};
use std::sync::Arc;

/// Signs for one system.
#[derive(Clone, Debug)]
pub struct Seal {
    own_id: SystemId,
    keys: Vec<Arc<SigningKey>>,
    life: TimeDelta,
}

/// An envelope as it goes over the wire.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Sealed {
    /// The bytes.
    pub body: Vec<u8>,
    /// The `signature` member, where there is one.
    pub signature: Option<String>,
}

impl Seal {
    /// A seal of the system `own_id`. The first key is signed with; the others are published during a rotation.
    pub fn new(own_id: SystemId, keys: impl IntoIterator<Item = SigningKey>) -> Self {
        let keys = keys.into_iter().map(Arc::new).collect();
        Self { own_id, keys, life: TimeDelta::seconds(300) }
    }

    /// The system this seal belongs to.
    pub fn own_id(&self) -> &SystemId {
        &self.own_id
    }

    /// The keys, to be published.
    pub fn keys(&self) -> impl Iterator<Item = &SigningKey> {
        self.keys.iter().map(|key| &**key)
    }

    /// Signs `envelope` the way `peer` reads it. Without a key only envelopes for peers configured as unsigned can be
    /// sealed.
    pub fn seal<H: Wire, M: Wire>(&self, envelope: &Envelope<H, M>, peer: &Peer) -> Result<Sealed, SignError> {
        let scheme = peer.signs_with();
        let form = scheme.form();
        // `{"header":…,"message":…}`: the parts in sorted order, so that the received bytes are the canonical ones.
        let content = Json::Object(envelope.tree()).print(form);
        if self.keys.is_empty() && peer.unsigned() == Unsigned::Accepted {
            return Ok(Sealed { body: content.into_bytes(), signature: None });
        }
        let validity = Validity::starting(Utc::now(), self.life);
        let key = self.keys.first().ok_or(SignError)?;
        let signature = scheme.sign(content.as_bytes(), &self.own_id, key, validity)?;
        let member = Json::from(signature.as_str()).print(form);
        let body = [r#"{"signature":"#, &member, ",", content.get(1..).unwrap_or_default()].concat();
        Ok(Sealed { body: body.into_bytes(), signature: Some(signature) })
    }
}
