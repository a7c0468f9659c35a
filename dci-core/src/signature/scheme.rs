//! What a signature scheme is.

use crate::carrier::Carrier;
use crate::envelope::Received;
use crate::id::{KeyId, SystemId};
use crate::jose::{Algorithm, SignError, SigningKey, VerificationKey};
use crate::wire::{Form, Json, Object};
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

    /// A life between two times in seconds since 1970.
    pub(super) fn between(created: i64, expires: i64) -> Result<Self, SignatureError> {
        let time = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(SignatureError("a time is out of range"));
        Ok(Self { created: time(created)?, expires: time(expires)? })
    }
}

/// What a signature claims before anybody verified it.
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

/// Over which text of a message a signature holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Basis {
    /// The bytes as they were received.
    Received,
    /// The scheme's canonical form of what was received.
    Canonical,
    /// The form with `is_msg_encrypted` put back, which one system signs and does not send.
    Completed,
    /// The header as a reader prints it that parses it into ten members first.
    Reprinted,
    /// The payload the signature carries, equal to the envelope in every value.
    Embedded,
}

impl Basis {
    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Canonical => "canonical",
            Self::Completed => "completed",
            Self::Reprinted => "reprinted",
            Self::Embedded => "embedded",
        }
    }
}

/// A signature that was found and read once, not verified.
pub trait Found: Send + Sync {
    /// The signature as it came: a reply that repeats the request's carries none of its own.
    fn text(&self) -> &str;

    /// What it claims.
    fn claimed(&self) -> &Claimed;

    /// Checks it over `received` with `key`; says over which text it holds.
    fn verify(&self, received: &Received, key: &VerificationKey) -> Result<Basis, SignatureError>;
}

/// What is to be signed.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Unsigned {
    /// The header.
    pub header: Json,
    /// The message, encrypted where it is.
    pub message: Json,
    /// The HTTP message it will travel in.
    pub carrier: Carrier,
}

impl Unsigned {
    /// Header and message of an envelope, to travel in `carrier`.
    pub fn new(header: Json, message: Json, carrier: Carrier) -> Self {
        Self { header, message, carrier }
    }

    fn tree(&self, signature: Option<&str>) -> Object {
        let mut tree = Object::new();
        if let Some(signature) = signature {
            tree.insert("signature", signature);
        }
        tree.insert("header", self.header.clone());
        tree.insert("message", self.message.clone());
        tree
    }

    /// `{"header":…,"message":…}` in `form`.
    pub fn content(&self, form: Form) -> String {
        Json::Object(self.tree(None)).print(form)
    }

    /// The whole body with `signature` in its member, which is absent when there is none. The member stands first in
    /// every form, so that what follows it is exactly the content.
    pub fn body(&self, form: Form, signature: Option<&str>) -> String {
        let content = self.content(form);
        match signature {
            None => content,
            Some(text) => {
                let member = Json::from(text).print(form);
                [r#"{"signature":"#, &member, ",", content.get(1..).unwrap_or_default()].concat()
            }
        }
    }

    /// The whole body sorted as one object, the member included.
    pub(super) fn whole(&self, form: Form, signature: &str) -> String {
        Json::Object(self.tree(Some(signature))).print(form)
    }
}

/// Who signs.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Signer<'a> {
    /// The system.
    pub sender_id: &'a SystemId,
    /// Its key.
    pub key: &'a SigningKey,
    /// The life of the signature, for schemes that have one.
    pub validity: Validity,
}

impl<'a> Signer<'a> {
    /// `sender_id` with `key`.
    pub fn new(sender_id: &'a SystemId, key: &'a SigningKey, validity: Validity) -> Self {
        Self { sender_id, key, validity }
    }
}

/// An envelope as it goes over the wire.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Sealed {
    /// The bytes.
    pub body: Vec<u8>,
    /// The signature, wherever it stands.
    pub signature: Option<String>,
    /// The HTTP headers that belong to it.
    pub headers: Vec<(&'static str, String)>,
}

impl Sealed {
    /// A body with its signature in the envelope, or without one.
    pub fn in_envelope(body: impl Into<Vec<u8>>, signature: Option<String>) -> Self {
        Self { body: body.into(), signature, headers: Vec::new() }
    }
}

/// One way to sign an envelope. Small on purpose: a scheme finds its text, says what it claims, and checks it with a key
/// that was found for it; whom to believe is decided elsewhere.
pub trait SignatureScheme: fmt::Debug + Send + Sync {
    /// The name in configuration and reports.
    fn name(&self) -> &'static str;

    /// Whether signatures of this scheme can be made with `algorithm`.
    fn takes(&self, algorithm: Algorithm) -> bool;

    /// The form bodies are written in, so that a verifier's first try over the received bytes succeeds.
    fn form(&self) -> Form;

    /// Finds and reads this scheme's signature in `received`; `None` when there is none of its outer form.
    fn find(&self, received: &Received) -> Option<Result<Box<dyn Found>, SignatureError>>;

    /// Signs `unsigned`.
    fn sign(&self, unsigned: &Unsigned, signer: &Signer<'_>) -> Result<Sealed, SignError>;
}
