//! What a signature scheme is.

use crate::envelope::Received;
use crate::id::{KeyId, SystemId};
use crate::jose::{Algorithm, SignError, SigningKey, VerificationKey};
use crate::wire::Form;
use chrono::{DateTime, TimeDelta, Utc};
use std::fmt;

/// Why a signature does not count. The words are for the operator's log; a peer learns the code only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SignatureError(pub(crate) &'static str);

/// From when until when a signature says it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Validity {
    /// When it was made.
    pub created: DateTime<Utc>,
    /// When it ends.
    pub expires: DateTime<Utc>,
}

impl Validity {
    /// A life that starts `created` and lasts `life`.
    pub fn starting(created: DateTime<Utc>, life: TimeDelta) -> Self {
        Self { created, expires: created + life }
    }
}

/// A signature member that was read and not verified: what it claims.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Claimed {
    /// The key it names.
    pub key_id: Option<KeyId>,
    /// The sender it names, where the scheme has one.
    pub sender_id: Option<SystemId>,
    /// The algorithm it names.
    pub algorithm: Algorithm,
    /// Its life, where the scheme has one.
    pub validity: Option<Validity>,
}

/// One way to sign an envelope. Small on purpose: a scheme reads its text, says what it claims, and checks it with a key
/// that was found for it; whom to believe is decided elsewhere.
pub trait SignatureScheme: fmt::Debug + Send + Sync {
    /// The name in configuration and reports.
    fn name(&self) -> &'static str;

    /// The form header and message are written in, so that a verifier's first try over the received bytes succeeds.
    fn form(&self) -> Form;

    /// Whether `text` has the outer form of this scheme.
    fn recognises(&self, text: &str) -> bool;

    /// Reads `text`.
    fn claims(&self, text: &str) -> Result<Claimed, SignatureError>;

    /// Checks `text` over `received` with `key`: over the received bytes as they are, and only when that fails over the
    /// canonical form.
    fn verify(&self, text: &str, received: &Received, key: &VerificationKey) -> Result<(), SignatureError>;

    /// Signs `content`, which is `{"header":…,"message":…}` in this scheme's form.
    fn sign(
        &self,
        content: &[u8],
        sender_id: &SystemId,
        key: &SigningKey,
        validity: Validity,
    ) -> Result<String, SignError>;
}

/// Tries `check` over the received bytes, then over the canonical form where that is another text.
pub(super) fn first_received_then_canonical(
    received: &Received,
    form: Form,
    check: impl Fn(&[u8]) -> bool,
) -> Result<(), SignatureError> {
    let plain = received.as_received();
    if check(&plain) {
        return Ok(());
    }
    let canonical = received.canonical(form);
    if canonical.as_bytes() != plain && check(canonical.as_bytes()) {
        return Ok(());
    }
    Err(SignatureError("the signature does not hold"))
}
