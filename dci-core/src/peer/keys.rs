//! Where a peer's keys come from.

use crate::id::KeyId;
use crate::jose::{EncryptionKey, KeySet, VerificationKey};
use async_trait::async_trait;
use std::sync::Arc;

/// The public keys of one peer: a fixed [`KeySet`], or one that is read from a configured address.
#[async_trait]
pub trait KeySource: Send + Sync {
    /// The keys with `key_id`, or all of them. Never fetches from an address a message names.
    async fn find(&self, key_id: Option<&KeyId>) -> Vec<Arc<VerificationKey>>;

    /// The key messages to the peer are encrypted for.
    async fn encryption_key(&self) -> Option<Arc<EncryptionKey>> {
        None
    }
}

#[async_trait]
impl KeySource for KeySet {
    async fn find(&self, key_id: Option<&KeyId>) -> Vec<Arc<VerificationKey>> {
        Self::find(self, key_id)
    }

    async fn encryption_key(&self) -> Option<Arc<EncryptionKey>> {
        Self::encryption_key(self)
    }
}
